### Words for people: plain, short, to be read on a phone.

## the Mini App: why there is no answer

mini_app-not_telegram = Open this answer with its button in Telegram: only then do I know who you are.
mini_app-too_old = This window was opened a while ago. Close it and open it again with the button in Telegram.
mini_app-not_shown = I can't show this answer here: it has been forgotten, or it belongs to a chat that isn't yours. Send me the note in Telegram and the answer is yours.
mini_app-no_sound = Telegram no longer gives me the sound of this note.
mini_app-unreachable = I can't reach Telegram right now. Try again in a moment.
