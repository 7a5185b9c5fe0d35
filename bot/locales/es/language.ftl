### Elegir el idioma

commands-language = Elegir mi idioma

language-which = ¿En qué idioma hablo aquí?
language-pt-BR = Português
language-en = English
language-es = Español
language-auto = Como en Telegram
language-chosen = De acuerdo, desde ahora hablo español aquí.
language-administrators = Solo los administradores eligen el idioma de un grupo.
language-stale = Estos botones son antiguos. Escribe /language otra vez.
