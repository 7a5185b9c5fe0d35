"""What a voice note costs the database, from Telegram's hands to the answer under it."""

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import event

from bot.db import Store
from bot.updates.inbox import Inbox
from tests.bot.chatting import Chat, chatting


class Counted(Inbox):
    """Real, and counts the transactions between an update's arrival and the end of its turn."""

    def __init__(self, chat: Chat) -> None:
        super().__init__(chat.store, chat.bot)
        self._chat = chat
        self.commits = 0
        event.listen(chat.store._engine.sync_engine, "commit", self._count)

    def _count(self, _: object) -> None:
        self.commits += 1

    async def note(self, data: bytes) -> int:
        before, said = self.commits, len(self._chat.said)
        self._chat.telegram.sends_voice(self._chat.maria, data)
        pending = self._chat.telegram.updates.pending
        await self.take([pending.pop(number) for number in sorted(pending)])
        async with asyncio.timeout(60):
            while len(self):
                await asyncio.sleep(0.01)
        assert len(self._chat.said) == said + 1
        assert "photo" in self._chat.said[-1]
        return self.commits - before


@pytest.mark.parametrize("kept", [True, False], ids=["on disk", "in memory"])
async def test_a_note_takes_four_transactions_at_most(tmp_path: Path, kept: bool) -> None:
    """It is kept; begun and looked up; its verdict and token written; its picture and end."""
    address, journal = (f"sqlite:///{tmp_path / 'a.db'}", tmp_path / "j") if kept else ("", None)
    store = Store(address or "sqlite://", journal)
    await store.open()
    async with chatting(store=store) as chat:
        inbox = Counted(chat)
        await inbox.open()
        first, other = b"a voice note", b"another note, longer"
        assert await inbox.note(first) <= 4
        assert await inbox.note(other) <= 4
        assert len(chat.worker.asked) == 2
        assert await inbox.note(first) <= 4  # under another name, of the same bytes
        assert len(chat.worker.asked) == 2
        assert chat.said[-1]["caption"].endswith("checked 2 times")
        await inbox.close()
    await store.close()
