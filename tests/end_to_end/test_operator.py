"""An operator gives orders to the real bot, and the others feel them."""

import pytest

from bot.texts import texts_for
from tests.fake_telegram import FakeTelegram, Person
from tests.service import running

pytestmark = pytest.mark.asyncio(loop_scope="session")

SAY = texts_for("en", "en").say


async def asks(telegram: FakeTelegram, person: Person, text: str) -> str:
    """The text that a message of somebody is answered with."""
    telegram.sends_text(person, text)
    return str((await telegram.next_call("sendMessage", person)).parameters["text"])


async def test_orders_are_obeyed(note: bytes) -> None:
    async with FakeTelegram() as telegram:
        operator, person = (telegram.person(name, "en") for name in ("Olga", "Pedro"))
        async with running(telegram, OPERATORS=str(operator.id), MINUTES_PER_HOUR="1") as bot:
            telegram.sends_voice(person, note)
            await telegram.next_call("sendPhoto", person)
            telegram.sends_voice(person, note)
            refusal = await telegram.next_call("sendMessage", person)
            assert refusal.parameters["text"] == SAY("gate", "quota", minutes=60)
            stats = await asks(telegram, operator, "/stats")
            assert SAY("stats", "answers", count=1, today=1) in stats

            block = SAY("operator", "block", id=str(person.id))
            assert await asks(telegram, operator, f"/block {person.id}") == block
            telegram.sends_text(person, "/start")
            busiest = await asks(telegram, operator, "/busiest")
            assert f"{person.id}: 1" in busiest
            assert len(telegram.sent_to(person)) == 2  # the picture and the refusal
            for somebody in (operator, person):
                assert str(somebody.id) not in bot.written
