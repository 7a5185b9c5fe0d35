"""Answers that were sent, each under a token that its buttons and links carry."""

import secrets
import time
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, select, update

from bot import metrics
from bot.db import batches, verdicts
from bot.db.batches import Row
from bot.db.store import Store
from bot.db.tables import Answer, Note
from bot.db.verdicts import Recording
from bot.worker.pool import Detection

TOKEN_BYTES = 12  # 16 characters: nobody guesses one, and it fits into a button's 64 bytes


@dataclass(frozen=True, kw_only=True)
class StoredAnswer(Detection):
    """A detection that was sent to somebody, with what its buttons need."""

    token: str
    file_id: str  # Telegram's, to fetch the recording once more
    chat_id: int
    asker_id: int
    private: bool  # only the asker may see it
    request_count: int  # for this recording, from anybody
    explanation_message_id: int | None = None  # our message that explains it
    zoom_message_id: int | None = None  # shows a part of it larger
    compare_message_id: int | None = None  # asks for a genuine note to compare with
    reported_at: int | None = None  # when its report was last ordered

    def may_order(self, person_id: int) -> bool:
        """Return whether a person may use the buttons that cost something.

        That is the asker; anybody, when a group or channel asked and the answer is not private.
        """
        return self.asker_id == person_id or (self.asker_id < 0 and not self.private)


async def give(
    store: Store,
    detection: Detection,
    recording: Recording,
    chat_id: int,
    asker_id: int,
    private: bool = False,
    batch: Row | None = None,
) -> StoredAnswer:
    """Insert the verdict, where it is new, and an answer; count the request.

    A `private` answer may be opened by its asker alone. `batch` is the note's row of a summary.
    """
    metrics.answered(detection.verdict)
    async with store.session() as session:
        note = await verdicts.write(store, session, detection, recording)
        row = _row(detection, recording.file_id, chat_id, asker_id, private)
        session.add(row)
        if batch:
            await batches.write(store, session, batch)
        return _stored(row, note, detection.picture)


async def give_again(
    store: Store, answer: StoredAnswer, chat_id: int, asker_id: int
) -> StoredAnswer:
    """Insert a copy of an answer for another asker or chat, under a token of its own."""
    row = _row(answer, answer.file_id, chat_id, asker_id, answer.private)
    again = replace(
        answer, token=row.token, chat_id=chat_id, asker_id=asker_id,
        explanation_message_id=None, zoom_message_id=None, compare_message_id=None,
        reported_at=None,
    )  # fmt: skip
    async with store.session() as session:
        session.add(row)
    return again


async def find(store: Store, token: str) -> StoredAnswer | None:
    """Return the answer of a token; None when it has expired or never existed."""
    return await _find(store, Answer.token == token)


async def asked_by(store: Store, chat_id: int, message_id: int) -> StoredAnswer | None:
    """Return the answer that the bot's message, asking for a genuine note, belongs to."""
    return await _find(
        store, (Answer.chat_id == chat_id) & (Answer.compare_message_id == message_id)
    )


async def last_file(store: Store) -> str | None:
    """Return the file_id of the recording that was answered last."""
    async with store.session() as session:
        latest = select(Answer.file_id).order_by(Answer.created_at.desc()).limit(1)
        found: str | None = await session.scalar(latest)
        return found


async def change(store: Store, answer: StoredAnswer, **values: int) -> None:
    """Update columns of `Answer`: ids of its messages, or `reported_at` in Unix seconds."""
    async with store.session() as session:
        await session.execute(update(Answer).where(Answer.token == answer.token).values(values))


async def _find(store: Store, which: ColumnElement[bool]) -> StoredAnswer | None:
    theirs = (Note.sha256 == Answer.sha256) & (Note.model == Answer.model)
    async with store.session() as session:
        found = await session.execute(select(Answer, Note).join(Note, theirs).where(which))
        row = found.first()
    return _stored(*row) if row else None


def _stored(row: Answer, note: Note, picture: bytes | None = None) -> StoredAnswer:
    found = verdicts.detection_of(note)
    return StoredAnswer(
        sha256=found.sha256,
        verdict=found.verdict,
        evidence=found.evidence,
        picture=picture,
        picture_file_ids=found.picture_file_ids,
        request_count=note.request_count,
        token=row.token,
        file_id=row.file_id,
        chat_id=row.chat_id,
        asker_id=row.asker_id,
        private=row.private,
        explanation_message_id=row.explanation_message_id,
        zoom_message_id=row.zoom_message_id,
        compare_message_id=row.compare_message_id,
        reported_at=row.reported_at,
    )


def _row(detection: Detection, file_id: str, chat_id: int, asker_id: int, private: bool) -> Answer:
    """Make a row with a new random token; it is not inserted yet."""
    return Answer(
        token=secrets.token_urlsafe(TOKEN_BYTES),
        sha256=detection.sha256,
        model=detection.verdict.model,
        file_id=file_id,
        chat_id=chat_id,
        asker_id=asker_id,
        private=private,
        created_at=int(time.time()),
    )
