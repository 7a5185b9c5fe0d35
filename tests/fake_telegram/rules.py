"""What Telegram accepts as text, caption, photo and action."""

import io

from PIL import Image

from tests.fake_telegram.errors import bad_request
from tests.fake_telegram.formatting import length, plain

MAX_TEXT, MAX_CAPTION = 4096, 1024  # UTF-16 code units, counted after the markup was read
MAX_PHOTO, MAX_UPLOAD = 10 * 1024 * 1024, 50 * 1024 * 1024  # bytes
MAX_SIDES, MAX_RATIO = 10_000, 20  # width + height in pixels; the longer by the shorter
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
    upload(data, MAX_PHOTO)
    try:
        with Image.open(io.BytesIO(data)) as image:
            image.load()
            width, height = image.size
    except (OSError, Image.DecompressionBombError) as error:
        raise bad_request("IMAGE_PROCESS_FAILED") from error
    if width + height > MAX_SIDES or max(width, height) > MAX_RATIO * min(width, height):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return width, height


def size(data: bytes) -> tuple[int, int]:
    """The same for one that Telegram has taken before."""
    with Image.open(io.BytesIO(data)) as image:
        return image.size


def upload(data: bytes, limit: int = MAX_UPLOAD) -> None:
    if not data:
        raise bad_request("file must be non-empty")
    if len(data) > limit:
        raise bad_request("file is too big")


def at_most(limit: int, value: str, what: str) -> str:
    if length(value) > limit:
        raise bad_request(f"{what} is too long")
    return value
