"""One picture of a recording, in every language, and its size; both stand with its verdict."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("notes", sa.Column("size", sa.BigInteger(), nullable=True))
    op.add_column("notes", sa.Column("picture", sa.String(), nullable=True))
    op.create_index(op.f("ix_notes_size"), "notes", ["size"])
    op.execute(
        "UPDATE notes SET picture = (SELECT min(file_id) FROM pictures"
        " WHERE pictures.sha256 = notes.sha256 AND pictures.model = notes.model)"
    )
    op.drop_table("pictures")
