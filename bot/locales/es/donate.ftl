### Donar una grabación para que yo aprenda

commands-donate = Donar una grabación para que aprenda

donate-explain =
    ¡Gracias por querer ayudar! 💚
    Guardo esta grabación en la máquina de quien mantiene este bot, sin tu nombre, y aprendo con ella cómo suenan las personas y las máquinas. Nadie más la recibe. Puedes verla con /mydata y borrarla cuando quieras; lo que ya haya aprendido de ella se queda.
    Primero, la verdad: ¿quién habla en ella?
donate-engine = ¿Qué programa hizo esta voz?
donate-consent_own = Confirma, por favor: esta es mi propia voz y no se oye la de nadie más. Acepto que esta grabación se guarde y se use para entrenar hasta que yo la borre.
donate-consent_machine = Confirma, por favor: fui yo quien encargó esta voz, y no imita a nadie que no quiera. Acepto que esta grabación se guarde y se use para entrenar hasta que yo la borre.
donate-thanks = Guardada. ¡Gracias! 💚 Puedes verla o borrarla con /mydata.
donate-no = De acuerdo, no guardé nada.

donate-button_own = 🧑 Mi propia voz
donate-button_machine = 🤖 Hecha por una máquina
donate-button_xtts = XTTS
donate-button_elevenlabs = ElevenLabs
donate-button_openai = OpenAI
donate-button_other = Otro
donate-button_unknown = No lo sé
donate-button_agree = ✅ Acepto
donate-button_cancel = Mejor no

donate-how = Para donar una grabación: toca el audio que me enviaste, elige «Responder» y escribe /donate.
donate-off = ¡Gracias! Pero quien mantiene este bot no recibe grabaciones por ahora.
donate-privately = Las grabaciones solo se pueden donar en un chat privado conmigo.
donate-not_yours = Solo puedes donar lo que tú grabaste o encargaste, no el mensaje de otra persona.
donate-no_sound = Solo puedo guardar audios y archivos de sonido: ni videos ni otras cosas.
donate-too_large = Esta grabación es demasiado grande para guardarla: como mucho { $megabytes } MB.
donate-enough_today = Ya donaste { $count } grabaciones hoy. Es mucho, ¡gracias! Mañana caben más.
donate-full = ¡Gracias! Pero por ahora no hay más sitio para grabaciones.
donate-known = Ya tengo exactamente esta grabación. ¡Gracias de todos modos!
donate-stale = Estos botones son antiguos. Responde otra vez a tu audio con /donate.
