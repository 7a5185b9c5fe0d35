"""The database: there, of our version, and willing to write. Nothing is changed in it."""

import time

from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from bot.doctor.finding import Finding, ill, well
from bot.settings import Settings
from bot.store import Store
from bot.store.store import newest
from bot.store.tables import Update

PROBE = -1  # Telegram's updates have positive numbers


async def look(settings: Settings) -> Finding:
    """Opened as the service opens it, but not migrated."""
    address = make_url(settings.database)
    name = address.render_as_string(hide_password=True)
    if not settings.database_url and not settings.data_dir.joinpath("ouvido.db").exists():
        return well(f"The database {name} will be made at the first start")
    store = Store(settings.database)
    try:
        version = await store.version()
        if version is None:
            return well(f"The database {name} is empty; its tables will be made at the start")
        if version > (ours := newest()):
            return ill(
                f"The database {name} is of a newer Ouvido (its tables: {version}, ours: {ours})",
                "Update Ouvido, or bring back the backup from before its update.",
            )
        if version < ours:
            return well(f"The database {name} will be brought up to date at the start")
        await _write(store)
    except (SQLAlchemyError, OSError, ImportError) as error:
        first = str(error).partition("\n")[0]
        return ill(f"The database {name} can't be used: {first}", _advice(settings))
    finally:
        await store.close()
    return well(f"The database {name} can be read and written")


def _advice(settings: Settings) -> str:
    if settings.database_url:
        return "Is its server running, and are name and password in DATABASE_URL right?"
    return "DATA_DIR and what is in it must belong to the user that Ouvido runs as."


async def _write(store: Store) -> None:
    """Write a row and take it back."""
    async with store.session() as session:
        session.add(Update(id=PROBE, content=None, received_at=int(time.time())))
        await session.flush()
        await session.rollback()
