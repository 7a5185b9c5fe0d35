"""`keys add|list|remove`: which programs may ask the API as themselves."""

import argparse
import asyncio
import sys
import time
from datetime import UTC, datetime

from sqlalchemy.exc import SQLAlchemyError

from bot.db import Store, api_keys
from bot.db.store import NewerDatabase
from bot.db.tables import ApiKey
from bot.settings import Settings

DAY = 86_400  # s
LONGEST_NAME = 64  # characters
MOST_DAYS = 36_500


def main(options: argparse.Namespace, settings: Settings) -> int:
    """Do what `parse` understood; exit code 0 when it was done, 1 when it could not be."""
    try:
        settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        return asyncio.run(_with_store(options, settings))
    except (NewerDatabase, SQLAlchemyError, OSError) as error:
        print(f"keys: {str(error).partition(chr(10))[0]}", file=sys.stderr)
        return 1


def parse(arguments: list[str]) -> argparse.Namespace:
    """The arguments; ends the process after --help (0) and a wrong call (2)."""
    parser = argparse.ArgumentParser(
        prog="ouvido keys",
        description="Keys for programs that ask the API (docs/api.md). A change holds at once, "
        "also while Ouvido runs.",
    )
    commands = parser.add_subparsers(dest="what", required=True)
    adding = commands.add_parser("add", help="make a key and show it, once")
    adding.add_argument("name", metavar="NAME", type=_name, help="what you call the program")
    adding.add_argument("--days", type=_days, help="after which it expires; else never")
    commands.add_parser("list", help="show the names, since when, until when and last used when")
    removing = commands.add_parser("remove", help="have a key be unknown from now on")
    removing.add_argument("name", metavar="NAME", help="as `ouvido keys list` shows it")
    return parser.parse_args(arguments)


async def _with_store(options: argparse.Namespace, settings: Settings) -> int:
    store = Store(settings.database)
    try:
        await store.open()
        if options.what == "add":
            return await _add(store, options.name, options.days)
        if options.what == "remove":
            return await _remove(store, options.name)
        for key in await api_keys.listed(store):
            print(_line(key))
        return 0
    finally:
        await store.close()


async def _add(store: Store, name: str, days: int | None) -> int:
    expires_at = int(time.time()) + days * DAY if days else None
    try:
        key = await api_keys.add(store, name, expires_at)
    except api_keys.NameTaken:
        print(
            f"There is already a key {name}: give the new one another name, or first "
            f"ouvido keys remove {name}",
            file=sys.stderr,
        )
        return 1
    print(key)
    print("This is shown only now. Programs send it as: Authorization: Bearer KEY", file=sys.stderr)
    return 0


async def _remove(store: Store, name: str) -> int:
    if await api_keys.remove(store, name):
        return 0
    print(f"There is no key {name}; `ouvido keys list` shows what there is.", file=sys.stderr)
    return 1


def _line(key: ApiKey) -> str:
    last = f"last used {_day(key.last_used_at)}" if key.last_used_at else "never used"
    said = [key.name, f"since {_day(key.created_at)}", last]
    if key.expires_at:
        said.append(f"{'expired' if api_keys.is_expired(key) else 'until'} {_day(key.expires_at)}")
    return "  ".join(said)


def _day(seconds: int) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d %H:%M} UTC"


def _name(text: str) -> str:
    if not text.strip() or not text.isprintable() or len(text) > LONGEST_NAME:
        raise argparse.ArgumentTypeError(f"must be one line of at most {LONGEST_NAME} characters")
    return text.strip()


def _days(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= MOST_DAYS:
        raise argparse.ArgumentTypeError(f"must be a whole number from 1 to {MOST_DAYS}")
    return int(text)
