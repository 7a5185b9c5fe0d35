### Palabras para la gente: sencillas, cortas, para leer en el teléfono.

## cuentas de Telegram Business que conectaron el bot: esto lo lee solo quien tiene la cuenta

business-connected =
    ✅ Ya estoy en tu cuenta. Escucho cada audio que llega a los chats que elegiste y te respondo solo a ti, aquí.
    En esos chats no escribo nada, y no necesito ningún permiso.
    ¿Un audio más antiguo? Reenvíamelo, o respóndele con /check (la otra persona ve el comando, pero no mi respuesta).
    Para parar, desconéctame en los ajustes de Telegram Business.
business-note = 🎙 Audio en un chat de tu cuenta, de { $name }:

## lo que Telegram muestra a las personas y no a los bots

withheld-nothing = En ese mensaje no hay ningún sonido que yo pueda oír. Telegram no entrega a ningún bot los audios que se escuchan una sola vez o que ya caducaron.
withheld-story = Telegram no entrega historias a los bots. Envía el video o el audio como mensaje y lo escucho.
withheld-paid_media = Telegram no me muestra esto: es contenido de pago. Si lo compraste, envía el video como mensaje.
