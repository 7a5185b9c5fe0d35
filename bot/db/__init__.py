"""What the bot remembers: SQLite beside it, or PostgreSQL. Never audio."""

from bot.db.store import Store

__all__ = ["Store"]
