### Words for people: plain, short, to be read on a phone.

## /check in reply to what can't be heard

no_sound-own = This is an answer of mine. Reply with /check to the recording, not to what I said about it.
no_sound-photo = This is a photo, and I only understand sound. Reply with /check to a voice message, a video or a sound file.
no_sound-sticker = This is a sticker, and there is nothing in it to listen to. Reply with /check to a voice message, a video or a sound file.
no_sound-poll = This is a poll, and there is nothing in it to listen to. Reply with /check to a voice message, a video or a sound file.
no_sound-link = This is a link, and I don't open links. Download the recording and send the file, or forward the voice message.
no_sound-text = This is written text, and I only understand sound. Reply with /check to a voice message, a video or a sound file.
no_sound-other = There is no sound in this message. Reply with /check to a voice message, a video or a sound file.
