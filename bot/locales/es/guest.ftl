### Palabras para la gente: sencillas, cortas, para leer en el móvil.

## «@bot» en respuesta a un audio, donde el bot no es miembro

guest-how = Para comprobar un audio: tócalo, elige «Responder» y escribe solo mi nombre.
guest-more = 🖼 Imagen y detalles

## se abrió un enlace a una respuesta

links-not_yours = Esta respuesta es solo para quien la pidió. Reenvíame el audio aquí y te respondo también a ti.
