### Palabras para la gente: sencillas, cortas, para leer en el teléfono.

## la miniapp: por qué no hay respuesta

mini_app-not_telegram = Abre esta respuesta con su botón en Telegram: solo así sé quién eres.
mini_app-too_old = Esta ventana se abrió hace rato. Ciérrala y ábrela de nuevo con el botón en Telegram.
mini_app-not_shown = No puedo mostrar esta respuesta aquí: o ya se olvidó, o es de una conversación que no es tuya. Envíame el audio por Telegram y la respuesta será tuya.
mini_app-no_sound = Telegram ya no me entrega el sonido de este audio.
mini_app-unreachable = Ahora no consigo comunicarme con Telegram. Inténtalo de nuevo en un momento.
