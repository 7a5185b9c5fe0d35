"""Find out whether a recording in Telegram is synthetic: from the cache, or downloaded and judged.

All functions may raise DetectionError, and TelegramError when Telegram can't be reached.
"""

import asyncio
import logging

from bot import metrics
from bot.captions import captions_of
from bot.db import verdicts
from bot.db.answers import StoredAnswer
from bot.db.verdicts import Recalled
from bot.telegram import files
from bot.telegram.context import Context
from bot.telegram.messages import Sound
from bot.worker.pool import Detection, sha256_of
from bot.worker.process import Progress
from inference.errors import DetectionError, TooLarge

logger = logging.getLogger(__name__)


async def detect(sound: Sound, context: Context, drawn: bool = True) -> Detection:
    """Return the cached result of a recording, or download and judge it.

    If `drawn`, a cached result without a picture does not count.
    """
    recalled = await recall(sound, context)
    return known(recalled, drawn) or await fetch_and_judge(sound, recalled, context, drawn)


async def recall(sound: Sound, context: Context) -> Recalled:
    """Look a recording up in the cache, unless it was looked up with its update already."""
    if looked_up := context.recalled(sound.file_unique_id):
        return looked_up
    async with context.store.session() as session:
        return await verdicts.recall(session, sound, context.worker.model)


def known(recalled: Recalled, drawn: bool = True) -> Detection | None:
    """What was found when the recording came under the same name before."""
    if recalled.named is None or (drawn and not recalled.named.picture_file_ids):
        return None
    metrics.CACHE.labels("name").inc()
    return verdicts.detection_of(recalled.named)


async def fetch_and_judge(
    sound: Sound,
    recalled: Recalled,
    context: Context,
    drawn: bool = True,
    progress: Progress | None = None,
) -> Detection:
    """Download a recording and judge it, unless the cache has the same bytes; raises TooLarge."""
    size = sound.file_size
    if size and size > context.max_bytes:
        raise TooLarge(f"{size} bytes, at most {context.max_bytes} are taken")
    async with context.worker.wait(_held(size, context)):
        data = await files.download(await files.file_of(sound.file_id, context, size), context)
        same = None
        if recalled.similar:
            same = recalled.similar.get(await asyncio.to_thread(sha256_of, data))
        if same and (same.picture_file_ids or not drawn):
            metrics.CACHE.labels("content").inc()
            return verdicts.detection_of(same)
        metrics.CACHE.labels("new").inc()
        captions = captions_of(context.texts) if drawn else None
        return await context.worker.detect(data, captions=captions, progress=progress)


async def judge_again(
    answer: StoredAnswer, context: Context, part: tuple[float, float] | None = None
) -> Detection:
    """Download the recording of an answer again and judge it, or its `part` from s to s."""
    file = await files.file_of(answer.file_id, context)
    async with context.worker.wait(_held(file.file_size, context)):
        captions = captions_of(context.texts)
        return await context.worker.detect(await files.download(file, context), part, captions)


def _held(size: int | None, context: Context) -> int:
    """Bytes of a file that are held in memory, at most: larger ones are read from a disk."""
    most = context.worker.max_bytes
    return min(size or most, most)  # Telegram may leave it out


async def draw_again(answer: StoredAnswer, context: Context) -> bytes:
    """The picture of an answer in the reader's language: new words over one that Telegram keeps
    in another language, and only without any the recording judged and drawn once more."""
    for language, file_id in answer.picture_file_ids.items():
        if language != context.texts.language:
            try:
                return await _rewrite(file_id, answer, context)
            except DetectionError as error:
                logger.info("The picture in %s can't be rewritten: %s", language, error)
    again = await judge_again(answer, context)
    shown, served = answer.verdict.model, again.verdict.model
    if shown != served or again.picture is None:
        raise files.Gone(f"{shown} drew it; {served} would show other scores")
    return again.picture


async def _rewrite(file_id: str, answer: StoredAnswer, context: Context) -> bytes:
    file = await files.file_of(file_id, context)
    async with context.worker.wait(_held(file.file_size, context)):
        picture = await files.content(file, context)
        return await context.worker.rewrite(picture, answer.verdict, captions_of(context.texts))
