### Palabras para la gente: sencillas, cortas, para leer en el teléfono.

## /accuracy: lo que se midió. $people, $machines: grabaciones; $right, $unsure, $wrong: de cada 100.

accuracy-none =
    Este modelo ({ $model }) vino sin ninguna medición: no puedo decir cuánto se equivoca.
    Toma mi respuesta como una corazonada, nunca como una prueba.
accuracy-tested =
    📏 ¿Cuánto acierto?
    Me probaron con { $people } grabaciones de personas y { $machines } de máquinas, distintas de las que usé para aprender.
accuracy-people_mine = De 100 audios de personas que hablan español:
accuracy-people_all = De 100 audios de personas:
accuracy-people =
    🧑 { $right }: digo que es una persona
    🤔 { $unsure }: digo que no sé
    🤖 { $wrong ->
        [0] no llamé máquina a ninguno en la prueba, pero puede pasar
       *[other] { $wrong }: digo que es una máquina, y me equivoco
    }
accuracy-machines_mine = De 100 audios de máquina en español:
accuracy-machines_all = De 100 audios de máquina:
accuracy-machines =
    🤖 { $right }: los descubro
    🤔 { $unsure }: digo que no sé
    🧑 { $wrong ->
        [0] ninguno me engañó en la prueba, pero puede pasar
        [one] { $wrong }: me engaña
       *[other] { $wrong }: me engañan
    }
accuracy-few = En español casi no me probaron; los números son de todos los idiomas.
accuracy-overall =
    { $wrong ->
        [one] En todos los idiomas, y con tantas personas como máquinas, de 100 respuestas mías { $wrong } está equivocada.
       *[other] En todos los idiomas, y con tantas personas como máquinas, de 100 respuestas mías { $wrong } están equivocadas.
    }
accuracy-leaning =
    Cuando no estoy seguro, pero parece más una cosa que la otra: de 100 veces que parece más una persona acierto { $person }; de 100 que parece más una máquina, { $machine }.
accuracy-caution =
    { $split ->
        [dev] Es una prueba, no una promesa. Aprendí cuándo callar con estas mismas grabaciones; con las tuyas puedo equivocarme más.
       *[other] Es una prueba, no una promesa: con tus grabaciones puedo equivocarme más.
    }

## la imagen de /accuracy: a la izquierda el nombre de la fila, después las barras

accuracy-picture_people = audios de personas
accuracy-picture_machines = audios de máquina
accuracy-picture_person = dije: persona
accuracy-picture_unsure = no sé
accuracy-picture_machine = dije: máquina
accuracy-picture_counts = A la derecha de cada barra: cuántas grabaciones.
accuracy-section_who = De quién
accuracy-section_length = Cuánto se habla
accuracy-section_way = Cómo llega
accuracy-section_machine = Qué máquina
accuracy-row_all = todos
accuracy-row_language_pt = en portugués
accuracy-row_language_en = en inglés
accuracy-row_language_es = en español
accuracy-row_voice_notes = del día a día
accuracy-row_speech_under_2 = menos de 2 s
accuracy-row_speech_2_to_4 = de 2 a 4 s
accuracy-row_speech_over_4 = de 4 a 8 s
accuracy-row_joined_30 = 30 s
accuracy-row_as_recorded = como se grabó
accuracy-row_whatsapp = por WhatsApp
accuracy-row_telephone = por teléfono
accuracy-row_noise_20 = poco ruido
accuracy-row_noise_10 = mucho ruido
accuracy-row_met = que ya conocía
accuracy-row_never_met = que no conocía
accuracy-row_tts = lee un texto
accuracy-row_vc = cambia la voz
accuracy-row_vocoder = rehace una grabación
