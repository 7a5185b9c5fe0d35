"""The page and the bot in one process, one event loop, before one worker; ends cleanly."""

import asyncio
import logging
import signal
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

from aiohttp import web

from bot.listening import refusal
from bot.services.api_keys import Keys
from bot.settings import SettingError, Settings
from bot.web.app import build
from bot.worker.pool import WorkerPool

# For what is being answered when the service is told to end. With what the processes may take
# (bot.worker.process) it stays below compose's stop_grace_period, after which the kernel ends us.
END_SECONDS = 30.0
CANCEL_SECONDS = 2.0  # for what was cancelled then

NO_BOT_YET = """\
No TELEGRAM_BOT_TOKEN is set, so only the page is served. For the Telegram bot:
  1. Write /newbot to @BotFather on Telegram; it gives you a token like 123456789:AAF…
  2. Put this line into the file .env, beside .env.example (pip: ~/.local/share/ouvido/.env):
     TELEGRAM_BOT_TOKEN=123456789:AAF…
  3. Start again."""

Part = Callable[[], Coroutine[Any, Any, object]]  # runs until it is cancelled

logger = logging.getLogger(__name__)


async def serve(settings: Settings) -> None:
    """Run until SIGINT or SIGTERM, or until Telegram refuses the token."""
    end = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, end.set)
    worker = WorkerPool(
        settings.model,
        settings.max_seconds,
        settings.workers,
        settings.queue,
        log_format=settings.log_format,
    )
    keys = Keys(settings)
    starting = asyncio.create_task(worker.start())
    try:
        await asyncio.sleep(0)  # the processes load the model while we load Telegram's library
        site = build(settings, worker, keys.find)
        running: list[Part] = [end.wait]
        if settings.telegram_bot_token:
            running.append(_telegram(settings, worker, site, keys))
        await starting
        await _run(site, settings, running)
    finally:
        starting.cancel()
        await worker.close()
        await keys.close()


def _telegram(settings: Settings, worker: WorkerPool, site: web.Application, keys: Keys) -> Part:
    # 1 s and 50 MB that the page alone has no use for
    from bot import application
    from bot.db import Store
    from bot.services.mini_app.answer import MiniApp
    from bot.updates import webhook
    from bot.updates.inbox import Inbox
    from bot.web.page_api import mini_app

    store = Store(settings.database, settings.data_dir / "answered")
    keys.store = store
    telegram = application.build(settings, worker, store)
    inbox = Inbox(store, telegram)
    if settings.webhook_url:
        webhook.add_route(site, inbox, settings)
    mini_app.add_routes(site, MiniApp(telegram))
    return partial(application.serve, telegram, inbox, settings)


async def _run(site: web.Application, settings: Settings, running: list[Part]) -> None:
    """Serve until the first of `running` ends, then let the others finish what they do."""
    runner = web.AppRunner(site, access_log=None, shutdown_timeout=END_SECONDS)
    try:
        await _listen(runner, settings)
    except BaseException:
        await runner.cleanup()
        raise
    tasks = [asyncio.create_task(part()) for part in running]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()  # what ended the bot ends the service
    finally:
        logger.info("Ending")
        closing = asyncio.create_task(runner.cleanup())
        for task in tasks:
            task.cancel()
        _, late = await asyncio.wait(tasks, timeout=END_SECONDS)
        for task in late:  # and with it the answers in work, which the inbox keeps
            task.cancel()
        await asyncio.wait([*late, closing], timeout=CANCEL_SECONDS)


async def _listen(runner: web.AppRunner, settings: Settings) -> None:
    await runner.setup()
    try:
        await web.TCPSite(runner, settings.host, settings.port).start()
    except (OSError, UnicodeError) as error:  # IDNA can't encode every name
        found, advice = refusal(settings.host, settings.port, error)
        raise SettingError(f"{found}. {advice}.") from error
    where = f"The page is at {_address(*runner.addresses[0][:2])}"
    if settings.log_format == "json":  # read by a program
        logger.info(where)
        return
    if not settings.telegram_bot_token:
        print(NO_BOT_YET)
    print(where, flush=True)


def _address(host: str, port: int) -> str:
    """As a browser on this machine wants it."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
