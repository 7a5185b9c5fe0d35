"""The text of a setting becomes its value, or a sentence that says how to mend it."""

import re
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryFile
from urllib.parse import urlsplit


class SettingError(Exception):
    """A setting is wrong; the message says how to mend it."""


def one_of(name: str, text: str, known: Sequence[str]) -> str:
    if text not in known:
        raise SettingError(f"{name} must be one of {', '.join(known)}, not {text}.")
    return text


def whole(name: str, text: str, lowest: int, highest: int) -> int:
    if not re.fullmatch(r"\d{1,6}", text, re.ASCII) or not lowest <= int(text) <= highest:
        raise SettingError(f"{name} must be a whole number from {lowest} to {highest}, not {text}.")
    return int(text)


def switch(name: str, text: str) -> bool:
    if text.lower() not in ("on", "off"):
        raise SettingError(f"{name} must be on or off, not {text}.")
    return text.lower() == "on"


def address(name: str, text: str, secure: bool = False) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise SettingError(f"{name} must look like https://example.org/path, not {text}.")
    if secure and parts.scheme != "https":
        raise SettingError(f"{name} must begin with https://, or Telegram refuses it.")
    return text.rstrip("/")


def folder(name: str, text: str) -> Path:
    try:
        Path(text).mkdir(mode=0o700, parents=True, exist_ok=True)  # people's data
        TemporaryFile(dir=text).close()  # one that is there may belong to somebody else
    except OSError as error:
        raise SettingError(f"{name} must be a folder that can be written to: {error}.") from error
    return Path(text)
