"""What the bot answers: a module a feature, put in order by `bot.application`."""
