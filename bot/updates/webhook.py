"""The webhook: receives updates when a WEBHOOK_URL is set."""

import hmac
import json
from urllib.parse import urlsplit

from aiohttp import web

from bot.db import updates
from bot.settings import Settings
from bot.updates.inbox import Inbox

NO_UPDATE = "This is no update of Telegram's."


def add_route(site: web.Application, inbox: Inbox, settings: Settings) -> None:
    """Add the path of WEBHOOK_URL to the site.

    Answers 200 once the update is stored, 401 without the secret, 415 or 400 for anything else.
    """

    async def receive(request: web.Request) -> web.Response:
        given = request.headers.get("X-Telegram-Bot-Api-Secret-Token", "")
        # In constant time, so that the secret can't be guessed letter by letter.
        if not hmac.compare_digest(given.encode(), settings.webhook_secret.encode()):
            raise web.HTTPUnauthorized
        if request.content_type != "application/json":
            raise web.HTTPUnsupportedMediaType
        try:
            update = json.loads(await request.read())
        except ValueError as error:
            raise web.HTTPBadRequest(text=NO_UPDATE) from error
        if not updates.is_update(update):
            raise web.HTTPBadRequest(text=NO_UPDATE)
        await inbox.take([update])  # 200 only once it is stored
        return web.Response()

    site.router.add_post(urlsplit(settings.webhook_url).path or "/", receive)
