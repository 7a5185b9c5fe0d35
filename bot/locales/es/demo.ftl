### La demostración: cuatro audios de ejemplo y lo que el bot responde a cada uno.

demo-pick =
    👂 Cuatro audios de ejemplo. Toca uno: te lo envío y respondo como respondo a los tuyos.
    Elegí audios en los que la respuesta es clara. No siempre es así: /accuracy
demo-person = 🧑 Una persona
demo-machine = 🤖 Una máquina
demo-part = ✂️ Parte persona, parte máquina
demo-cannot_tell = 🌧 Un audio que no se puede juzgar

demo-is_person = 🧑 Aquí habla una persona, en español: la locutora Allison Smith, que graba mensajes de centrales telefónicas. Parece un mensaje automático, pero es ella.
demo-is_machine = 🤖 Aquí habla una máquina, el programa Kokoro, en portugués: «Mamá, perdí el celular, mándame dinero». Nadie perdió nada: el texto es inventado, como en las estafas.
demo-is_part = ✂️ Empieza y termina con una persona; en medio, de 0:07 a 0:12, una máquina pide dinero, algo que ella nunca dijo. Mira en la imagen cómo sube ahí la puntuación.
demo-is_cannot_tell = 🌧 Una máquina, bajo mucho ruido. Cuando el sonido no deja oír los detalles, digo que no lo sé en vez de adivinar.
demo-source = Fuente: { $attribution }; { $licence }; editado.

demo-privately = Los ejemplos los muestro en el chat privado conmigo, para no llenar el grupo: envía /demo allí.
demo-stale = Este botón ya no sirve. Envía /demo otra vez.
demo-refused = Para mostrar los ejemplos tengo que enviar mensajes de voz, y aquí no están permitidos.

commands-demo = Ver cuatro ejemplos
