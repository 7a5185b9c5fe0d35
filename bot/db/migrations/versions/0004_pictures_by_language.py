"""The picture holds words: one a language. Those of before have none, and are drawn anew."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    ids = sa.Column("picture_file_ids", sa.JSON(), nullable=False, server_default="{}")
    op.add_column("notes", ids)
    op.drop_column("notes", "picture_file_id")
