"""Talking to Telegram: requests, rate limits, callbacks, files and rights."""
