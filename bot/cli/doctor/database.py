"""The database: there, of our version, and willing to write. Nothing is changed in it."""

import time

from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from bot.cli.doctor.finding import Finding, ill, well
from bot.db import Store, answers
from bot.db.store import newest
from bot.db.tables import UpdateRow
from bot.settings import Settings

PROBE = -1  # Telegram's updates have positive numbers


async def look(settings: Settings) -> Finding:
    """Opened as the service opens it, but not migrated."""
    try:
        name = make_url(settings.database).render_as_string(hide_password=True)
        store = Store(settings.database)
    except (SQLAlchemyError, ValueError):  # whose words may quote the password
        return ill("DATABASE_URL is no address of a database", _advice(settings))
    if _is_new(settings):
        return well(f"The database {name} will be made at the first start")
    try:
        return await _opened(store, name)
    except (SQLAlchemyError, OSError) as error:
        first = str(error).partition("\n")[0]
        return ill(f"The database {name} can't be used: {first}", _advice(settings))
    finally:
        await store.close()


async def _opened(store: Store, name: str) -> Finding:
    version, ours = await store.version(), newest()
    if version is None:
        return well(f"The database {name} is empty; its tables will be made at the start")
    if version > ours:
        return ill(
            f"The database {name} is of a newer Ouvido (its tables: {version}, ours: {ours})",
            "Update Ouvido, or bring back the backup from before its update: "
            "ouvido restore --replace FILE",
        )
    if version < ours:
        return well(f"The database {name} will be brought up to date at the start")
    await _write(store)
    return well(f"The database {name} can be read and written")


async def last_file(settings: Settings) -> str | None:
    """Telegram's file_id of the recording that was answered last; None where nothing says so."""
    if _is_new(settings):
        return None
    try:
        store = Store(settings.database)
    except (SQLAlchemyError, ValueError):
        return None
    try:
        return await answers.last_file(store) if await store.version() == newest() else None
    except (SQLAlchemyError, OSError):  # `look` says why
        return None
    finally:
        await store.close()


def _is_new(settings: Settings) -> bool:
    """Whether there is no file yet; SQLite would make one by being asked."""
    return not settings.database_url and not settings.data_dir.joinpath("ouvido.db").exists()


def _advice(settings: Settings) -> str:
    if settings.database_url:
        return "Is its server running, and is DATABASE_URL right? In a password, @ is written %40."
    return (
        "DATA_DIR and what is in it must belong to the user that Ouvido runs as. "
        "A damaged file: bring back a backup, or move it away and begin anew."
    )


async def _write(store: Store) -> None:
    """Write a row and take it back."""
    async with store.session() as session:
        session.add(UpdateRow(id=PROBE, content=None, received_at=int(time.time())))
        await session.flush()
        await session.rollback()
