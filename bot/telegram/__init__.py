"""Talking to Telegram: requests, limits, buttons, files and rights."""
