### Palabras para la gente: sencillas, cortas, para leer en el teléfono.

chat-start =
    ¡Hola! Soy Ouvido («oído» en portugués). 👂 Digo si un audio parece la voz de una persona o una voz de IA: deepfake, voz clonada.
    Reenvíame el audio que quieres comprobar.
    Yo también me equivoco: mi respuesta ayuda a desconfiar, pero no es una prueba.
    Para saber más: /help
chat-help =
    Cómo usarme:
    • Aquí: reenvía o graba un audio. También sirven videos y archivos de sonido, de hasta { $megabytes } MB.
    • En grupos: responde al audio con /check. Los administradores eligen cómo me comporto: /settings.{ $guest ->
        [yes] { " " }En cualquier otro chat: responde al audio con @{ $name }.
       *[no] { "" }
    }

    Escucho hasta { NUMBER($minutes, maximumFractionDigits: 1) } min de cada audio. Funciono mejor con al menos 5 segundos de habla clara.
    En la imagen: arriba, el sonido; abajo, la puntuación de cada trozo, de persona a máquina.

    ¿Te piden dinero? Cuelga, respira y llama a la persona al número que ya conocías.

    /demo mira cuatro ejemplos
    /quiz entrena el oído
    /accuracy cuánto acierto
    /privacy qué pasa con tu audio
    /about quién soy
chat-privacy =
    🔒 Tu audio se escucha en la máquina de quien mantiene este bot y no se guarda. Nadie más lo recibe.

    Queda solo el resultado, con un código que reconoce el mismo audio si vuelve, y en qué chat respondí y a quién (números de Telegram, sin nombres), para que los botones funcionen. Sin uso, eso desaparece en 30 días. Un audio solo se queda si tú lo donas, con /donate.

    Tu petición queda anotada solo hasta que respondo. No guardo tu nombre ni tus mensajes.
    Telegram guarda el chat como cualquier otro: puedes borrarlo.

    Míralo todo con /mydata y bórralo con /forget.
chat-contact = Quién mantiene este bot: { $contact }
chat-privacy_local = Este bot recibe los archivos por un servidor propio, que guarda una copia hasta que quien lo mantiene la borre.
chat-about =
    Soy Ouvido, un programa libre que busca en el sonido las marcas que dejan las voces de máquina. Modelo: { $model }.
    Conozco muchas máquinas, pero cada día aparece otra, y cualquiera puede engañarme. Por eso hablo de probabilidades, nunca de certezas.
    Cuánto acierto, medido: /accuracy
    Contra las estafas con voz clonada, el mejor remedio sigue siendo llamar a la persona al número que ya conocías.
chat-progress = 👂 Ya escuché { $heard } de { $whole }…
chat-text = Entiendo audios. 👂 Reenvíame el mensaje de voz que quieres comprobar, o mira /help.
chat-check = Para comprobar un audio: tócalo, elige «Responder» y escribe /check.

commands-start = Empezar
commands-help = Cómo usarme
commands-check = Comprobar el audio al que respondes
commands-privacy = Qué pasa con tu audio
commands-about = Quién soy y qué no sé
commands-accuracy = Cuánto acierto

## lo que Telegram muestra antes del primer chat y en el perfil

profile-description = Reenvíame un audio y te digo si parece la voz de una persona o una voz de IA (deepfake, voz clonada), con una imagen de lo que escuché. No guardo tu audio. Yo también me equivoco: ante la duda, llama a la persona al número que ya conocías.
profile-short_description = ¿Persona o voz de IA? Deepfake, voz clonada: reenvíame un audio y te digo qué parece.
