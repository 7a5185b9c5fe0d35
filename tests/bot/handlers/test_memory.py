"""A note that comes again is answered from memory, with buttons like the first time."""

from dataclasses import replace

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


async def test_another_language_gets_other_words_over_the_same_picture() -> None:
    async with chatting() as chat:
        await chat.note()
        chat.maria = replace(chat.maria, language="es")
        spanish = await chat.note()
        assert "photo" in spanish
        assert chat.worker.rewritten == ["No es una prueba"]
        again = await chat.note()  # Telegram has both by now
        assert again["photo"] == spanish["photo"]
        chat.maria = replace(chat.maria, language="en")
        await chat.note()
        assert chat.worker.rewritten == ["No es una prueba"]
        assert len(chat.worker.asked) == 1  # fetched and judged once, whoever reads it


async def test_without_any_picture_to_write_on_the_note_is_judged_again() -> None:
    async with chatting() as chat:
        answer = await chat.note()
        chat.telegram.chats.files.pop(answer["photo"][-1]["file_id"])
        chat.maria = replace(chat.maria, language="es")
        assert "photo" in await chat.note()
        assert chat.worker.rewritten == []
        assert len(chat.worker.asked) == 2
