### Words for people: plain, short, to be read on a phone.

## groups

groups-greeting =
    Hello! I'm Ouvido. 👂 I tell whether a voice message sounds like a person or like an AI voice (deepfake, cloned voice).
    Reply to the message with /check and I'll answer there.
    I only listen when you ask. Administrators can change that here:
groups-channel = I don't answer in channels: everybody would read my answer as the channel's own word. Forward me the recording in private, or add me to the channel's discussion group.
groups-mention = To check a voice message, reply to it and write /check or my name.
groups-button_settings = ⚙️ Settings

## what was heard and not told at once; $time is a link to the message

groups-digest =
    { $machines ->
        [0] { $count ->
            [one] 📋 I listened to one voice message; it didn't sound like an AI voice to me.
           *[other] 📋 I listened to { NUMBER($count) } voice messages; none sounded like an AI voice to me.
        }
       *[other] { $count ->
            [one] 📋 I listened to one voice message, worth a look:
           *[other] 📋 I listened to { NUMBER($count) } voice messages; worth a look:
        }
    }
groups-line = 🤖 { $time }: sounds like an AI voice, { $percent }% chance that it is a machine
groups-line_mixed = 🤖 { $time }: part of it sounds like a machine
groups-more =
    { $count ->
        [one] … and one more.
       *[other] … and { NUMBER($count) } more.
    }
groups-others =
    { $machines ->
        [0] { $what }.
       *[other] The others: { $what }.
    }
groups-others_human = { NUMBER($count) } with a person's voice
groups-others_inconclusive = { NUMBER($count) } without a clear answer
groups-caution = This is no proof: I make mistakes. If one of them asks for money or a password, first call the person on a number you already had.

## the settings menu

settings-home = ⚙️ How should I behave in this group? Tap what you want to change.
settings-only_administrators = Only administrators of this group can change my settings.
settings-closed = ✅ Done. /settings brings this menu back.
settings-stale = This menu is closed. /settings opens a new one.
settings-wait = I've said too much here just now. Please try again in a minute.
settings-blind = ⚠️ In this group I only see what is meant for me, so I can't listen on my own yet. Make me an administrator (I need no special rights), or ask whoever runs me to turn off “Group Privacy” at @BotFather and add me again.
settings-done = Done
settings-back = ‹ Back
settings-none = none

settings-button_language = 🌐 Language: { $value }
settings-button_notes = 👂 { $value }
settings-button_reply_mode = 💬 I answer with: { $value }
settings-button_quiet = 🌙 Quiet hours: { $value }
settings-button_timezone = 🕐 Clock of { $value }

settings-page_language = 🌐 Which language do I speak here?
settings-language_own = each person's own
settings-language_pt-BR = Português
settings-language_en = English
settings-language_es = Español

settings-page_notes =
    👂 Which voice messages do I listen to?
    When asked with /check I always answer.
settings-notes_asked = I listen only when asked
settings-notes_forwarded = I listen to forwarded ones
settings-notes_all = I listen to all
settings-only_suspicious_0 = and I always speak up
settings-only_suspicious_1 = and I only tell if it sounds like a machine

settings-page_reply_mode =
    💬 How do I answer when nobody asked?
    • a reply, with a picture;
    • a reaction on the message: 👾 sounds like an AI voice, ✍ I listened and it sounds like a person, 🤷 I can't tell;
    • a summary: one quiet message, at most every { $minutes } min or after { $count } voice messages.
    When there are very many at once, I put them into a summary in any case.
settings-reply_mode_reply = a reply
settings-reply_mode_reaction = a reaction
settings-reply_mode_summary = a summary

settings-page_quiet =
    🌙 In the quiet hours I say nothing on my own; afterwards I tell everything in one message.
    When asked with /check I still answer.
settings-quiet_on = Choose quiet hours
settings-quiet_off = No quiet hours
settings-from = from { $time }
settings-to = until { $time }
settings-page_quiet_from = 🌙 From what time on should I be quiet?
settings-page_quiet_to = 🌙 Until what time should I be quiet?
settings-page_timezone = 🕐 What time is it where you are?

settings-private_replies_0 = 👥 Answers to /check: for everybody
settings-private_replies_1 = 🤫 Answers to /check: only for whoever asks

commands-settings = How I behave in this group
