### Words for people: plain, short, to be read on a phone.

## Telegram Business accounts that connected the bot: only the account's owner reads this

business-connected =
    ✅ I'm connected to your account. I listen to every voice note that comes into the chats you chose, and answer only you, here.
    I write nothing in those chats, and I need no permission.
    An older note? Forward it to me, or reply to it with /check (the other person sees the command, but not my answer).
    To stop, disconnect me in the Telegram Business settings.
business-note = 🎙 A note in a chat of your account, from { $name }:

## what Telegram shows to people and not to bots

withheld-nothing = There is no sound in that message that I can hear. Notes that can be played only once, or that have expired, are given to no bot by Telegram.
withheld-story = Telegram gives no stories to bots. Send the video or the note as a message and I'll listen to it.
withheld-paid_media = Telegram doesn't show me this: it is paid media. If you bought it, send the video as a message.
