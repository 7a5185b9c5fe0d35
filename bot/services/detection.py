"""A sound in Telegram becomes what is known of it: out of the store, or fetched and judged."""

import hashlib
import time
from dataclasses import asdict, dataclass

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot import metrics
from bot.db import Store
from bot.db.tables import Note, NoteName
from bot.telegram import files
from bot.telegram.context import Context
from bot.telegram.messages import Sound
from bot.worker.pool import Answer
from inference.errors import TooLarge
from inference.metadata import evidence
from inference.metadata.evidence import Evidence
from inference.verdict import Verdict, from_fields


@dataclass(frozen=True)
class Heard:
    """What an answer is made of."""

    verdict: Verdict
    evidence: Evidence
    sha256: str  # of the file's bytes
    checks: int  # how often somebody asked for it, this time included
    picture: bytes | str | None  # JPEG, or Telegram's file_id of one that it has; None: not drawn


async def hear(sound: Sound, context: Context, drawn: bool = True) -> Heard:
    """Judge a sound, or remember what was heard in it; raises DetectionError and TelegramError.

    Who does not need it `drawn` is answered from memory also where there is no picture.
    """
    return await remembered(sound, context, drawn) or await listen(sound, context, drawn)


async def remembered(sound: Sound, context: Context, drawn: bool = True) -> Heard | None:
    """What was heard when it came under the same name before."""
    known = await _recall(context, _name(sound), drawn)
    if known:
        metrics.CACHE.labels("name").inc()
    return known


async def listen(sound: Sound, context: Context, drawn: bool = True) -> Heard:
    """Fetch a sound, and judge it unless the same came under another name; raises as `hear`."""
    name = _name(sound)
    size = sound.file_size or context.worker.max_bytes  # Telegram may leave it out
    if size > context.worker.max_bytes:
        raise TooLarge(f"{size} bytes, at most {context.worker.max_bytes} are taken")
    async with context.worker.wait(size):
        data = await files.fetch(sound.file_id, context.bot)
        sha256 = hashlib.sha256(data).hexdigest()
        await _name_it(context.store, name, sha256)
        if known := await _recall(context, name, drawn):
            metrics.CACHE.labels("content").inc()
            return known
        metrics.CACHE.labels("new").inc()
        answer = await context.worker.detect(data, drawn=drawn)
    checks = await _remember(context.store, sha256, answer)
    return Heard(answer.verdict, answer.evidence, sha256, checks, answer.picture or None)


async def keep_picture(context: Context, heard: Heard, file_id: str) -> None:
    """Telegram has the picture now: the next answer need not draw it."""
    async with context.store.session() as session:
        await _set_picture(session, heard, file_id)


async def forget_picture(context: Context, heard: Heard) -> None:
    """Telegram no longer has it, or this is another bot than before."""
    async with context.store.session() as session:
        await _set_picture(session, heard, None)


async def _set_picture(session: AsyncSession, heard: Heard, file_id: str | None) -> None:
    same = (Note.sha256 == heard.sha256) & (Note.model == heard.verdict.model)
    await session.execute(update(Note).where(same).values(picture=file_id))


async def _recall(context: Context, name: str, drawn: bool) -> Heard | None:
    """An earlier answer of the same model, with its picture if there is one; nothing when it must
    be `drawn` and is not."""
    async with context.store.session() as session:
        note = await session.scalar(
            select(Note)
            .join(NoteName, NoteName.sha256 == Note.sha256)
            .where(NoteName.name == name, Note.model == context.worker.model)
        )
        if note is None or (drawn and not note.picture):
            return None
        checks = await _count(session, note.sha256, note.model)
        return Heard(
            from_fields(note.verdict),
            evidence.from_fields(note.evidence),
            note.sha256,
            checks,
            note.picture,
        )


async def _remember(store: Store, sha256: str, answer: Answer) -> int:
    """Keep a verdict; how often it was asked for by now."""
    model = answer.verdict.model
    async with store.session() as session:
        new = store.insert(Note).values(
            sha256=sha256,
            model=model,
            verdict=asdict(answer.verdict),
            evidence=evidence.as_json(answer.evidence),
            checks=0,
            used_at=0,
        )
        await session.execute(new.on_conflict_do_nothing())
        return await _count(session, sha256, model)


async def _count(session: AsyncSession, sha256: str, model: str) -> int:
    counted = await session.scalar(
        update(Note)
        .where(Note.sha256 == sha256, Note.model == model)
        .values(checks=Note.checks + 1, used_at=int(time.time()))
        .returning(Note.checks)
    )
    assert counted is not None
    return counted


async def _name_it(store: Store, name: str, sha256: str) -> None:
    async with store.session() as session:
        row = {"name": name, "sha256": sha256, "used_at": int(time.time())}
        await session.execute(store.insert(NoteName).values(row).on_conflict_do_nothing())


def _name(sound: Sound) -> str:
    """Telegram's name of a sound is the same for every bot; kept as a hash all the same."""
    return hashlib.sha256(sound.file_unique_id.encode()).hexdigest()
