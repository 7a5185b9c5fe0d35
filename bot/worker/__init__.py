"""Judging recordings in processes of their own, isolated from the bot and its token."""
