"""Telegram's file_ids of the quiz's clips, so that each is uploaded once."""

from bot.db.store import Store
from bot.db.tables import QuizClip


async def file_id_of(store: Store, sha256: str) -> str | None:
    """Return the file_id of a clip; None when it was never sent."""
    async with store.session() as session:
        kept = await session.get(QuizClip, sha256)
        return kept.file_id if kept else None


async def keep(store: Store, sha256: str, file_id: str) -> None:
    """Store the file_id of a clip that was sent, in place of an earlier one."""
    new = store.insert(QuizClip).values({"sha256": sha256, "file_id": file_id})
    async with store.session() as session:
        await session.execute(
            new.on_conflict_do_update(index_elements=["sha256"], set_={"file_id": file_id})
        )
