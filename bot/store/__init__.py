"""What the bot remembers: SQLite beside it, or PostgreSQL. Never audio."""

from bot.store.store import Store

__all__ = ["Store"]
