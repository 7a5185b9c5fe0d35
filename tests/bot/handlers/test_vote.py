"""Was it right? One vote of each who sees the answer, and another whenever they think again."""

from sqlalchemy import select

from bot.db.tables import Vote
from inference.verdict import Reason
from tests.bot.chatting import Chat, DrawingWorker, chatting
from tests.bot.stand_ins import verdict
from tests.fake_telegram import buttons


async def votes(chat: Chat) -> dict[int, bool]:
    async with chat.store.session() as session:
        return {vote.person_id: vote.is_correct for vote in await session.scalars(select(Vote))}


async def test_a_vote_is_kept_thanked_for_and_the_buttons_come_back() -> None:
    async with chatting() as chat:
        answer = await chat.note()
        before = buttons(answer)
        assert await chat.tap(answer, "Was it right?") == ""
        asked = [each["text"] for each in buttons(chat.said[0])]
        assert asked == ["✅ Right", "❌ Wrong", "🤷 I don't know"]
        assert await chat.tap(chat.said[0], "Right") == "I'm glad! Thank you for telling me."
        assert buttons(chat.said[0]) == before
        assert await votes(chat) == {chat.maria.id: True}


async def test_who_thinks_again_has_still_one_vote() -> None:
    async with chatting() as chat:
        answer = await chat.note()
        for choice, kept in (("Wrong", {chat.maria.id: False}), ("I don't know", {})):
            await chat.tap(answer, "vote:")
            await chat.tap(chat.said[0], choice)
            assert await votes(chat) == kept


async def test_everybody_in_a_group_has_a_vote() -> None:
    async with chatting() as chat:
        group, rui = chat.telegram.group(), chat.telegram.person("Rui", "en")
        note = chat.telegram.sends_voice(rui, b"a voice note", chat=group)
        chat.telegram.sends_text(chat.maria, "/check", chat=group, reply_to=note)
        await chat.answered()
        await chat.tap(chat.telegram.sent_to(group)[0], "Why?")  # the rest stands behind it
        before = buttons(chat.telegram.sent_to(group)[1])
        for who, choice in ((chat.maria, "Right"), (rui, "Wrong")):
            [_, why] = chat.telegram.sent_to(group)
            await chat.tap(why, "vote:", who)
            await chat.tap(why, choice, who)
        assert buttons(chat.telegram.sent_to(group)[1]) == before
        assert await votes(chat) == {chat.maria.id: True, rui.id: False}


async def test_no_answer_is_not_voted_on() -> None:
    worker = DrawingWorker(verdict(0.5, (Reason.UNSURE,)))
    async with chatting(worker) as chat:
        labels = [each["text"] for each in buttons(await chat.note())]
    assert labels == ["💡 Why?", "🔍 Look closer", "📄 Report", "🎭 Compare"]
