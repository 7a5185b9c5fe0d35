"""The cache of verdicts, by a file's SHA-256 and by Telegram's `file_unique_id`; and votes."""

import hashlib
import time
from dataclasses import asdict, dataclass
from typing import Protocol

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.store import Store
from bot.db.tables import Note, NoteName, Vote
from bot.worker.pool import Detection
from inference.metadata import evidence
from inference.verdict import from_fields

SIMILAR = 20  # at most so many notes of the same size are looked up, the latest


class Recording(Protocol):
    """A file as Telegram describes it."""

    file_id: str  # to fetch it with; another one for each bot
    file_unique_id: str  # the same for everybody
    file_size: int | None  # bytes


@dataclass(frozen=True)
class Recalled:
    """What the cache has about a recording that was not downloaded."""

    named: Note | None  # of the same `file_unique_id`
    similar: dict[str, Note]  # by SHA-256: notes of the same size, or `named` alone


async def recall(session: AsyncSession, recording: Recording, model: str) -> Recalled:
    """Look a recording up by its `file_unique_id` and, where that is new, by its size."""
    notes = select(Note).where(Note.model == model)
    by_name = notes.join(NoteName, NoteName.sha256 == Note.sha256).where(
        NoteName.file_unique_id_hash == _name(recording)
    )
    if row := await session.scalar(by_name):
        return Recalled(row, {row.sha256: row})
    if recording.file_size is None:
        return Recalled(None, {})
    by_size = notes.where(Note.size == recording.file_size)
    latest = await session.scalars(by_size.order_by(Note.used_at.desc()).limit(SIMILAR))
    return Recalled(None, {row.sha256: row for row in latest})


async def remember(store: Store, detection: Detection, recording: Recording) -> int:
    """Insert a verdict where it is new and count the request; return the number of requests."""
    async with store.session() as session:
        return (await write(store, session, detection, recording)).request_count


async def write(
    store: Store, session: AsyncSession, detection: Detection, recording: Recording
) -> Note:
    """Insert a verdict and `file_unique_id` where new, count the request, return the row."""
    sha256, model, now = detection.sha256, detection.verdict.model, int(time.time())
    note = {
        "sha256": sha256,
        "model": model,
        "verdict": asdict(detection.verdict),
        "evidence": evidence.as_json(detection.evidence),
        "picture_file_ids": detection.picture_file_ids,
        "request_count": 0,
        "used_at": now,
    }
    name = {"file_unique_id_hash": _name(recording), "sha256": sha256, "used_at": now}
    for table, row in ((Note, note), (NoteName, name)):
        await session.execute(store.insert(table).values(row).on_conflict_do_nothing())
    counted = await session.scalars(
        update(Note)
        .where(Note.sha256 == sha256, Note.model == model)
        .values(
            request_count=Note.request_count + 1, used_at=now, size=recording.file_size or Note.size
        )
        .returning(Note)
    )
    return counted.one()


async def set_picture(
    session: AsyncSession, detection: Detection, language: str, file_id: str
) -> None:
    """Telegram has the picture with the words of a language under this file_id now."""
    same = (Note.sha256 == detection.sha256) & (Note.model == detection.verdict.model)
    pictures = {**detection.picture_file_ids, language: file_id}
    await session.execute(update(Note).where(same).values(picture_file_ids=pictures))


async def vote(store: Store, detection: Detection, person: int, is_correct: bool | None) -> None:
    """Store a person's vote in place of an earlier one; None withdraws it."""
    key = {"sha256": detection.sha256, "model": detection.verdict.model, "person_id": person}
    said = {
        "label": detection.verdict.label.value,
        "is_correct": is_correct,
        "voted_at": int(time.time()),
    }
    async with store.session() as session:
        if is_correct is None:
            await session.execute(delete(Vote).filter_by(**key))
            return
        new = store.insert(Vote).values(key | said)
        await session.execute(new.on_conflict_do_update(index_elements=list(key), set_=said))


def detection_of(note: Note) -> Detection:
    """Convert a row to a `Detection` without the picture's bytes."""
    known = evidence.from_fields(note.evidence)
    return Detection(
        note.sha256, from_fields(note.verdict), known, picture_file_ids=dict(note.picture_file_ids)
    )


def _name(recording: Recording) -> str:
    """Return the SHA-256 of `file_unique_id`, which is the same for every bot."""
    return hashlib.sha256(recording.file_unique_id.encode()).hexdigest()
