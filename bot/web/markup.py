"""The page in the reader's language: index.html with its placeholders filled."""

import json
import re
from functools import cache
from html import escape
from pathlib import Path
from string import Template

from bot.texts import LOCALES, Texts

PAGE = Path(__file__).parent / "page"  # what Vite makes of `frontend/`


def page(
    texts: Texts, model: str, max_bytes: int, max_seconds: float, nonce: str, contact: str = ""
) -> str:
    """What the browser gets: a few placeholders, one of which is JSON with limits and all words."""
    values: dict[str, str | float] = {
        "megabytes": max_bytes // 1024**2,
        "minutes": max_seconds / 60,
        "model": model,
    }
    words = {key: texts.say("page", key, **values) for key in _keys()}
    words["too_large"] = texts.error("too_large", max_bytes)
    data = {
        "language": texts.language,
        "maxBytes": max_bytes,
        "maxSeconds": max_seconds,
        "nonce": nonce,
        "contact": contact,
        "words": words,
    }
    placeholders = {name: escape(words[name]) for name in ("title", "lead")}
    template = Template((PAGE / "index.html").read_text(encoding="utf-8"))
    return template.substitute(placeholders, language=texts.language, data=_script(data))


@cache
def _keys() -> tuple[str, ...]:
    """Of all messages `page-…`."""
    files = sorted((LOCALES / "en").glob("page*.ftl"))
    found = (re.findall(r"(?m)^page-(\w+) =", file.read_text(encoding="utf-8")) for file in files)
    return tuple(key for keys in found for key in keys)


def _script(data: object) -> str:
    """JSON that can stand in a script element: nothing in it ends that element."""
    return json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")
