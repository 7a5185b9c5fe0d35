"""The command `ouvido`, also `python -m bot`: `ouvido run` (or nothing) serves the page and, with a
token, the Telegram bot; `ouvido check FILE…` answers in the terminal; `ouvido quiz` keeps
recordings for the quiz; `ouvido doctor` says what is wrong with all that. Wiring only."""

import asyncio
import os
import sys
from collections.abc import Sequence

from bot import log
from bot.cli import check, doctor
from bot.settings import HOME, SettingError, read
from inference.errors import ModelError

DOTENV = HOME / ".env"

USAGE = """\
Usage: ouvido run           serve the local page and, with a token, the Telegram bot
       ouvido check FILE…   answer in the terminal (ouvido check --help)
       ouvido quiz …        recordings of your own for /quiz (ouvido quiz --help)
       ouvido doctor        look at everything that the bot needs and say what to mend"""


def main(given: Sequence[str] | None = None) -> int:
    arguments = list(sys.argv[1:] if given is None else given)
    try:
        if arguments == ["doctor"]:
            return doctor.main(os.environ, DOTENV)
        checking = arguments[:1] == ["check"]
        settings = read(os.environ, DOTENV, at_terminal=checking)
        # `check` tells everything in its lines, so that only warnings are news there.
        level = "WARNING" if checking and settings.log_level == "INFO" else settings.log_level
        log.set_up(level, settings.log_format, settings.secrets)
        if checking:
            return check.main(arguments[1:], settings)
        if arguments[:1] == ["quiz"]:
            from bot.cli import quiz  # it alone needs numpy in this process

            return quiz.main(arguments[1:], settings)
        if arguments not in ([], ["run"]):
            print(USAGE, file=sys.stderr)
            return 0 if arguments[0] in ("-h", "--help") else 2
        from bot import service  # `check` has no use for aiohttp

        asyncio.run(service.serve(settings))
    except (SettingError, ModelError) as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
