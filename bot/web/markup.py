"""The page in the reader's language: index.html with its placeholders filled."""

import re
from html import escape
from pathlib import Path
from string import Template

from bot.texts import Texts

PAGE = Path(__file__).parent / "page"


def page(texts: Texts, model: str, max_bytes: int, max_seconds: float, contact: str = "") -> str:
    """What the browser gets. A placeholder is a limit or a key of the locale's [page]."""
    values: dict[str, object] = {
        "language": texts.language,
        "max_bytes": max_bytes,
        "max_seconds": max_seconds,
        "too_large": texts.error("too_large", max_bytes),
    }
    template = Template((PAGE / "index.html").read_text(encoding="utf-8"))
    for key in set(template.get_identifiers()) - values.keys() - {"operator"}:
        values[key] = texts.say(
            "page",
            key,
            megabytes=max_bytes // 1024**2,
            minutes=max_seconds / 60,
            model=model,
        )
    filled = {key: escape(str(value)) for key, value in values.items()}
    return template.substitute(filled, operator=_operator(texts, contact))


def _operator(texts: Texts, contact: str) -> str:
    """HTML that says who runs the page, an address or a link to be clicked; nothing without one."""
    if not contact:
        return ""
    words = escape(contact)
    if re.fullmatch(r"https?://\S+", contact):
        words = f'<a href="{words}" rel="noopener noreferrer">{words}</a>'
    elif re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", contact):
        words = f'<a href="mailto:{words}">{words}</a>'
    return f" {escape(texts.say('page', 'contact'))} {words}"
