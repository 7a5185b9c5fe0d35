"""What the bot does, independent of the command or button that asks for it."""
