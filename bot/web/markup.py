"""The page in the reader's language: index.html with its placeholders filled."""

from html import escape
from pathlib import Path
from string import Template

from bot.texts import Texts

PAGE = Path(__file__).parent / "page"


def page(texts: Texts, model: str, max_bytes: int, max_files: int, max_seconds: float) -> str:
    """What the browser gets. A placeholder is a limit or a key of the locale's [page]."""
    values: dict[str, object] = {
        "language": texts.language,
        "max_bytes": max_bytes,
        "max_files": max_files,
        "max_seconds": max_seconds,
        "too_large": texts.error("too_large", max_bytes),
        "too_many": texts.say("requests", "too_many_files", count=max_files),
    }
    template = Template((PAGE / "index.html").read_text(encoding="utf-8"))
    for key in set(template.get_identifiers()) - values.keys():
        values[key] = texts.say(
            "page",
            key,
            count=max_files,
            megabytes=max_bytes // 1024**2,
            minutes=max_seconds / 60,
            model=model,
        )
    return template.substitute({key: escape(str(value)) for key, value in values.items()})
