"""Columns get the names that SQL, Telegram and statistics have for what they hold."""

from alembic import op

revision = "0003"
down_revision = "0002"

RENAMED = {
    "answers": {
        "why_id": "explanation_message_id",
        "zoom_id": "zoom_message_id",
        "compare_id": "compare_message_id",
    },
    "chats": {"manner": "reply_mode", "discreet": "private_replies"},
    "digests": {"thread": "message_thread_id", "at": "created_at"},
    "maintenance": {"words": "message", "since": "started_at"},
    "note_names": {"name": "file_unique_id_hash"},
    "notes": {"checks": "request_count", "picture": "picture_file_id"},
    "people": {"donor": "donor_pseudonym"},
    "updates": {"tries": "attempts"},
    "votes": {"right": "is_correct"},
}


def upgrade() -> None:
    # RENAME COLUMN in both databases: no batch mode, which would copy each of SQLite's tables.
    for table, columns in RENAMED.items():
        for old, new in columns.items():
            op.alter_column(table, old, new_column_name=new)
