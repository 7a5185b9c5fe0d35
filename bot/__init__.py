"""People meet the detector here: a Telegram bot, a local page and a command in the terminal."""
