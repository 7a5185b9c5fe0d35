"""The database: SQLite in DATA_DIR, or PostgreSQL. Audio is never stored."""

from bot.db.store import Store

__all__ = ["Store"]
