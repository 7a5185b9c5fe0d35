### El juego: ¿persona o máquina?

quiz-question = 🎧 ¿Persona o máquina? { $number }/{ $count }
quiz-foreign = No tengo grabaciones de gente en tu idioma que pueda compartir, así que estas son en otros idiomas. ¡Así es más difícil!
quiz-human = 🧑 Persona
quiz-synthetic = 🤖 Máquina
quiz-next = Siguiente ▶
quiz-again = Jugar otra vez 🔁

quiz-right = ✅ ¡Acertaste!
quiz-wrong = ❌ Esta vez no.
quiz-was_human = Era una persona.
quiz-was_synthetic = Era una máquina.
quiz-source = ℹ️ De quién es la grabación
quiz-source_human = Grabación: { $attribution }.
    Licencia: { $licence }. Acortada y recodificada para este juego.
quiz-source_synthetic = Voz de máquina: { $attribution }.
    Licencia: { $licence }. Hecha para este juego.
quiz-own = de quien mantiene este bot
quiz-ours_human = 👂 Lo que oigo yo: parece una persona.
quiz-ours_synthetic = 👂 Lo que oigo yo: parece una máquina.
quiz-ours_mixed = 👂 Lo que oigo yo: una parte suena como una máquina.
quiz-ours_inconclusive = 👂 Lo que oigo yo: no puedo decirlo.

## en qué fijarse, un consejo después de cada grabación

quiz-tip_human_1 = 💡 La gente respira: fíjate en el pequeño aliento antes de una frase.
quiz-tip_human_2 = 💡 Un locutor entrenado puede sonar tan parejo como una máquina. Una voz pareja, por sí sola, no prueba nada.
quiz-tip_human_3 = 💡 La gente varía: unas palabras salen rápido, otras alargadas, y ninguna sale igual a otra.
quiz-tip_synthetic_1 = 💡 Las máquinas muchas veces se olvidan de respirar, o hacen pausas donde nadie las haría.
quiz-tip_synthetic_2 = 💡 Escucha el ritmo: el de las máquinas suele ser igual de principio a fin.
quiz-tip_synthetic_3 = 💡 Escucha alrededor de la voz: detrás de una máquina suele haber demasiado silencio, siempre igual.

quiz-score = 🏁 Acertaste { $right } de { $count }. Yo acerté { $ours } de { $count }.
quiz-score_high = ¡Qué buen oído! Y aun así: si una voz te pide dinero, devuelve la llamada.
quiz-score_fair = Muy bien: esto es difícil para todos, también para mí. Juega otra vez y tu oído mejorará.
quiz-score_low = No te preocupes: estas voces engañan a casi todos. Por eso devolver la llamada es la mejor protección.

quiz-not_yours = Este juego es de otra persona. Empieza el tuyo con /quiz.
quiz-stale = Este juego terminó. Empieza otro con /quiz.
quiz-refused = Para este juego tengo que enviar mensajes de voz, y aquí no están permitidos. Prueba en otro chat conmigo.

commands-quiz = Juego: ¿persona o máquina?
