"""`python -m bot` serves the page and, with a token, the Telegram bot; `python -m bot check FILE…`
answers in the terminal. Wiring only."""

import asyncio
import logging
import os
import sys
from pathlib import Path

from bot import check
from bot.settings import SettingError, Settings, read
from inference.errors import ModelError

DOTENV = Path(__file__).parents[1] / ".env"

USAGE = """\
Usage: run               serve the local page and, with a token, the Telegram bot
       run check FILE…   answer in the terminal (run check --help)"""


def main(arguments: list[str]) -> int:
    try:
        checking = arguments[:1] == ["check"]
        settings = read(os.environ, DOTENV, at_terminal=checking)
        _log(settings, checking)
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


class _Discreet(logging.Formatter):
    """The token stands in every address of Telegram's API; it must not get into the log."""

    def __init__(self, secrets: list[str]) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._secrets = [secret for secret in secrets if secret]

    def format(self, record: logging.LogRecord) -> str:
        text = super().format(record)
        for secret in self._secrets:
            text = text.replace(secret, "…")
        return text


def _log(settings: Settings, checking: bool) -> None:
    """To stderr; `check` tells everything in its lines, so that only warnings are news there."""
    handler = logging.StreamHandler()
    handler.setFormatter(_Discreet([settings.telegram_bot_token, settings.webhook_secret]))
    level = "WARNING" if checking and settings.log_level == "INFO" else settings.log_level
    logging.basicConfig(level=level, handlers=[handler])
    for chatty in ("httpx", "httpcore"):  # a line for every request, with the token in it
        logging.getLogger(chatty).setLevel(logging.WARNING)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
