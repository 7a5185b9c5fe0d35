"""Updates that Telegram posts to us, when a WEBHOOK_URL is set."""

import hmac
import json
from urllib.parse import urlsplit

from aiohttp import web

from bot.application import App
from bot.settings import Settings
from bot.updates import parse


def add_route(site: web.Application, application: App, settings: Settings) -> None:
    """Listen at the path of WEBHOOK_URL."""

    async def receive(request: web.Request) -> web.Response:
        given = request.headers.get("X-Telegram-Bot-Api-Secret-Token", "")
        # In constant time, so that the secret can't be guessed letter by letter.
        if not hmac.compare_digest(given.encode(), settings.webhook_secret.encode()):
            raise web.HTTPUnauthorized
        if request.content_type != "application/json":
            raise web.HTTPUnsupportedMediaType
        try:
            update = parse(json.loads(await request.read()), application.bot)
        except ValueError as error:
            raise web.HTTPBadRequest(text="This is no update of Telegram's.") from error
        await application.update_queue.put(update)
        return web.Response()

    site.router.add_post(urlsplit(settings.webhook_url).path or "/", receive)
