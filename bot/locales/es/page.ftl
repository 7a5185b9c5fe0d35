### Palabras para la gente: sencillas, cortas, para leer en el teléfono.

## la página local; $megabytes por archivo, $minutes de un audio

page-title = Ouvido: ¿persona o voz de IA? Deepfake y voz clonada
page-headline = ¿Persona o voz de IA?
page-lead = Trae un audio y mira si parece la voz de una persona o una voz de IA: deepfake, voz clonada.
page-languages = Idioma
page-person = persona
page-machine = máquina
page-intake = Archivos de sonido o micrófono
page-drop = Suelta archivos de sonido aquí
page-choose = Elegir archivos
page-record = Grabar
page-limits = Los que quieras, hasta { $megabytes } MB cada uno: audios del teléfono, mp3, m4a, ogg, wav, video y más. También puedes pegarlos.
page-recording = Grabando
page-reading = Habla unos diez segundos. Como máximo { NUMBER($minutes, maximumFractionDigits: 1) } min.
page-stop = Parar y comprobar
page-discard = Descartar
page-recorded = grabación
page-no_microphone = No pude usar el micrófono. Permítelo en el navegador o elige un archivo. Desde otro dispositivo, el navegador solo lo permite con https.
page-results = Respuestas
page-queued = En espera…
page-sending = Enviando…
page-listening = Escuchando…
page-progress = Progreso
page-lost = Se perdió la conexión. Mira si Ouvido sigue en marcha e inténtalo otra vez.
page-proxy_down = El servidor que está delante de Ouvido (proxy) no obtuvo respuesta a tiempo. Inténtalo de nuevo dentro de un rato.
page-proxy_too_large = El servidor que está delante de Ouvido (proxy) no deja pasar un archivo de este tamaño. Quien lo administra puede aumentar el límite.
page-again = Intentar otra vez
page-remove = Quitar
page-picture = Imagen de lo que escuché: arriba, el sonido; abajo, la puntuación de cada trozo
page-details = Trozo por trozo
page-stretch = Trozo
page-chance = Probabilidad de máquina
page-caution = Me equivoco: ninguna respuesta mía es una prueba. Ante la duda, llama a la persona al número que ya conocías.
page-privacy = Tu audio se escucha en la computadora donde funciona esta página, no se envía a nadie más y no se guarda.
page-contact = Quién mantiene esta página:
page-model = Modelo: { $model }
