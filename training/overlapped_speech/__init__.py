"""The small network that hears several people at once."""
