### Comparar la voz dudosa con otra que se sabe verdadera

commands-compare = Comparar un audio con la voz verdadera de la persona

buttons-compare = 🎭 Comparar

compare-how = Para comparar: toca el audio del que dudas, elige «Responder» y escribe /compare. Después te pido un audio verdadero de la misma persona.
compare-ask =
    Ahora responde a este mensaje con un audio que sabes con seguridad que es de la persona: uno de antes, o grabado delante de ti. Lo mejor son diez segundos de habla clara.
    Olvido los dos audios y las voces en cuanto respondo.
compare-there = Está justo abajo.
compare-hint = La voz verdadera
compare-privately = Comparemos en un chat privado: envíame el audio allí.
compare-as_yourself = Solo puedo comparar para una persona. Escribe como tú, no como grupo o canal.
compare-stale = Ya no sé a qué audio pertenece esto. Responde al audio del que dudas con /compare.
compare-no_sound = Necesito un audio: responde con un mensaje de voz o un archivo de sonido de la persona verdadera.

## $same, $others, $clones: de cada 100 pares en nuestra prueba

compare-same =
    ≈ Las dos voces se parecen.
    Eso no descarta un clon: en mi prueba pasaron por parecidas { $clones } de cada 100 voces clonadas por IA, { $same } de cada 100 grabaciones verdaderas de la misma persona y { $others } de cada 100 de personas distintas.
    De todos modos, llama antes a la persona al número que ya conocías.
compare-different =
    ≠ Las dos voces son distintas.
    Así que puede ser otra persona. Pero me equivoco: en mi prueba lo dije en { $others } de cada 100 pares de personas distintas, por error en { $same } de cada 100 de la misma persona (un resfriado, ruido, otro teléfono) y en { $clones } de cada 100 clones.
    Llama a la persona al número que ya conocías.
compare-unsure =
    🤔 No puedo decir si las dos voces son de la misma persona.
    Se parecen un poco, y en mi prueba eso pasó con la misma persona ({ $same } de cada 100 pares) y con personas distintas ({ $others } de cada 100).
    Prueba con un audio más largo, o llama a la persona al número que ya conocías.
compare-impossible = 🤔 No puedo comparar estas voces.
compare-suspicious = El audio del que dudas: { $reasons }.
compare-known = La voz verdadera: { $reasons }.
compare-too_short = hay menos de { $seconds } segundos de habla
compare-again = Lo mejor son diez segundos de habla clara de una sola persona en un lugar silencioso.

errors-same_recording = Este es el mismo audio. Necesito otro, que sepas con seguridad que es de la persona.
