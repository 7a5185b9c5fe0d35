"""Telegram as it sees us: the token, what @BotFather switched on, the ways updates take, the clock.

Asks only; nothing is changed there, and no update is taken away from the bot.
"""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import httpx
from telegram import Bot, User, WebhookInfo
from telegram.error import BadRequest, Conflict, InvalidToken, TelegramError
from telegram.request import HTTPXRequest

from bot.cli.doctor import database
from bot.cli.doctor.finding import Finding, doubt, ill, unknown, well
from bot.settings import Settings
from bot.telegram.files import downloaded, path_of
from bot.telegram.local_files import LocalFileUnreadable, locate

SECONDS = 10.0  # for one answer
LISTEN_SECONDS = 3  # for another bot to show itself: it asks again within a second or so
MOST_SKEW = 60.0  # s
MANY = 100  # updates that wait at Telegram
RECENT = timedelta(days=1)


async def look(settings: Settings, running: bool) -> AsyncIterator[Finding]:
    """Everything there; `running` when this machine's service has the token in use."""
    if not settings.telegram_bot_token:
        yield doubt(
            "No TELEGRAM_BOT_TOKEN is set: only the page is served",
            "Write /newbot to @BotFather on Telegram and put the token into .env.",
        )
        return
    yield await clock(settings)
    request = HTTPXRequest(connect_timeout=SECONDS, read_timeout=SECONDS)
    address = settings.telegram_api_url
    bot = Bot(settings.telegram_bot_token, f"{address}/bot", f"{address}/file/bot", request=request)
    try:
        await bot.initialize()
        for finding in profile(bot.bot):
            yield finding
        webhook = await bot.get_webhook_info()
        for finding in ways(webhook, settings):
            yield finding
        yield await fetched(bot, settings)
        if not webhook.url:
            yield await poller(bot, running)
    except InvalidToken:
        yield ill(
            "Telegram refuses TELEGRAM_BOT_TOKEN",
            "Send /token to @BotFather for the right one and put it into .env.",
        )
    except TelegramError as error:
        yield ill(
            f"{urlsplit(address).netloc} can't be asked: {error}",
            "Check this machine's network, DNS and firewall: port 443 to Telegram must be open.",
        )
        yield unknown("The token, the webhook and other bots with the same token were not checked")
    finally:
        await bot.shutdown()


async def clock(settings: Settings) -> Finding:
    """Ours against the one that Telegram's answers carry."""
    try:
        async with httpx.AsyncClient(timeout=SECONDS) as client:
            answer = await client.head(settings.telegram_api_url)
        theirs = parsedate_to_datetime(answer.headers["Date"])
    except (httpx.HTTPError, KeyError, ValueError):
        return unknown("The clock was not checked: nobody told the time")
    skew = (datetime.now(UTC) - theirs).total_seconds()
    if abs(skew) > MOST_SKEW:
        return doubt(f"The clock is {skew:+.0f} s off", "sudo timedatectl set-ntp true")
    return well("The clock is right")


def profile(user: User) -> list[Finding]:
    """What @BotFather switched on or off."""
    findings = [well(f"The token is that of @{user.username}")]
    if user.can_join_groups:
        findings.append(well("It can be added to groups"))
    else:
        findings.append(doubt("It can't be added to groups", _switch("Allow Groups")))
    if user.can_read_all_group_messages:
        findings.append(well("Privacy mode is off: in groups it sees every message"))
    else:
        findings.append(well("Privacy mode is on: in groups it sees commands and replies to it"))
    if user.supports_guest_queries:
        findings.append(well("Guest mode is on: it answers where it is no member"))
    else:
        findings.append(doubt("Guest mode is off", _switch("Guest Mode")))
    if user.supports_inline_queries:
        findings.append(
            doubt("Inline mode is on, which Ouvido has no answers for", _switch("Inline Mode"))
        )
    return findings


def _switch(name: str) -> str:
    return f"To change that: @BotFather, /mybots, your bot, Bot Settings, {name}."


