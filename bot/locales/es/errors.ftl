### Palabras para la gente: sencillas, cortas, para leer en el teléfono.

errors-empty = El archivo está vacío. Envía el audio otra vez, por favor.
errors-too_large = El archivo es demasiado grande: puedo escuchar hasta { $megabytes } MB. Envía un trozo más pequeño.
errors-undecodable = No pude abrir esto como sonido. Envíalo como mensaje de voz o en mp3, ogg, m4a o wav.
errors-no_audio = Este archivo no tiene sonido. Envía un audio en el que alguien hable.
errors-took_too_long = Tardé demasiado con este audio y paré. Envía un trozo más corto, por favor.
errors-busy = Todavía estoy con otros audios. Espera un minuto y envíalo otra vez, por favor.
errors-failed = Algo salió mal aquí, y la culpa es mía. Envíalo otra vez dentro de un rato, por favor.
errors-unknown_file = No reconozco este archivo como sonido. Envíalo como mensaje de voz o en mp3, ogg, m4a o wav.
errors-not_found = Esto no es un archivo, no existe o no se puede leer.

## respuestas de la página cuando la petición no sirve

requests-no_files = Elige un archivo de sonido.
requests-too_many_files =
    { $count ->
        [one] Envía un archivo a la vez.
       *[other] Envía como máximo { $count } archivos a la vez.
    }
requests-wrong_type = Envía los archivos como formulario (multipart/form-data), en el campo «files».
requests-foreign = Esta petición vino de otro sitio y fue rechazada.
requests-packed = Envía los archivos sin comprimir (sin Content-Encoding).
requests-no_length = La petición no dice su tamaño: envíala con Content-Length, no en trozos (Transfer-Encoding: chunked).
requests-no_host = La petición no dice a qué dirección va: falta el encabezado Host o no es válido.
requests-wrong_host = Esta página solo responde en 127.0.0.1 y localhost, y la petición usa otro nombre. Si hay un proxy delante, quien mantiene Ouvido debe poner OUVIDO_HOST=0.0.0.0 y dejar el puerto abierto solo al proxy.
requests-proxy = El proxy que está delante de esta página cambia el nombre que usó el navegador: debe pasar el encabezado Host (nginx: proxy_set_header Host $http_host).
requests-foreign_or_proxy = Esta petición fue rechazada: vino de otro sitio, o un proxy delante de esta página cambia el nombre que usó el navegador (nginx: proxy_set_header Host $http_host).
requests-wrong_method = Esta dirección no acepta ese método. Usa: { $allowed }.
requests-slow = El envío tardó demasiado y se detuvo. Prueba con un archivo más pequeño o una conexión mejor.
requests-wrong_type_api = Envía los archivos como formulario (multipart/form-data), en el campo «files», o un solo archivo tal cual (application/octet-stream).
requests-no_path = No hay nada en esta dirección. En /api/v1/openapi.json están todas las que existen.
requests-no_slash = No hay nada en esta dirección. Quita la barra del final; en /api/v1/openapi.json están todas las que existen.
requests-wrong_expect = En el encabezado Expect solo entiendo «100-continue».
requests-key_missing = Este servicio solo responde a programas con clave. Pídele una a quien lo mantiene y envíala así: «Authorization: Bearer CLAVE».
requests-key_misplaced = La clave está en el lugar equivocado. Envíala así: «Authorization: Bearer CLAVE».
requests-key_unknown = No conozco esta clave: está mal escrita o la quitaron. Pídele otra a quien mantiene este servicio.
requests-key_expired = Esta clave venció. Pídele otra a quien mantiene este servicio.
requests-too_many =
    { $seconds ->
        [one] Por ahora no acepto más archivos. Prueba de nuevo en { $seconds } segundo.
       *[other] Por ahora no acepto más archivos. Prueba de nuevo en { $seconds } segundos.
    }
