### Palabras para la gente: sencillas, cortas, para leer en el teléfono.

## «@bot» en respuesta a un audio, donde el bot no es miembro

guest-how = Para comprobar un audio: tócalo, elige «Responder» y escribe solo { $name }.
guest-more = 🖼 Imagen y detalles

## se abrió un enlace a una respuesta

links-not_yours = Esta respuesta es solo para quien la pidió. Reenvíame el audio aquí y te respondo también a ti.

## grupos en los que solo quien pregunta ve la respuesta

private_reply-listened = 🤫 Ya lo escuché. Solo quien preguntó ve la respuesta.
private_reply-see = 👀 Ver la respuesta
private_reply-more = 💡 Detalles
private_reply-nameless = En este grupo respondo solo a quien pregunta, y no veo quién eres. Pregunta con tu propio nombre o envíame el audio en privado.
