### Palabras para la gente: sencillas, cortas, para leer en el teléfono.

## /check en respuesta a lo que no se puede escuchar

no_sound-own = Esto es una respuesta mía. Responde con /check al audio, no a lo que dije de él.
no_sound-photo = Esto es una foto, y yo solo entiendo de sonido. Responde con /check a un audio, un video o un archivo de sonido.
no_sound-sticker = Esto es un sticker, y en él no hay nada que escuchar. Responde con /check a un audio, un video o un archivo de sonido.
no_sound-poll = Esto es una encuesta, y en ella no hay nada que escuchar. Responde con /check a un audio, un video o un archivo de sonido.
no_sound-link = Esto es un enlace, y yo no abro enlaces. Descarga el audio y envía el archivo, o reenvía el mensaje de voz.
no_sound-text = Esto es un texto, y yo solo entiendo de sonido. Responde con /check a un audio, un video o un archivo de sonido.
no_sound-other = En este mensaje no hay sonido. Responde con /check a un audio, un video o un archivo de sonido.
