### Words for people: plain, short, to be read on a phone.

chat-start =
    Hello! I'm Ouvido (“ear” in Portuguese). 👂 I tell whether a voice message sounds like a person or an AI voice: deepfake, cloned voice.
    Forward me the one you want to check.
    I make mistakes too: my answer helps you to be careful, but it is no proof.
    To learn more: /help
chat-help =
    How to use me:
    • Here: forward or record a voice message. Videos and sound files work too, up to { $megabytes } MB.
    • In groups: reply to the voice message with /check. Administrators choose how I behave: /settings.{ $guest ->
        [yes] { " " }In any other chat: reply to the message with @{ $name }.
       *[no] { "" }
    }

    I listen to up to { NUMBER($minutes, maximumFractionDigits: 1) } min of each recording. I do best with at least 5 seconds of clear speech.
    In the picture: the sound above; below, the score of each stretch, from person to machine.

    Is somebody asking you for money? Hang up, breathe, and call the person on a number you already had.

    /demo see four examples
    /quiz train your ear
    /accuracy how often I'm right
    /privacy what happens to your recording
    /about who I am
chat-privacy =
    🔒 Your recording is heard on the machine of whoever runs this bot, and not kept. Nobody else gets it.

    Only the result stays, with a code that recognises the same recording if it comes again, and in which chat I answered whom (Telegram's numbers, no names), so that the buttons work. Unused, that is gone after 30 days. A recording stays only if you give it, with /donate.

    Your request is noted only until I have answered. I keep neither your name nor your messages.
    Telegram keeps the chat like any other: you can delete it.

    See all of it with /mydata, erase it with /forget.
chat-contact = Who runs this bot: { $contact }
chat-privacy_local = This bot gets its files through a server of its own, which keeps a copy until whoever runs it deletes it.
chat-about =
    I'm Ouvido, a free program that looks in the sound for the marks that machine voices leave. Model: { $model }.
    I know many machines, but new ones appear every day, and any of them can fool me. That's why I speak of chances, never of certainty.
    How often I'm right, as measured: /accuracy
    Against scams with cloned voices, the best remedy is still to call the person on a number you already had.
chat-progress = 👂 I've heard { $heard } of { $whole }…
chat-text = I understand recordings. 👂 Forward me the voice message you want to check, or see /help.
chat-check = To check a voice message: tap it, choose “Reply” and write /check.

commands-start = Start
commands-help = How to use me
commands-check = Check the message you reply to
commands-privacy = What happens to your recording
commands-about = Who I am and what I don't know
commands-accuracy = How often I am right

## what Telegram shows before the first chat and in the profile

profile-description = Forward me a voice message and I'll tell you whether it sounds like a person or an AI voice (deepfake, cloned voice), with a picture of what I heard. I don't keep your recording. I make mistakes too: when in doubt, call the person on a number you already had.
profile-short_description = A person or an AI voice? Deepfake, cloned voice: forward me a message and I'll say.