def ways(webhook: WebhookInfo, settings: Settings) -> list[Finding]:
    """How updates come, and whether that is what the settings say."""
    findings = []
    host = urlsplit(webhook.url).netloc  # its path may be somebody's secret
    if webhook.url == settings.webhook_url:
        way = f"by webhook to {host}" if webhook.url else "by long polling"
        findings.append(well(f"Updates come {way}"))
    elif webhook.url:
        findings.append(
            doubt(
                f"Telegram sends updates to {host}, which is not what WEBHOOK_URL says",
                "If no other bot has this token: start Ouvido, which puts it right.",
            )
        )
    else:
        findings.append(
            doubt("WEBHOOK_URL is not registered yet", "Start Ouvido, which registers it.")
        )
    if webhook.last_error_date and datetime.now(UTC) - webhook.last_error_date < RECENT:
        when = webhook.last_error_date.strftime("%F %T UTC")
        findings.append(
            ill(
                f"Telegram could not reach the webhook, last at {when}: "
                f"{webhook.last_error_message}",
                "Check the name, the certificate and the reverse proxy (docs/operate.md).",
            )
        )
    if webhook.pending_update_count > MANY:
        findings.append(
            doubt(
                f"{webhook.pending_update_count} updates wait at Telegram",
                "Is Ouvido running? They are answered after its start.",
            )
        )
    return findings


async def fetched(bot: Bot, settings: Settings) -> Finding:
    """Whether files can be had as notes are: a picture of the bot's, or what it was last sent."""
    host = urlsplit(settings.telegram_api_url).netloc
    refusals = []
    for file_id in await _known_files(bot, settings):
        try:
            path = path_of(await bot.get_file(file_id), bot)
        except BadRequest as error:  # forgotten, or of another token
            refusals.append(error.message)
            continue
        if path.startswith("/"):
            return _on_disk(path, settings)
        try:
            await downloaded(path, bot)
        except TelegramError as error:
            return ill(
                f"A file can't be downloaded from {host}: {error}",
                "A proxy, or a server in --local mode behind one? docs/operate.md, "
                '"A Bot API server of your own".',
            )
        if settings.telegram_api_dir:
            return doubt(
                "TELEGRAM_API_DIR is set, but the Bot API server sends files itself, up to 20 MB",
                "Start the server with --local, or empty TELEGRAM_API_DIR.",
            )
        return well(f"A file was downloaded from {host}")
    why = refusals[-1] if refusals else "the bot has no picture and was sent no note yet"
    return unknown(f"No file could be asked for: {why}")


async def _known_files(bot: Bot, settings: Settings) -> list[str]:
    """File ids that Telegram should have: of the bot's picture, of the last note."""
    photos = (await bot.get_user_profile_photos(bot.id, limit=1)).photos
    ids = [sizes[0].file_id for sizes in photos]
    return [*ids, *filter(None, [await database.last_file(settings)])]


def _on_disk(path: str, settings: Settings) -> Finding:
    try:
        file = locate(path, settings.telegram_bot_token, settings.telegram_api_dir)
    except LocalFileUnreadable as error:
        return ill(f"The Bot API server's files can't be read: {error.what}", f"{error.advice}.")
    if settings.telegram_api_dir is None:
        return doubt(
            f"The Bot API server's files can be read, but only up to 20 MB: {file}",
            "Name the folder before the token's in TELEGRAM_API_DIR.",
        )
    return well(f"The Bot API server's files can be read in {settings.telegram_api_dir}")


async def poller(bot: Bot, running: bool) -> Finding:
    """Whether another bot fetches updates with this token.

    The question itself would stop our own service's poll for a moment, so it is not asked then.
    """
    if running:
        return well("The service here fetches the updates (its log says Conflict if others do too)")
    try:
        await bot.get_updates(limit=1, timeout=LISTEN_SECONDS)
    except Conflict:
        return ill(
            "Another bot fetches updates with the same token",
            "Stop it; or, if it is not yours, send /revoke to @BotFather for a new token.",
        )
    return well("No other bot uses the token")
