"""The log: one line an event, to stderr, as text or as JSON, and nothing in it about people.

What an update tells of people (names, ids, texts, files) is struck out of all that is written while
it is being answered, traces of errors included; the token is struck out everywhere.
"""

import json
import logging
import re
import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextvars import ContextVar
from typing import Any

OURS = ("__main__", "bot", "inference")  # libraries tell ids, addresses and SQL below WARNING

PRIVATE = {  # fields of Telegram's objects, wherever in an update they stand
    "author_signature", "business_connection_id", "caption", "custom_title", "data", "email",
    "file_id", "file_name", "file_unique_id", "first_name", "id", "last_name",
    "migrate_from_chat_id", "migrate_to_chat_id",
    "performer", "phone_number", "query", "sender_user_name", "text", "title", "user_chat_id",
    "user_id", "username",
}  # fmt: skip
LEAST = 2  # characters; shorter ones stand in every word
STRUCK = "…"

_STANDARD = vars(logging.makeLogRecord({})).keys() | {"message", "asctime", "taskName"}


_answering: ContextVar[dict[str, Any] | None] = ContextVar("answering", default=None)


def answering(update: dict[str, Any]) -> None:
    """Until the task ends, lines carry the update's number and nothing private of it.

    `update` is as Telegram sent it.
    """
    _answering.set(update)


_errors: deque[float] = deque(maxlen=10_000)  # when they were logged, s, monotonic


class Errors(logging.Handler):
    """Remembers when something went wrong, for the operators' /stats."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)

    def emit(self, record: logging.LogRecord) -> None:
        _errors.append(time.monotonic())


def errors(seconds: float) -> int:
    """Lines at ERROR and above in the last `seconds`, or since the start."""
    return sum(moment > time.monotonic() - seconds for moment in _errors)


def set_up(level: str, form: str, secrets: Iterable[str] = ()) -> None:
    """Log to stderr from now on. `secrets` are struck out wherever they stand."""
    handler = logging.StreamHandler()
    handler.setFormatter(Discreet(form, secrets))
    logging.basicConfig(
        level=max(logging.WARNING, getattr(logging, level)), handlers=[handler, Errors()]
    )
    for name in OURS:
        logging.getLogger(name).setLevel(level)
    logging.captureWarnings(True)
    sys.excepthook = lambda kind, error, trace: logging.critical(
        "Ended by a mistake in the program", exc_info=(kind, error, trace)
    )


class Discreet(logging.Formatter):
    """One line a record, as `form` says; in text, the trace of an error follows it."""

    def __init__(self, form: str, secrets: Iterable[str]) -> None:
        super().__init__()
        self._form = form
        self._secrets = [secret for secret in secrets if secret]

    def format(self, record: logging.LogRecord) -> str:
        update = _answering.get()
        # In one line: a stranger's words must not look like a line of ours.
        message = self._struck(" ".join(record.getMessage().splitlines()), update)
        trace = self.formatException(record.exc_info) if record.exc_info else ""
        trace = self._struck(trace, update)
        facts = {name: value for name, value in vars(record).items() if name not in _STANDARD}
        if update:
            facts = {"update": update["update_id"], **facts}
        moment = f"{time.strftime('%FT%T', time.gmtime(record.created))}.{int(record.msecs):03}Z"
        if self._form == "json":
            event = {"time": moment, "level": record.levelname, "logger": record.name}
            event |= {"message": message, **facts} | ({"trace": trace} if trace else {})
            return json.dumps(event, ensure_ascii=False, default=repr)
        line = [moment, record.levelname, f"{record.name}:", message]
        line += [f"{name}={value}" for name, value in facts.items()]
        return " ".join(line) + (f"\n{trace}" if trace else "")

    def _struck(self, text: str, update: dict[str, Any] | None) -> str:
        """The text without secrets, and without private words where they stand alone."""
        # Looked for first: a pattern takes 2 ms to compile, and hardly ever is there anything.
        words = [re.escape(secret) for secret in self._secrets if secret in text]
        private = {word for word in _private(update) if word in text}
        words += [rf"(?<!\w){re.escape(word)}(?!\w)" for word in private]
        if not words:
            return text
        longest = sorted(words, key=len, reverse=True)  # one may begin another
        return re.sub("|".join(longest), STRUCK, text)


def _private(content: object, field: str = "") -> Iterator[str]:
    """What the private fields of an update hold, at any depth."""
    if isinstance(content, dict):
        for name, value in content.items():
            yield from _private(value, name)
    elif isinstance(content, list | tuple):
        for value in content:
            yield from _private(value, field)
    elif field in PRIVATE and len(text := str(content)) >= LEAST:
        yield text
