### Palabras para la gente: sencillas, cortas, para leer en el teléfono.

## la última línea de la respuesta

buttons-model = 👂 { $model }
buttons-checked =
    { $count ->
        [one] 👂 { $model } · comprobado { NUMBER($count) } vez
       *[other] 👂 { $model } · comprobado { NUMBER($count) } veces
    }

## los botones debajo de la respuesta

buttons-why = 💡 ¿Por qué?
buttons-zoom = 🔍 Ver de cerca
buttons-vote = 🎯 ¿Acerté?
buttons-report = 📄 Informe
buttons-page = 📱 Ver en la página
buttons-file = 🗂 Sobre el archivo
buttons-close = ✖ Cerrar

## cuando un botón no sirve

buttons-stale = Esta respuesta ya es vieja. Envía el audio otra vez, por favor.
buttons-not_yours = Solo quien pidió esta respuesta puede usar este botón. Envíame el audio y será tuyo.
buttons-muted = Aquí no me dejan escribir. Envíame el audio en el chat privado.
errors-gone = Telegram ya no me entrega este audio. Envíalo otra vez, por favor.
errors-unreadable = No puedo abrir el archivo: está en el servidor de quien me mantiene, y solo esa persona puede arreglarlo. Tu audio no tiene nada de malo. Inténtalo más tarde, por favor.

## «¿Acerté?»

vote-right = ✅ Acertaste
vote-wrong = ❌ Fallaste
vote-unknown = 🤷 No lo sé
vote-thanks_right = ¡Qué bien! Gracias por contármelo.
vote-thanks_wrong = Lo siento, y gracias por contármelo: así quien mantiene este bot ve dónde fallo.
vote-thanks_unknown = Está bien. ¡Gracias!

## «¿Por qué?»

why-heading = Por qué respondí así
why-there = La explicación está justo debajo de la respuesta.
why-synthetic = La línea azul de la imagen rodea los sonidos que más pesaron hacia el lado de la máquina; el tiempo corre hacia la derecha, los agudos están arriba.
why-human = Casi no encontré las marcas que dejan las voces de máquina; por eso no hay nada rodeado en la imagen. Una máquina que no conozco puede no dejar ninguna.
why-mixed = Una parte suena como una máquina; el resto, no. La respuesta dice dónde.
why-reason = • { $reason }. { $advice }
why-limits = Digo «persona» hasta el { $low } % y «máquina» desde el { $high } %. Entre los dos no puedo decirlo.
why-people = En mi prueba, de 100 audios de personas{ $like }, llamé máquina a { $wrong } por error, y en { $unsure } no supe responder.
why-machines = En mi prueba, de 100 audios de máquinas{ $like }, tomé por una persona a { $wrong }, y en { $unsure } no supe responder.
why-like_all = { " " }de cualquier duración
why-like_speech_under_2 = { " " }con menos de 2 segundos de habla, como este
why-like_speech_2_to_4 = { " " }con 2 a 4 segundos de habla, como este
why-like_speech_over_4 = { " " }con 4 a 8 segundos de habla, como este
why-file = Lo que el archivo cuenta de sí
why-worth = Esto no pesa en mi respuesta: cualquiera puede escribirlo en un archivo.
why-origin_user = Reenviado de: una persona
why-origin_hidden_user = Reenviado de: alguien que no muestra quién es
why-origin_chat = Reenviado de: un grupo
why-origin_channel = Reenviado de: un canal

## «Ver de cerca»

zoom-where = 🔍 { $start }–{ $end } de { $length }
zoom-synthetic = 🤖 Este trozo parece una voz de IA: { $percent } % de probabilidad de que sea una máquina.
zoom-human = 🧑 Este trozo parece la voz de una persona: { $percent } % de probabilidad de que sea una máquina.
zoom-mixed = 🤖 Parte de este trozo suena como una máquina.
zoom-inconclusive = 🤔 En este trozo no puedo decirlo: { $reason }.
zoom-unsure = 🤔 En este trozo no puedo decirlo: { $percent } % de probabilidad de que sea una máquina.
zoom-caution = Un trozo solo dice menos que el audio entero.
zoom-earlier = ◀
zoom-later = ▶
zoom-nearer = ➕
zoom-farther = ➖
zoom-stretch = 🤖 { $start }–{ $end }
zoom-there = El trozo está justo debajo de la respuesta.
zoom-refused = Aquí no puedo enviar imágenes. Envíame el audio en el chat privado.

## «Informe»

report-sent = Listo: dos archivos, uno para leer y otro para programas.
report-wait = Acabo de enviar este informe. Espera un minuto, por favor.
report-refused = Aquí no puedo enviar archivos. Envíame el audio en el chat privado.
