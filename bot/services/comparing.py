"""Compare a note in question with a genuine one."""

from bot.db.answers import StoredAnswer
from bot.telegram import files
from bot.telegram.context import Context
from bot.telegram.messages import Sound
from bot.texts import LANGUAGES, texts_for
from bot.worker.pool import sha256_of
from inference.errors import DetectionError, TooLarge
from inference.speaker.comparison import Comparison


class SameRecording(DetectionError):
    """Both notes are the same file."""

    code = "same_recording"


def questions() -> set[str]:
    """Return our question for the genuine note in every language; a reply to it brings one."""
    return {texts_for(language, language).say("compare", "ask") for language in LANGUAGES}


async def compare(answer: StoredAnswer, known: Sound, context: Context) -> Comparison:
    """Download both notes and compare their voices; raises DetectionError and TelegramError."""
    worker = context.worker
    file = await files.file_of(answer.file_id, context)
    sizes = [part.file_size or worker.max_bytes for part in (file, known)]
    if max(sizes) > worker.max_bytes:
        raise TooLarge(f"{max(sizes)} bytes, at most {worker.max_bytes} are taken")
    async with worker.wait(sum(sizes)):
        genuine = await files.fetch(known.file_id, context)
        if sha256_of(genuine) == answer.sha256:
            raise SameRecording(answer.sha256)
        return await worker.compare(await files.content(file, context), genuine)
