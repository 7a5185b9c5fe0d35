### Words for people: plain, short, to be read on a phone.

## "@bot" in reply to a note where the bot is no member

guest-how = To check a voice message: tap it, choose “Reply” and write just { $name }.
guest-more = 🖼 Picture and details

## a link to an answer was opened

links-not_yours = This answer is only for whoever asked. Forward me the voice message here and I'll answer you too.

## groups in which only whoever asks sees the answer

private_reply-listened = 🤫 I've listened. Only whoever asked sees the answer.
private_reply-see = 👀 See the answer
private_reply-more = 💡 Details
private_reply-nameless = In this group I answer only whoever asks, and I can't see who you are. Ask under your own name, or send me the note in private.
