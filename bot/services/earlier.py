"""An answer that was given before: found by its token, and its recording heard once more."""

from dataclasses import dataclass

from sqlalchemy import select, update

from bot.db import Store
from bot.db.tables import Answer, Note
from bot.services.detection import Heard
from bot.telegram import files
from bot.telegram.context import Context
from bot.worker import pool as worker
from inference.metadata import evidence
from inference.metadata.evidence import Evidence
from inference.verdict import Verdict, from_fields


@dataclass(frozen=True)
class Earlier:
    """What is known of an answer."""

    answer: Answer
    verdict: Verdict
    evidence: Evidence
    checks: int  # how often somebody asked for it

    def may_order(self, person_id: int) -> bool:
        """Whoever asked; anybody, when it was asked in the name of a group or channel."""
        return self.answer.asker_id == person_id or (
            self.answer.asker_id < 0 and not self.answer.private
        )


async def find(store: Store, token: str) -> Earlier | None:
    """The answer of a token, unless it was forgotten or never given."""
    async with store.session() as session:
        found = await session.execute(
            select(Answer, Note)
            .join(Note, (Note.sha256 == Answer.sha256) & (Note.model == Answer.model))
            .where(Answer.token == token)
        )
        row = found.first()
    if row is None:
        return None
    answer, note = row
    known = evidence.from_fields(note.evidence)
    return Earlier(answer, from_fields(note.verdict), known, note.checks)


async def keep(store: Store, answer: Answer, **values: int) -> None:
    """Note the numbers of the messages that belong to an answer."""
    async with store.session() as session:
        await session.execute(update(Answer).where(Answer.token == answer.token).values(values))


async def picture_of(earlier: Earlier, context: Context) -> str | None:
    """Telegram's file_id of the picture, if it has one."""
    async with context.store.session() as session:
        return await session.scalar(
            select(Note.picture).where(
                Note.sha256 == earlier.answer.sha256, Note.model == earlier.answer.model
            )
        )


async def heard_again(earlier: Earlier, context: Context) -> Heard:
    """The whole answer with its picture, drawn anew where needed; raises DetectionError."""
    answer = earlier.answer
    picture: bytes | str | None = await picture_of(earlier, context)
    if picture is None:
        picture = await drawn_anew(answer.token, context)
    return Heard(earlier.verdict, earlier.evidence, answer.sha256, earlier.checks, picture)


async def drawn_anew(token: str, context: Context) -> bytes:
    """The picture of an answer; raises DetectionError."""
    async with context.store.session() as session:
        answer = await session.get_one(Answer, token)
    again = await listen(answer, context)
    if again.verdict.model != answer.model:
        raise files.Gone(f"{answer.model} drew it; {again.verdict.model} would show other scores")
    return again.picture


async def listen(
    answer: Answer, context: Context, part: tuple[float, float] | None = None
) -> worker.Answer:
    """Fetch the recording again and judge it or a part of it, in s; raises DetectionError."""
    file = await files.file_of(answer.file_id, context.bot)
    async with context.worker.wait(file.file_size or context.worker.max_bytes):
        data = await files.download(file)
        return await context.worker.detect(data, part)
