"""`python -m bot` serves the page and, with a token, the Telegram bot; `python -m bot check FILE…`
answers in the terminal; `python -m bot doctor` says what is wrong with all that. Wiring only."""

import asyncio
import os
import sys
from pathlib import Path

from bot import log
from bot.cli import check, doctor
from bot.settings import SettingError, read
from inference.errors import ModelError

DOTENV = Path(__file__).parents[1] / ".env"

USAGE = """\
Usage: run               serve the local page and, with a token, the Telegram bot
       run check FILE…   answer in the terminal (run check --help)
       run doctor        look at everything that the bot needs and say what to mend"""


def main(arguments: list[str]) -> int:
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
        if arguments:
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
    sys.exit(main(sys.argv[1:]))
