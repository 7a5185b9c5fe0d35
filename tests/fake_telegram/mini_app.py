"""How Telegram opens a Mini App: the address with initData, signed with the bot's token."""

import hashlib
import hmac
import json
import time
from typing import Any
from urllib.parse import quote, urlencode

from tests.fake_telegram.chats import Person

LIGHT = {"bg_color": "#ffffff", "secondary_bg_color": "#f4f4f5", "text_color": "#000000"}
DARK = {"bg_color": "#17212b", "secondary_bg_color": "#232e3c", "text_color": "#f5f5f5"}


def signed(fields: dict[str, str], token: str) -> str:
    """A query string with the `hash` of its fields."""
    key = hmac.new(b"WebAppData", token.encode(), hashlib.sha256).digest()
    text = "\n".join(f"{name}={value}" for name, value in sorted(fields.items()))
    digest = hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
    return urlencode({**fields, "hash": digest}, quote_via=quote)


def init_data(person: Person, token: str, age: float = 0, **more: str) -> str:
    """As Telegram's apps pass it; `age` s ago it was opened."""
    user = {"id": person.id, "first_name": person.name, "language_code": "en"}
    return signed(
        {
            "query_id": "AAF9",
            "user": json.dumps(user),
            "auth_date": str(int(time.time() - age)),
            "signature": "Telegram-s_own",
            **more,
        },
        token,
    )


def opened(url: str, data: str, theme: dict[str, Any]) -> str:
    """The address that Telegram opens for that of a button."""
    launch = {
        "tgWebAppData": data,
        "tgWebAppVersion": "9.1",
        "tgWebAppPlatform": "android",
        "tgWebAppThemeParams": json.dumps(theme),
    }
    return f"{url}#{urlencode(launch, quote_via=quote)}"
