### Words for people: plain, short, to be read on a phone.

## "@bot" in reply to a note where the bot is no member

guest-how = To check a voice message: tap it, choose “Reply” and write just my name.
guest-more = 🖼 Picture and details

## a link to an answer was opened

links-not_yours = This answer is only for whoever asked. Forward me the voice message here and I'll answer you too.
