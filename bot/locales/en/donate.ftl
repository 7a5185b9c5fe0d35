### Giving a recording for training

commands-donate = Give a recording so that I can learn

donate-explain =
    Thank you for wanting to help! 💚
    I keep this recording on the machine of whoever runs this bot, without your name, and learn from it how people and machines sound. Nobody else gets it. You can see it with /mydata and erase it at any time; what I had learnt from it by then stays.
    First, the truth: who speaks in it?
donate-engine = Which program made this voice?
donate-consent_own = Please confirm: this is my own voice and nobody else's can be heard. I agree that this recording is kept and used for training until I erase it.
donate-consent_machine = Please confirm: I had this voice made myself, and it imitates nobody who doesn't want that. I agree that this recording is kept and used for training until I erase it.
donate-thanks = Kept. Thank you! 💚 You can see or erase it with /mydata.
donate-no = All right, I haven't kept anything.

donate-button_own = 🧑 My own voice
donate-button_machine = 🤖 Made by a machine
donate-button_xtts = XTTS
donate-button_elevenlabs = ElevenLabs
donate-button_openai = OpenAI
donate-button_other = Another one
donate-button_unknown = I don't know
donate-button_agree = ✅ I agree
donate-button_cancel = I'd rather not

donate-how = To give a recording: tap the voice message that you sent me, choose “Reply” and write /donate.
donate-off = Thank you! But whoever runs this bot takes no recordings at the moment.
donate-privately = Recordings can only be given in a private chat with me.
donate-not_yours = You can only give what you recorded or had made yourself, not a message from somebody else.
donate-no_sound = I can keep voice messages and sound files only: no videos and nothing else.
donate-too_large = This recording is too big to be kept: at most { $megabytes } MB.
donate-enough_today = You have given { $count } recordings today. That's a lot, thank you! Tomorrow there is room for more.
donate-full = Thank you! But there is no more room for recordings at the moment.
donate-known = I have this very recording already. Thank you all the same!
donate-stale = These buttons are old. Reply to your voice message with /donate once more.
