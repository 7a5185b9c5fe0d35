### Palabras para la gente: sencillas, cortas, para leer en el teléfono.

## la página: de dónde viene el archivo, ejemplos, mediciones, acerca de

page-source = ¿Recibiste un audio? Trae el archivo
page-source_why = No grabes un audio mientras suena en el altavoz: en el camino por el aire se pierden las señales que busco, y la respuesta ya no vale. Graba solo a quien habla cerca de ti. De un audio que recibiste, toma el archivo mismo:
page-source_whatsapp_android = WhatsApp en Android
page-source_whatsapp_android_how = Mantén presionado el audio, toca Compartir y guárdalo en Archivos o en Drive. Después elígelo aquí.
page-source_whatsapp_iphone = WhatsApp en iPhone
page-source_whatsapp_iphone_how = Mantén presionado el audio, toca Reenviar, después el ícono de compartir y Guardar en Archivos.
page-source_whatsapp_web = WhatsApp en la computadora
page-source_whatsapp_web_how = Abre el menú del audio (la flechita de la esquina), elige Descargar y suelta el archivo aquí.
page-source_telegram = Telegram
page-source_telegram_how = En la computadora: clic derecho en el audio, Guardar como. En el teléfono: mantén presionado el audio y guárdalo o compártelo con Archivos.
page-source_signal = Signal
page-source_signal_how = Mantén presionado el audio y toca Guardar; en el iPhone, Compartir y Guardar en Archivos.
page-source_iphone = Notas de Voz del iPhone
page-source_iphone_how = Abre la grabación, toca los tres puntos, Compartir y Guardar en Archivos.
page-source_android = Grabadora de Android
page-source_android_how = Aquí, toca Elegir archivos: las grabaciones suelen estar en Audio o en Recordings.
page-source_names = Los nombres cambian un poco de un teléfono a otro.
page-examples_lead = Cuatro audios de ejemplo. Elegí audios cuya respuesta sale clara; no siempre es así.
page-examples_check = Comprobar este
page-accuracy_lead = Lo que se midió con este modelo: de cada 100 grabaciones, en cuántas acerté, en cuántas no supe decir y en cuántas me equivoqué.
page-accuracy_people = Audios de personas
page-accuracy_machines = Audios de máquina
page-accuracy_right = acerté
page-accuracy_unsure = no supe decir
page-accuracy_wrong = me equivoqué
page-accuracy_clips = grabaciones
page-accuracy_few = muy pocas
page-accuracy_unknown = Lo que no sabemos
page-accuracy_unknown_text = No se probaron el canto, los niños, los acentos fuertes ni varias personas a la vez, ni las máquinas que surgieron después. Casi todas las grabaciones de la prueba son cortas, de pocos segundos. Las videollamadas y los audios que pasaron por varias aplicaciones no se midieron.
page-about_how = Cómo funciona
page-about_how_text = El sonido se convierte en un espectrograma, una imagen en la que se ve cada frecuencia a lo largo del tiempo. Una red neuronal entrenada con voces de personas y de máquinas busca en ella las marcas que dejan las máquinas, y otra parte escucha el habla misma. Cada trozo de pocos segundos recibe una puntuación; juntas dan la respuesta. Si la puntuación queda en el medio, o hay demasiado ruido, música o voces a la vez, digo que no se puede decir.
page-about_limits = Límites
page-about_limits_text = Ninguna respuesta es una prueba. No sirve para acusar, contratar ni juzgar a nadie. Cada día surge una máquina nueva, y cualquiera puede engañarme; y hay personas a las que llamo máquina por error. Contra las estafas con voz clonada, lo mejor sigue siendo colgar y llamar a la persona al número que ya conocías.
page-about_privacy = Privacidad
page-about_privacy_text = El audio va solo a la computadora donde funciona esta página. Allí se escucha y se olvida: no se guardan ni el sonido ni la respuesta. Si eliges comprobar en este dispositivo, el audio no se envía: el navegador descarga la red neuronal una vez, escucha por sí solo y, desde entonces, no le pregunta nada al servidor. En este navegador, los archivos y las respuestas quedan hasta que los borres, para que recargar la página no se lleve nada; el idioma que eliges queda en una cookie. No hay cuentas, anuncios ni rastreadores, y la página no busca nada en otros sitios.
page-about_study = De dónde viene
page-about_study_text = Ouvido nació de un estudio que entrenó una red neuronal con imágenes de voces en portugués, humanas y clonadas. Es software libre: cualquiera puede ejecutar el suyo, leer cómo está hecho y repetir las mediciones.
