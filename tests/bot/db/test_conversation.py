"""A whole conversation about one note leaves the same in both databases."""

from sqlalchemy import select

from bot.db import Store
from bot.db.tables import Answer, Note, Vote
from tests.bot.chatting import chatting
from tests.fake_telegram import buttons


async def test_what_an_answer_is_asked_about_it_afterwards(store: Store) -> None:
    async with chatting(store=store) as chat:
        answer = await chat.note()
        for wanted in ("Why?", "Look closer", "Report"):
            await chat.tap(answer, wanted)
        for choice in ("Right", "Wrong"):
            await chat.tap(chat.said[0], "Was it right?")
            await chat.tap(chat.said[0], choice)
        async with store.session() as session:
            [kept] = await session.scalars(select(Answer))
            [vote] = await session.scalars(select(Vote))
        assert [kept.explanation_message_id, kept.zoom_message_id] == [
            each["message_id"] for each in chat.said[1:3]
        ]
        assert kept.reported_at is not None
        assert (vote.person_id, vote.is_correct, vote.label) == (chat.maria.id, False, "synthetic")


async def test_a_guest_s_note_is_known_again_and_drawn_when_the_link_is_followed(
    store: Store,
) -> None:
    async with chatting(store=store) as chat:
        place = chat.telegram.conversation(chat.telegram.person("João"))
        note = chat.telegram.notes(chat.maria, place, b"a voice note")
        for _ in range(2):
            chat.telegram.summons(chat.maria, place, note)
        await chat.answered()
        assert len(chat.worker.asked) == 1
        [_, last] = chat.telegram.methods.guests.sent.values()
        [link] = buttons(last)
        for _ in range(2):
            chat.telegram.follows(chat.maria, link["url"])
        await chat.answered()
        assert len(chat.worker.asked) == 2
        async with store.session() as session:
            [kept] = await session.scalars(select(Note))
            assert len(list(await session.scalars(select(Answer)))) == 4
        assert kept.request_count == 2
        assert set(kept.picture_file_ids) == {"en"}
