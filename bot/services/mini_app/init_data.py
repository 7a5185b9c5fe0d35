"""Telegram's initData: who opened the Mini App, signed with the bot's token.

https://core.telegram.org/bots/webapps#validating-data-received-via-the-mini-app
"""

import hmac
import json
from hashlib import sha256
from urllib.parse import parse_qsl

MOST_AGE = 3600.0  # s since it was opened; later it is to be opened anew
MOST_AHEAD = 300.0  # s that Telegram's clock may be ahead of ours
MOST_FIELDS = 32


class NotFromTelegram(Exception):
    """No initData, or none that this bot's token signs."""


class TooOld(Exception):
    """Signed, but the Mini App was opened too long ago."""


def user_of(init_data: str, token: str, now: float) -> int:
    """The Telegram id of whoever opened it; `now` in Unix seconds.

    Raises NotFromTelegram and TooOld.
    """
    try:
        pairs = parse_qsl(
            init_data,
            keep_blank_values=True,
            strict_parsing=True,
            errors="strict",
            max_num_fields=MOST_FIELDS,
        )
        fields = dict(pairs)
        if len(fields) != len(pairs) or not _is_signed(fields, token):
            raise NotFromTelegram
        age = now - int(fields["auth_date"])
        user = int(json.loads(fields["user"])["id"])
    except (KeyError, RecursionError, TypeError, ValueError) as error:
        raise NotFromTelegram from error
    if not -MOST_AHEAD <= age <= MOST_AGE:
        raise TooOld
    return user


def _is_signed(fields: dict[str, str], token: str) -> bool:
    """Whether `hash` is that of all other fields. Among them is `signature`, Telegram's own for
    programs without the token; only they leave it out."""
    lines = (f"{name}={fields[name]}" for name in sorted(fields) if name != "hash")
    key = hmac.digest(b"WebAppData", token.encode(), sha256)
    wanted = hmac.new(key, "\n".join(lines).encode(), sha256).hexdigest()
    return hmac.compare_digest(wanted.encode(), fields["hash"].encode())
