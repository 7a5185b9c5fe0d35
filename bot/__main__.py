"""The command `ouvido`, also `python -m bot`: `ouvido run` (or nothing) serves the page and, with a
token, the Telegram bot; `ouvido check FILE…` answers in the terminal; `ouvido quiz` keeps
recordings for the quiz; `ouvido keys` makes keys for programs; `ouvido doctor` says what is wrong
with all that; `ouvido botfather`, `ouvido backup FILE` and `ouvido restore FILE` do what their
names say. Wiring only."""

import argparse
import asyncio
import os
import select
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import TextIO

from bot import log
from bot.cli import doctor
from bot.cli.arguments import CLOSED_PIPE, DISK_FULL
from bot.cli.version import version
from bot.settings import HOME, SettingError, read
from inference.errors import ModelError

DOTENV = HOME / ".env"

USAGE = """\
Usage: ouvido run           serve the local page and, with a token, the Telegram bot
       ouvido check FILE…   answer in the terminal, also for folders (ouvido check --help)
       ouvido quiz …        recordings of your own for /quiz (ouvido quiz --help)
       ouvido doctor        look at everything that the bot needs and say what to mend
       ouvido botfather     tell Telegram what the bot says of itself, and what you must tell it
       ouvido keys …        keys for programs that ask the API (ouvido keys --help)
       ouvido backup FILE   write everything that the bot remembers into one file
       ouvido restore FILE  bring that back, here or on another machine
       ouvido --version"""

WITHOUT_ARGUMENTS = {
    "run": "Serve the local page and, with TELEGRAM_BOT_TOKEN, the Telegram bot.",
    "doctor": "Look at everything that the bot needs and say what to mend.",
}
# Each a module of `bot.cli` with `parse` and `main`, imported only for its own command.
COMMANDS = ("check", "quiz", "botfather", "keys", "backup", "restore")


def main(given: Sequence[str] | None = None) -> int:
    """Exit code of a command; a reader that has enough (`| head`) ends any of them quietly, a full
    disk behind the output with a sentence."""
    try:
        try:
            return _command(list(sys.argv[1:] if given is None else given))
        finally:
            if sys.stdout:  # None where it was closed
                sys.stdout.flush()  # here, not at Python's end, which would tell of it
    except BrokenPipeError:
        if not _is_unread():  # a connection to another server broke
            raise
        for stream in _streams():  # Python flushes both at its end
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        return CLOSED_PIPE
    except OSError as error:
        if error.errno not in DISK_FULL:
            raise
        print(f"ouvido had to stop: {error.strerror}.", file=sys.stderr)
        if sys.stdout:  # Python flushes it at its end
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _is_unread() -> bool:
    """Whether nobody reads the pipe of standard output or standard error any more."""
    watched = select.poll()
    for stream in _streams():
        watched.register(stream, 0)  # errors are told of whatever is asked for
    return bool(watched.poll(0))


def _streams() -> list[TextIO]:
    return [stream for stream in (sys.stdout, sys.stderr) if stream]


def _command(arguments: list[str]) -> int:
    name, *rest = arguments or ["run"]
    if name in ("-h", "--help", "--version"):
        print(f"ouvido {version()}" if name == "--version" else USAGE)
        return 0
    if name in WITHOUT_ARGUMENTS:
        description = WITHOUT_ARGUMENTS[name]
        argparse.ArgumentParser(prog=f"ouvido {name}", description=description).parse_args(rest)
    elif name not in COMMANDS:
        print(USAGE, file=sys.stderr)
        return 2
    try:
        return doctor.main(os.environ, DOTENV) if name == "doctor" else _with_settings(name, rest)
    except (SettingError, ModelError) as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


def _with_settings(name: str, arguments: list[str]) -> int:
    checking = name == "check"
    command = import_module(f"bot.cli.{name}") if name in COMMANDS else None
    if command:
        options = command.parse(arguments)  # before the settings, which --help does not need
    settings = read(os.environ, DOTENV, at_terminal=checking)
    # `check` tells everything in its lines, so that only warnings are news there.
    level = "WARNING" if checking and settings.log_level == "INFO" else settings.log_level
    log.set_up(level, settings.log_format, settings.secrets)
    if command:
        return int(command.main(options, settings))
    from bot import service  # `check` has no use for aiohttp

    asyncio.run(service.serve(settings))
    return 0


if __name__ == "__main__":
    sys.exit(main())
