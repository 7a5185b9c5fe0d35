### Words for people: plain, short, to be read on a phone.

## groups

groups-greeting =
    ¡Hola! Soy Ouvido. 👂 Digo si un audio parece la voz de una persona o una voz de IA (deepfake, voz clonada).
    Responde al audio con /check y contesto ahí mismo.
    Solo escucho cuando me lo piden. Los administradores pueden cambiarlo aquí:
groups-channel = En los canales no contesto: todos leerían mi respuesta como palabra del canal. Reenvíame el audio en privado o añádeme al grupo de debate del canal.
groups-mention = Para comprobar un audio, respóndele y escribe /check o mi nombre.
groups-button_settings = ⚙️ Ajustes

## what was heard and not told at once; $time is a link to the message

groups-digest =
    { $machines ->
        [0] { $count ->
            [one] 📋 Escuché un audio; no me pareció una voz de IA.
           *[other] 📋 Escuché { NUMBER($count) } audios; ninguno me pareció una voz de IA.
        }
       *[other] { $count ->
            [one] 📋 Escuché un audio que vale la pena revisar:
           *[other] 📋 Escuché { NUMBER($count) } audios; vale la pena revisar:
        }
    }
groups-line = 🤖 { $time }: parece una voz de IA, { $percent } % de probabilidad de que sea una máquina
groups-line_mixed = 🤖 { $time }: una parte suena como una máquina
groups-more =
    { $count ->
        [one] … y uno más.
       *[other] … y { NUMBER($count) } más.
    }
groups-others =
    { $machines ->
        [0] { $what }.
       *[other] Los demás: { $what }.
    }
groups-others_human = { NUMBER($count) } con voz de persona
groups-others_inconclusive = { NUMBER($count) } sin respuesta clara
groups-caution = Esto no es una prueba: yo también me equivoco. Si alguno pide dinero o una contraseña, llama antes a la persona al número que ya conocías.

## the settings menu

settings-home = ⚙️ ¿Cómo debo comportarme en este grupo? Toca lo que quieras cambiar.
settings-only_administrators = Solo los administradores de este grupo pueden cambiar mis ajustes.
settings-closed = ✅ Listo. /settings trae de vuelta este menú.
settings-stale = Este menú ya está cerrado. /settings abre uno nuevo.
settings-wait = Hablé demasiado aquí hace un momento. Inténtalo de nuevo en un minuto.
settings-blind = ⚠️ En este grupo solo veo lo que va dirigido a mí, así que todavía no puedo escuchar por mi cuenta. Hazme administrador (no necesito ningún permiso especial), o pide a quien me mantiene que desactive «Group Privacy» en @BotFather y me añada de nuevo.
settings-done = Listo
settings-back = ‹ Volver
settings-none = ninguna

settings-button_language = 🌐 Idioma: { $value }
settings-button_notes = 👂 { $value }
settings-button_reply_mode = 💬 Contesto con: { $value }
settings-button_quiet = 🌙 Horas de silencio: { $value }
settings-button_timezone = 🕐 Reloj de { $value }

settings-page_language = 🌐 ¿Qué idioma hablo aquí?
settings-language_own = el de cada persona
settings-language_pt-BR = Português
settings-language_en = English
settings-language_es = Español

settings-page_notes =
    👂 ¿Qué audios escucho?
    Cuando me lo piden con /check, siempre contesto.
settings-notes_asked = Escucho solo si lo piden
settings-notes_forwarded = Escucho los reenviados
settings-notes_all = Escucho todos
settings-only_suspicious_0 = y siempre aviso
settings-only_suspicious_1 = y solo aviso si parece máquina

settings-page_reply_mode =
    💬 ¿Cómo contesto cuando nadie preguntó?
    • una respuesta, con imagen;
    • una reacción en el audio: 👾 parece una voz de IA, ✍ lo escuché y parece persona, 🤷 no puedo decirlo;
    • un resumen: un mensaje discreto, como mucho cada { $minutes } min o tras { $count } audios.
    Cuando llegan muchísimos a la vez, los junto en un resumen de todos modos.
settings-reply_mode_reply = una respuesta
settings-reply_mode_reaction = una reacción
settings-reply_mode_summary = un resumen

settings-page_quiet =
    🌙 En las horas de silencio no digo nada por mi cuenta; después lo cuento todo en un solo mensaje.
    Cuando me lo piden con /check, contesto igualmente.
settings-quiet_on = Elegir horas de silencio
settings-quiet_off = Sin horas de silencio
settings-from = desde las { $time }
settings-to = hasta las { $time }
settings-page_quiet_from = 🌙 ¿Desde qué hora debo callar?
settings-page_quiet_to = 🌙 ¿Hasta qué hora debo callar?
settings-page_timezone = 🕐 ¿Qué hora es donde están ustedes?

settings-private_replies_0 = 👥 Respuestas a /check: para todos
settings-private_replies_1 = 🤫 Respuestas a /check: solo a quien pide

commands-settings = Cómo me comporto en este grupo
