"""Alembic's environment: runs the migrations on the connection of `bot.db.store.migrate`."""

from alembic import context

from bot.db.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,  # SQLite changes a column's type by making the table anew
)
with context.begin_transaction():
    context.run_migrations()
