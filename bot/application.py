"""The Telegram side as a whole: PTB's application, its handlers, its commands, its updates."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from functools import partial
from typing import cast

from sqlalchemy.exc import SQLAlchemyError
from telegram import Bot, Update
from telegram.error import BadRequest, InvalidToken, TelegramError
from telegram.ext import Application, ContextTypes, Defaults, TypeHandler

from bot.db import Store
from bot.db.claims import SharedClaims
from bot.db.journal import InUse
from bot.db.retention import retain
from bot.db.store import NewerDatabase
from bot.handlers import (
    accuracy,
    business,
    compare,
    demo,
    donate,
    groups,
    guest,
    language,
    links,
    listening,
    notes,
    operator,
    pages,
    person,
    quiz,
    report,
    settings_menu,
    vote,
    why,
    zoom,
)
from bot.handlers.errors import on_error
from bot.handlers.gate import guard, shut
from bot.services.batches import Batches
from bot.services.digests import Digests
from bot.services.profile import announce
from bot.settings import SettingError, Settings
from bot.telegram.context import App, Context, State, settle
from bot.telegram.rate_limiter import CallBudget, GroupRateLimiter
from bot.telegram.request import PatientRequest
from bot.updates.inbox import Inbox, delivered
from bot.updates.polling import FIRST_PAUSE, KINDS, LONGEST_PAUSE, poll
from bot.updates.sharing import share
from bot.worker.pool import WorkerPool

BATCH_SECONDS = 2.0  # between two looks for notes in a row that another replica answered
FIRST = -10  # the group of what every update goes through before it is answered

logger = logging.getLogger(__name__)


def build(settings: Settings, worker: WorkerPool, store: Store) -> App:
    """PTB's application with all handlers."""
    call_budget = CallBudget()
    builder = (
        Application.builder()
        .token(settings.telegram_bot_token)
        .base_url(f"{settings.telegram_api_url}/bot")
        .base_file_url(f"{settings.telegram_api_url}/file/bot")
        .request(PatientRequest(partial(delivered, store)))
        .rate_limiter(GroupRateLimiter(call_budget, store))
        .defaults(Defaults(do_quote=True, allow_sending_without_reply=True))
        .context_types(ContextTypes(context=Context))
        .updater(None)  # updates go through `bot.updates.inbox`
    )
    application = cast(App, builder.build())
    application.bot_data = State(settings, worker, store, call_budget)
    application.add_handler(TypeHandler(Update, settle), FIRST)
    application.add_handler(TypeHandler(Update, guard), FIRST + 1)
    application.add_handlers(operator.handlers(settings.operators))
    application.add_handlers(notes.first())
    for feature in (
        guest,
        compare,  # a reply to its question is no note to be judged
        business,  # a /start of its own
        links,  # a /start with more behind it
        notes,
        pages,
        accuracy,
        demo,
        quiz,
        donate,
        language,
        person,
        settings_menu,
        groups,
        why,
        zoom,
        vote,
        report,
    ):
        application.add_handlers(feature.handlers())
    application.add_handlers(listening.handlers())  # of what nobody asked about
    application.add_handlers(notes.last())
    application.add_error_handler(on_error)
    application.add_error_handler(shut)
    return application


async def serve(application: App, inbox: Inbox, settings: Settings) -> None:
    """Answer updates until cancelled; raises SettingError when Telegram refuses the settings."""
    store, claims = application.bot_data.store, inbox.claims
    lead = partial(_lead, application, inbox, settings)
    try:
        await opened(store, settings)
        await _insist(application.initialize)
        logger.info("Answering as @%s", application.bot.username)
        if isinstance(claims, SharedClaims):
            await share(inbox, claims, lead)
        else:
            await inbox.open()
            await lead()
    finally:
        try:
            await inbox.close()  # waits for the handlers at work
        finally:  # or was cancelled once more
            await inbox.leave()
            if isinstance(claims, SharedClaims):
                await claims.disconnect()
            await application.shutdown()
            await store.close()


async def _lead(application: App, inbox: Inbox, settings: Settings) -> None:
    """What one process alone does, until cancelled: all that goes by the clock, and polling."""
    bot, state = application.bot, application.bot_data
    every = None if state.store.is_sqlite else BATCH_SECONDS
    batches = Batches(bot, state.store, state.batch_grew, inbox.holds_note_of, every)
    parts = (
        announce(bot, settings.donations_mb > 0),
        retain(state.store),
        Digests(bot, state.store, state.call_budget).run(),
        batches.run(),
    )
    background = [asyncio.create_task(part) for part in parts]
    try:
        if settings.webhook_url:
            await _insist(partial(_set_webhook, bot, settings))
            await asyncio.Event().wait()
        else:
            await _insist(bot.delete_webhook)
            await poll(bot, inbox.take)
    finally:
        for task in background:
            task.cancel()
        await asyncio.gather(*background, return_exceptions=True)


async def opened(store: Store, settings: Settings) -> None:
    """Open the store; one on another machine is waited for. Raises SettingError."""
    pause = FIRST_PAUSE
    while True:
        try:
            settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
            await store.open()
            return
        except NewerDatabase as error:
            raise SettingError(str(error)) from error
        except InUse as error:
            if not store.is_sqlite:  # another replica on the same folder
                store.journal.forgo()
                continue
            raise SettingError(
                f"Another bot runs on {error}: stop it, or give each its own DATA_DIR."
            ) from error
        except SQLAlchemyError as error:
            name = "DATABASE_URL" if settings.database_url else "DATA_DIR"
            raise SettingError(
                f"The database that {name} names can't be opened: {error}"
            ) from error
        except OSError as error:
            if not settings.database_url:
                raise SettingError(
                    f"DATA_DIR must be a folder that can be written to: {error}."
                ) from error
            logger.warning("The database can't be reached: %s; again in %g s", error, pause)
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)


async def _set_webhook(bot: Bot, settings: Settings) -> None:
    await bot.set_webhook(
        settings.webhook_url, secret_token=settings.webhook_secret, allowed_updates=KINDS
    )
    logger.info("Telegram sends updates to %s", settings.webhook_url)


async def _insist(step: Callable[[], Awaitable[object]]) -> None:
    """A step of the start. A network that is not there yet is waited for."""
    pause = FIRST_PAUSE
    while True:
        try:
            await step()
            return
        except InvalidToken as error:
            raise SettingError(
                "Telegram refuses TELEGRAM_BOT_TOKEN; send /token to @BotFather for the right one."
            ) from error
        except BadRequest as error:
            raise SettingError(f"Telegram refuses WEBHOOK_URL: {error}.") from error
        except TelegramError as error:
            logger.warning("Telegram can't be reached: %s; again in %g s", error, pause)
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)
