### Palabras para la gente: sencillas, cortas, para leer en el teléfono.

## el informe de una respuesta, en PDF y JSON; lo lee quien quiere comprobarla

report-title = Informe sobre un audio
report-made = Hecho por Ouvido el { $time }
report-picture = Arriba, el sonido; abajo, la puntuación de cada trozo, de persona a máquina. Si hay un contorno, muestra lo que más pesó.

report-file = El archivo
report-fact_sha256 = Huella digital (SHA-256)
report-fact_container = Tipo de archivo
report-fact_codec = Sonido guardado como
report-fact_seconds = Duración
report-fact_kbit_per_second = Datos por segundo
report-fact_input_rate = Muestras en origen
report-fact_channels = Canales
report-fact_frame_ms = Sonido por paquete
report-fact_vendor = Escrito con
report-fact_encoder = Programa
report-unknown_writer = un programa desconocido
report-anybody = Cualquiera puede escribir esto en un archivo.
report-fact_recorder = Parece
report-recorder_telegram = una grabación hecha en Telegram
report-recorder_whatsapp = una grabación hecha en WhatsApp
report-recorder_reencoded = probablemente obra de un conversor, y no la grabación original

report-judged = Cómo se escuchó
report-fact_model = Modelo
report-fact_model_sha256 = Huella digital del modelo
report-replaced = no se sabe: otro modelo ocupa ya su lugar
report-fact_score = Probabilidad de máquina
report-fact_thresholds = Cuándo respondo
report-fact_speech = Habla escuchada
report-fact_longest = Escucho como máximo
report-in_text = { $value }
report-in_count = { NUMBER($value) }
report-in_kbit = { NUMBER($value, maximumFractionDigits: 1) } kbit/s
report-in_hertz = { NUMBER($value) } Hz
report-in_milliseconds = { NUMBER($value, maximumFractionDigits: 1) } ms
report-in_score = { $value } %
report-in_thresholds = persona hasta el { NUMBER($low, maximumFractionDigits: 1) } %, máquina desde el { NUMBER($high, maximumFractionDigits: 1) } %; entre los dos no puedo decirlo

report-stretches = Trozo por trozo
report-stretch = Trozo
report-chance = Probabilidad de máquina

report-limits = Lo que esto no dice
report-no_proof = Esto no es una prueba. No sirve para acusar, contratar ni juzgar a nadie.
report-measured =
    Cuando se probó este modelo, con { $people } grabaciones de personas y { $machines } de máquinas: de 100 personas { $accused ->
        [0] no llamó máquina a ninguna
       *[other] llamó máquina a { $accused }
    }; de 100 máquinas { $missed ->
        [0] no llamó persona a ninguna
       *[other] llamó persona a { $missed }
    }. Sobre muchas otras no dio respuesta.
report-not_measured = No tengo ninguna medición de este modelo: no se sabe cuánto se equivoca.
report-limit_new = El canto, los niños, los acentos fuertes y varias personas a la vez no se probaron, ni las máquinas que surgieron después.
report-limit_window = La puntuación de un trozo es una pista, y no muestra dónde se cortó un audio.
report-limit_file = Lo que el archivo cuenta de sí mismo puede haberlo escrito cualquiera.

report-again = Para comprobarlo
report-reproduce = El mismo archivo (misma huella digital), con el mismo modelo y los mismos ajustes, recibe las mismas puntuaciones. Con el programa Ouvido instalado, y el nombre del archivo en lugar de FILE:
