### Palabras para la gente: sencillas, cortas, para leer en el teléfono.

verdict-synthetic = 🤖 Parece una voz de IA, hecha por una máquina.
verdict-mixed = 🤖 Parte de este audio suena como una máquina.
verdict-human = 🧑 Parece la voz de una persona.
verdict-inconclusive = 🤔 No puedo decir si es una persona o una máquina.
verdict-leans_synthetic = 🤔 No estoy seguro, pero parece más una máquina que una persona.
verdict-leans_human = 🤔 No estoy seguro, pero parece más una persona que una máquina.
verdict-reason = Motivo: { $reason }.
verdict-cut = Escuché los primeros { $heard } de { $whole }.
verdict-seconds = Escuché { $time } de habla.
verdict-tracks = El archivo tiene { $tracks } pistas de sonido; escuché solo la pista { $track }.
verdict-left = Hay una voz en cada canal: escuché las dos, y esta respuesta es sobre la del canal izquierdo, la que pide más cuidado.
verdict-right = Hay una voz en cada canal: escuché las dos, y esta respuesta es sobre la del canal derecho, la que pide más cuidado.
verdict-everywhere = Sonó artificial de principio a fin.
verdict-ranges = Sonó artificial en: { $ranges }.
verdict-more = { $ranges } y { $count } más
verdict-partly = Las marcas de la imagen muestran solo parte del motivo: pesó más la parte de mí que escucha el habla en sí.
verdict-by_synthetic = No es una prueba: me equivoco. No envíes dinero, contraseñas ni códigos. Llama a la persona al número que ya conocías y pregúntale algo que solo ella sepa.
verdict-by_mixed = No es una prueba: me equivoco. No envíes dinero, contraseñas ni códigos. Llama a la persona al número que ya conocías y pregúntale algo que solo ella sepa.
verdict-by_human = No es una prueba: me equivoco, y hay máquinas que me engañan. Si te piden dinero, una contraseña o que te des prisa, llama antes a la persona al número que ya conocías.
verdict-in_doubt = Ante la duda, no envíes dinero, contraseñas ni códigos: llama a la persona al número que ya conocías.
verdict-caution = No es una prueba. Ante la duda, llama a la persona al número que ya conocías.

## $percent: probabilidad, de 1 a 99

sure-very_synthetic = Estoy bastante seguro: { $percent } % de probabilidad de que sea una máquina.
sure-fairly_synthetic = Estoy más o menos seguro: { $percent } % de probabilidad de que sea una máquina.
sure-hardly_synthetic = Tengo muchas dudas: { $percent } % de probabilidad de que sea una máquina.
sure-very_human = Según lo que aprendí, estoy bastante seguro: solo { $percent } % de probabilidad de que sea una máquina.
sure-fairly_human = Según lo que aprendí, estoy más o menos seguro: { $percent } % de probabilidad de que sea una máquina.
sure-hardly_human = Según lo que aprendí, tengo muchas dudas: { $percent } % de probabilidad de que sea una máquina.
sure-leans_synthetic = { $percent } % de probabilidad de que sea una máquina. Es poco: solo digo «máquina» desde el { $high } %.
sure-leans_human = { $percent } % de probabilidad de que sea una máquina. Todavía es mucho: solo digo «persona» hasta el { $low } %.
sure-unsure = Me quedé a medio camino: { $percent } % de probabilidad de que sea una máquina.

reasons-no_speech = no escuché a nadie hablar
reasons-music = parece música, y no escuché a nadie hablar
reasons-too_short = hay muy poca habla, menos de un segundo
reasons-overlap = varias personas hablan al mismo tiempo
reasons-noisy = hay demasiado ruido alrededor de la voz
reasons-too_quiet = la voz se oye demasiado bajo
reasons-clipped = el sonido está saturado, grabado demasiado alto
reasons-narrow_band = el sonido está apagado, como en una llamada de teléfono, y ahí se pierden las señales de las máquinas
reasons-unsure = en la voz escuché señales de persona y señales de máquina

advice-no_speech = Envía un audio en el que alguien hable.
advice-music = Envía un trozo en el que alguien hable, sin música.
advice-too_short = Envía un audio más largo, de diez segundos si puedes.
advice-overlap = Envía un trozo en el que hable una sola persona.
advice-noisy = Si puedes, envía otro audio de la misma persona, grabado en un lugar tranquilo.
advice-too_quiet = Si puedes, envía otro audio de la misma persona, grabado más cerca del micrófono.
advice-clipped = Si puedes, envía otro audio de la misma persona, grabado más lejos del micrófono.
advice-narrow_band = Ayudaría el audio original, y no la grabación de una llamada.
advice-unsure = Ayudaría el archivo original, y no una regrabación, u otro audio de la misma persona.
advice-longer = Ayudaría un audio más largo, con diez segundos de habla o más, o el archivo original en vez de una regrabación.
