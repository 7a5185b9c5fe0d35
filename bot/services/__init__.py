"""What the bot does, whoever asks for it and however."""
