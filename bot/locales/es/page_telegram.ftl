### Palabras para la gente: sencillas, cortas, para leer en el teléfono.

## la página dentro de Telegram

page-note = Este audio
page-telegram_outside = Esta dirección muestra una respuesta dentro de Telegram: allí, toca «Ver en la página» debajo de ella. Aquí puedes comprobar un audio.
