"""A note that comes again is answered from memory, with buttons like the first time."""

from tests.bot.chatting import chatting
from tests.fake_telegram import buttons


async def test_the_second_time_it_says_so_and_has_its_own_buttons() -> None:
    async with chatting() as chat:
        first = await chat.note()
        second = await chat.note()
        assert len(chat.worker.asked) == 1
        assert second["caption"] == first["caption"] + " · checked 2 times"
        assert [each["text"] for each in buttons(second)] == [
            each["text"] for each in buttons(first)
        ]
        assert await chat.tap(second, "Look closer") == ""


async def test_a_picture_that_telegram_has_forgotten_is_drawn_again() -> None:
    async with chatting() as chat:
        answer = await chat.note()
        chat.telegram.chats.files.pop(answer["photo"][-1]["file_id"])
        again = await chat.note()
        assert "photo" in again
        assert len(chat.worker.asked) == 2
        assert "photo" in await chat.note()
        assert len(chat.worker.asked) == 2
