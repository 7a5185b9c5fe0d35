"""The page and the bot in one process, one event loop, before one worker; ends cleanly."""

import asyncio
import logging
import signal
from collections.abc import Coroutine
from typing import Any

from aiohttp import web

from bot.settings import SettingError, Settings
from bot.web import build
from bot.worker import Worker

END_SECONDS = 20.0  # for what is being answered when the service is told to end

NO_BOT_YET = """\
No TELEGRAM_BOT_TOKEN is set, so only the page is served. For the Telegram bot:
  1. Write /newbot to @BotFather on Telegram; it gives you a token like 123456789:AAF…
  2. Put this line into the file .env, beside .env.example:
     TELEGRAM_BOT_TOKEN=123456789:AAF…
  3. Start again."""

logger = logging.getLogger(__name__)


async def serve(settings: Settings) -> None:
    """Run until SIGINT or SIGTERM, or until Telegram refuses the token."""
    end = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, end.set)
    worker = Worker(settings.model, settings.max_seconds, settings.workers, settings.queue)
    starting = asyncio.create_task(worker.start())
    try:
        await asyncio.sleep(0)  # the processes load the model while we load Telegram's library
        site = build(settings, worker)
        running: list[Coroutine[Any, Any, object]] = [end.wait()]
        if settings.telegram_bot_token:
            running.append(_telegram(settings, worker, site))
        else:
            print(NO_BOT_YET)
        await starting
        await _run(site, settings, running)
    finally:
        starting.cancel()
        await worker.close()


def _telegram(
    settings: Settings, worker: Worker, site: web.Application
) -> Coroutine[Any, Any, None]:
    from bot import application, webhook  # 0.3 s and 25 MB that the page alone has no use for

    telegram = application.build(settings, worker)
    if settings.webhook_url:
        webhook.add_route(site, telegram, settings)
    return application.serve(telegram, settings)


async def _run(
    site: web.Application, settings: Settings, running: list[Coroutine[Any, Any, object]]
) -> None:
    """Serve until the first of `running` ends, then let the others finish what they do."""
    runner = web.AppRunner(site, access_log=None, shutdown_timeout=END_SECONDS)
    tasks = [asyncio.create_task(coroutine) for coroutine in running]
    try:
        await _listen(runner, settings)
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()  # what ended the bot ends the service
    finally:
        logger.info("Ending")
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks, timeout=END_SECONDS)
        await runner.cleanup()


async def _listen(runner: web.AppRunner, settings: Settings) -> None:
    await runner.setup()
    try:
        await web.TCPSite(runner, settings.host, settings.port).start()
    except OSError as error:
        raise SettingError(
            f"Nothing can be served at HOST {settings.host}, PORT {settings.port} "
            f"({error.strerror}); set another PORT."
        ) from error
    host, port = runner.addresses[0][:2]
    print(f"The page is at http://{host}:{port}", flush=True)
