"""`botfather`: what the Bot API can set is set; what only @BotFather can is listed, with what
Telegram says of it now."""

import argparse
import asyncio
import sys
from pathlib import Path

from telegram import Bot, User
from telegram.error import InvalidToken, RetryAfter, TelegramError
from telegram.request import HTTPXRequest

from bot.services.profile import CODES, set_name, set_rest, set_words
from bot.settings import Settings

SECONDS = 20.0  # for one answer
LONGEST_NAME = 64  # characters
# In @BotFather's words: setting, what Ouvido wants, the field of getMe that tells of it.
CHECKLIST = (
    ("Group Privacy", "on; off only if it shall hear notes in groups without being their "
     "administrator (then add it to them again)", "can_read_all_group_messages"),
    ("Allow Groups", "on", "can_join_groups"),
    ("Inline Mode", "off", "supports_inline_queries"),
    ("Guest Mode", "on: it answers where it is no member", "supports_guest_queries"),
    ("Business Mode", "on, if accounts of Telegram Business may connect it; else off",
     "can_connect_to_business"),
    ("Threaded Mode", "off", "has_topics_enabled"),
    ("Main App", "PAGE_URL with /mini-app behind it, so that also groups get the button that opens "
     "the page; without PAGE_URL none", "has_main_web_app"),
    ("Botpic, Description Picture", "as you like; ouvido botfather --picture FILE.jpg sets the "
     "first", ""),
    ("Privacy Policy", "a page of yours, if you have one; /privacy answers anyway", ""),
    ("Payments, Domain, Channel Rights", "none", ""),
)  # fmt: skip
INVERTED = ("can_read_all_group_messages",)  # false means that Group Privacy is on


def main(options: argparse.Namespace, settings: Settings) -> int:
    """Exit code: 0 when all is as it should be, 1 when Telegram refused."""
    if not settings.telegram_bot_token:
        print(
            "There is no TELEGRAM_BOT_TOKEN: write /newbot to @BotFather on Telegram and put the "
            "token into .env.",
            file=sys.stderr,
        )
        return 1
    try:
        asyncio.run(_set(settings, options.name, options.picture))
    except InvalidToken:
        problem = "Telegram refuses TELEGRAM_BOT_TOKEN; send /token to @BotFather for the right one"
    except RetryAfter as error:
        problem = f"Telegram allows no more changes now; call this again in {error.retry_after} s"
    except (TelegramError, OSError) as error:
        problem = f"Not all is set: {error}; call this again, and it goes on from there"
    else:
        return 0
    for secret in filter(None, settings.secrets):  # whatever an error quotes
        problem = problem.replace(secret, "…")
    print(f"{problem}.", file=sys.stderr)
    return 1


def parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="ouvido botfather",
        description="Tell Telegram the bot's commands, descriptions, rights and menu button, in "
        "all languages, and list what only @BotFather can set. What is right already stays.",
    )
    parser.add_argument("--name", help="call the bot so, in all languages; else its name stays")
    parser.add_argument("--picture", type=Path, metavar="FILE", help="a JPEG for its profile")
    options = parser.parse_args(arguments)
    if options.name is not None and not 0 < len(options.name.strip()) <= LONGEST_NAME:
        parser.error(f"--name must have 1 to {LONGEST_NAME} characters")
    return options


async def _set(settings: Settings, name: str | None, picture: Path | None) -> None:
    """Set everything and print what was changed and what is left to do."""
    request = HTTPXRequest(connect_timeout=SECONDS, read_timeout=SECONDS)
    address = settings.telegram_api_url
    bot = Bot(settings.telegram_bot_token, base_url=f"{address}/bot", request=request)
    try:
        await bot.initialize()
        print(f"@{bot.username}, set by this program:")
        for code in CODES:
            changed = await set_words(bot, code, donations=settings.donations_mb > 0)
            if name:
                changed += await set_name(bot, code, name.strip())
            print(f"  {code or 'every other language'}: {_told(changed)}")
        print(f"  all languages: {_told(await set_rest(bot, picture))}")
        print("\n".join(checklist(bot.bot)))
    finally:
        await bot.shutdown()


def _told(changed: list[str]) -> str:
    return f"set {', '.join(changed)}" if changed else "was right already"


def checklist(user: User) -> list[str]:
    """The lines of what only @BotFather can set: now, and as Ouvido wants it."""
    lines = ["", "Set by you, at @BotFather (/mybots, your bot, Bot Settings):"]
    for name, wanted, field in CHECKLIST:
        lines.append(f"  {name}: {wanted}" + (f" (now {_now(user, field)})" if field else ""))
    return lines


def _now(user: User, field: str) -> str:
    """What getMe says of a setting."""
    value = getattr(user, field)
    if value is None:
        return "not told"
    return "on" if value != (field in INVERTED) else "off"
