### Palabras para la gente: sencillas, cortas, para leer en el teléfono.

## la página: el quiz

page-quiz = Quiz
page-quiz_lead = Cinco grabaciones cortas: ¿persona o máquina? Escucha, adivina, y te cuento qué era y qué oigo yo.
page-quiz_stale = Este juego terminó. Empieza otro.
page-quiz_new = Nuevo juego
page-quiz_sound = Grabación del quiz
