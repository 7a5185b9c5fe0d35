"""The Telegram side as a whole: PTB's application, its handlers, its commands, its updates."""

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
)
from telegram.error import BadRequest, InvalidToken, TelegramError
from telegram.ext import (
    Application,
    CommandHandler,
    ContextTypes,
    Defaults,
    ExtBot,
    MessageHandler,
    SimpleUpdateProcessor,
    filters,
)

from bot.handlers import Context, on_check, on_error, on_note, on_other, on_page, sound_of
from bot.inbox import CONCURRENT, Inbox
from bot.retries import PatientRequest
from bot.settings import LANGUAGES, SettingError, Settings
from bot.texts import texts_for
from bot.updates import FIRST_PAUSE, KINDS, LONGEST_PAUSE, OnceQueue, PollRequest, poll
from bot.worker import Worker

PAGES = ("start", "help", "privacy", "about")

App = Application[ExtBot[None], Context, dict[Any, Any], dict[Any, Any], dict[Any, Any], Any]

logger = logging.getLogger(__name__)


class _HoldsSound(filters.MessageFilter):
    def filter(self, message: Any) -> bool:
        return sound_of(message) is not None


def build(settings: Settings, worker: Worker) -> App:
    """PTB's application with all handlers."""
    processor = Inbox(settings.data_dir) if settings.data_dir else SimpleUpdateProcessor(CONCURRENT)
    application = (
        Application.builder()
        .token(settings.telegram_bot_token)
        .base_url(f"{settings.telegram_api_url}/bot")
        .base_file_url(f"{settings.telegram_api_url}/file/bot")
        .request(PatientRequest())
        .get_updates_request(PollRequest())
        .defaults(Defaults(do_quote=True, allow_sending_without_reply=True))
        .concurrent_updates(processor)
        .update_queue(OnceQueue())
        .context_types(ContextTypes(context=Context))
        .updater(None)  # PTB's own ends without a word when a token is revoked; see bot.updates
        .build()
    )
    application.bot_data.update(settings=settings, worker=worker, senders=Counter())
    new = filters.UpdateType.MESSAGE  # an edited caption is no new note
    private = new & filters.ChatType.PRIVATE
    application.add_handler(CommandHandler("check", on_check, new))
    application.add_handler(CommandHandler(PAGES, on_page, new))
    application.add_handler(MessageHandler(private & _HoldsSound(), on_note))
    application.add_handler(MessageHandler(private & ~filters.StatusUpdate.ALL, on_other))
    application.add_error_handler(on_error)
    return application


async def serve(application: App, settings: Settings) -> None:
    """Answer updates until cancelled; raises SettingError when Telegram refuses the settings."""
    await _insist(application.initialize)
    logger.info("Answering as @%s", application.bot.username)
    await application.start()
    announcing = asyncio.create_task(announce(application.bot, settings.language))
    processor = application.update_processor
    try:
        for update in processor.left_over(application.bot) if isinstance(processor, Inbox) else ():
            await application.update_queue.put(update)
        if settings.webhook_url:
            await _insist(partial(_set_webhook, application.bot, settings))
            await asyncio.Event().wait()
        else:
            await _insist(application.bot.delete_webhook)
            await poll(application.bot, application.update_queue)
    finally:
        announcing.cancel()
        try:
            await application.stop()  # waits for the handlers at work
        finally:  # or was cancelled once more
            if isinstance(processor, Inbox):
                await processor.leave()
            await application.shutdown()


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


async def announce(bot: Bot, fallback: str) -> None:
    """Register the commands and the descriptions that Telegram shows, in each language."""
    for code in (None, *(language.partition("-")[0] for language in LANGUAGES)):
        texts = texts_for(code, fallback)
        private = [BotCommand(name, texts.say("commands", name)) for name in ("check", *PAGES)]
        group = [command for command in private if command.command != "start"]
        try:
            await bot.set_my_commands(private, BotCommandScopeAllPrivateChats(), code)
            await bot.set_my_commands(group, BotCommandScopeAllGroupChats(), code)
            description = texts.say("profile", "description")
            # Only when changed: Telegram allows few changes of a profile a day.
            if (await bot.get_my_description(code)).description != description:
                await bot.set_my_description(description, code)
            short = texts.say("profile", "short_description")
            if (await bot.get_my_short_description(code)).short_description != short:
                await bot.set_my_short_description(short, code)
        except TelegramError as error:
            logger.warning("The commands could not be registered (%s): %s", code, error)
