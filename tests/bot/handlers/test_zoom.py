"""A closer look: one message that moves along the recording."""

from inference.errors import DetectionError
from tests.bot.chatting import chatting
from tests.fake_telegram import buttons


async def test_a_part_is_judged_and_drawn_in_a_message_of_its_own() -> None:
    async with chatting() as chat:
        answer = await chat.note()
        await chat.tap(answer, "Look closer")
        look = chat.said[1]
        assert look["reply_to_message"]["message_id"] == answer["message_id"]
        assert look["caption"].startswith("🔍 0:04–0:08 of 0:12\n🤖 This stretch sounds like")
        assert chat.worker.parts == [None, (4, 8)]


async def test_its_buttons_change_it_and_none_of_them_in_vain() -> None:
    async with chatting() as chat:
        await chat.tap(await chat.note(), "Look closer")
        for label, where in (("◀", "0:02–0:06"), ("➖", "0:00–0:08"), ("➕", "0:02–0:06")):
            await chat.tap(chat.said[1], label)
            assert chat.said[1]["caption"].startswith(f"🔍 {where} of 0:12")
        assert len(chat.said) == 2
        refused = [call for call in chat.telegram.calls if call.status >= 400]
        assert refused == []


async def test_pressed_again_under_the_answer_it_stays_one_message() -> None:
    async with chatting() as chat:
        answer = await chat.note()
        await chat.tap(answer, "Look closer")
        await chat.tap(chat.said[1], "➖")
        assert "just below" in await chat.tap(answer, "Look closer")
        assert len(chat.said) == 2
        assert chat.said[1]["caption"].startswith("🔍 0:04–0:08")


async def test_closed_it_is_gone_and_comes_again_when_asked_for() -> None:
    async with chatting() as chat:
        answer = await chat.note()
        await chat.tap(answer, "Look closer")
        await chat.tap(chat.said[1], "Close")
        await chat.tap(answer, "Look closer")
        assert len(chat.said) == 2


async def test_what_sounded_artificial_is_a_press_away() -> None:
    async with chatting() as chat:
        await chat.tap(await chat.note(), "Look closer")
        await chat.tap(chat.said[1], "▶")
        labels = [each["text"] for each in buttons(chat.said[1])]
        assert labels == ["◀", "▶", "➕", "➖", "🤖 0:04–0:08", "✖ Close"]
        await chat.tap(chat.said[1], "🤖")
        assert chat.said[1]["caption"].startswith("🔍 0:04–0:08")


async def test_what_cannot_be_heard_again_is_said_where_it_was_pressed() -> None:
    async with chatting() as chat:
        answer = await chat.note()
        chat.worker.outcome = DetectionError("the process ended")
        assert "my fault" in await chat.tap(answer, "Look closer")
        chat.telegram.chats.files.clear()
        assert "no longer gives me this recording" in await chat.tap(answer, "Look closer")
        assert len(chat.said) == 1


async def test_where_no_pictures_are_allowed_it_says_so() -> None:
    async with chatting() as chat:
        group = chat.telegram.group()
        chat.telegram.forbids(group, "photos")
        note = chat.telegram.sends_voice(chat.maria, b"a voice note", chat=group)
        chat.telegram.sends_text(chat.maria, "/check", chat=group, reply_to=note)
        await chat.answered()
        [answer] = chat.telegram.sent_to(group)
        assert "can't send pictures here" in await chat.tap(answer, "Look closer")
