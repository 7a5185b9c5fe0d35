"""The message that shows a note's progress is known after a kill, too, and taken away."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.add_column("updates", sa.Column("progress_message_id", sa.BigInteger()))
