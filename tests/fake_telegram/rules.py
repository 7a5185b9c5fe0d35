"""What Telegram accepts as text, caption, photo, keyboard and commands."""

import io
import re

from PIL import Image

from tests.fake_telegram.errors import JSON, bad_request
from tests.fake_telegram.formatting import length, plain

MAX_TEXT, MAX_CAPTION = 4096, 1024  # UTF-16 code units
MAX_PHOTO = 10 * 1024 * 1024  # bytes
MAX_SIDES, MAX_RATIO = 10_000, 20  # width + height in pixels; the longer by the shorter
MAX_CALLBACK_DATA = 64  # bytes
ACTIONS = {"callback_data", "url", "web_app", "switch_inline_query", "copy_text"}
SCOPES = {"default", "all_private_chats", "all_group_chats", "all_chat_administrators", "chat"}
CHAT_ACTIONS = (
    {"typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice"}
    | {"upload_document", "choose_sticker", "find_location", "record_video_note"}
    | {"upload_video_note"}
)


def text(value: str, parse_mode: str) -> str:
    read = plain(value, parse_mode).strip()
    if not read:
        raise bad_request("message text is empty")
    if length(read) > MAX_TEXT:
        raise bad_request("message is too long")
    return read


def caption(value: str, parse_mode: str) -> str:
    read = plain(value, parse_mode).strip()
    if length(read) > MAX_CAPTION:
        raise bad_request("message caption is too long")
    return read


def photo(data: bytes) -> tuple[int, int]:
    """The size of a picture that Telegram takes as a photo, in pixels."""
    if not data:
        raise bad_request("file must be non-empty")
    if len(data) > MAX_PHOTO:
        raise bad_request("file is too big")
    try:
        with Image.open(io.BytesIO(data)) as image:
            image.load()
            width, height = image.size
    except (OSError, Image.DecompressionBombError) as error:
        raise bad_request("IMAGE_PROCESS_FAILED") from error
    if width + height > MAX_SIDES or max(width, height) > MAX_RATIO * min(width, height):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return width, height


def keyboard(markup: JSON | None) -> JSON | None:
    """An inline keyboard as it will stand under the message."""
    if not markup:
        return None
    rows = markup.get("inline_keyboard")
    if not isinstance(rows, list):
        raise bad_request("object expected as reply markup")
    for button in (button for row in rows for button in row):
        if not button.get("text", "").strip():
            raise bad_request("BUTTON_TEXT_EMPTY")
        used = ACTIONS & button.keys()
        if not used:
            raise bad_request("Text buttons are not allowed in the inline keyboard")
        data = button.get("callback_data")
        if data is not None and not 1 <= len(data.encode()) <= MAX_CALLBACK_DATA:
            raise bad_request("BUTTON_DATA_INVALID")
        if "url" in button and not re.match(r"(https?|tg)://\S+\Z", button["url"]):
            raise bad_request(
                f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL"
            )
    return {"inline_keyboard": rows} if any(rows) else None


def commands(value: list[JSON]) -> list[JSON]:
    if len(value) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in value:
        name, description = command["command"].removeprefix("/"), command["description"]
        if not re.fullmatch(r"[a-z0-9_]{1,32}", name):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= length(description) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return value


def scope(value: JSON | None) -> str:
    kind = (value or {"type": "default"}).get("type", "")
    if kind not in SCOPES:
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    return str(kind)


def language(value: str) -> str:
    """A two-letter code or nothing: Telegram refuses "pt-BR" here."""
    if not re.fullmatch(r"([a-z]{2})?", value):
        raise bad_request("invalid language code specified")
    return value


def at_most(limit: int, value: str, what: str) -> str:
    if length(value) > limit:
        raise bad_request(f"{what} is too long")
    return value
