"""A person gives a recording, chooses a language, looks at what is kept and has it erased."""

import json

import pytest

from bot.texts import texts_for
from tests.fake_telegram import FakeTelegram, Person
from tests.service import running

pytestmark = pytest.mark.asyncio(loop_scope="session")


def menu_of(telegram: FakeTelegram, person: Person) -> str | None:
    """What the menu of a person's own chat says about /language; None: that chat has no own."""
    for call in reversed(telegram.calls):
        if call.method in ("setMyCommands", "deleteMyCommands") and call.status == 200:
            if json.loads(call.parameters["scope"]).get("chat_id") != person.id:
                continue
            menu = json.loads(call.parameters.get("commands", "[]"))
            described = {command["command"]: command["description"] for command in menu}
            return described.get("language")
    return None


async def test_what_was_given_is_kept_shown_and_erased(note: bytes) -> None:
    async with FakeTelegram() as telegram, running(telegram, DONATIONS_MB="5") as service:
        kept = service.folder / "data" / "donations"
        ana = telegram.person("Ana", language="pt-br")
        sent = telegram.sends_voice(ana, note)
        await telegram.next_call("sendPhoto", ana)

        telegram.sends_text(ana, "/donate", reply_to=sent)
        asked = await telegram.next_call("sendMessage", ana)
        telegram.taps(ana, asked.result, "própria voz")
        consent = await telegram.next_call("editMessageText", ana)
        assert not kept.exists()
        telegram.taps(ana, consent.result, "Concordo")
        thanks = await telegram.next_call("editMessageText", ana)
        assert thanks.parameters["text"].startswith("Guardada")
        assert [path.read_bytes() for path in kept.glob("*.oga")] == [note]

        telegram.sends_text(ana, "/language")
        which = await telegram.next_call("sendMessage", ana)
        telegram.taps(ana, which.result, "English")
        await telegram.until(lambda: menu_of(telegram, ana) == "Choose my language")
        telegram.sends_text(ana, "/mydata")
        shown = await telegram.next_call("sendMessage", ana)
        assert "The language that you chose: English" in shown.parameters["text"]
        assert "One recording that you gave" in shown.parameters["text"]
        telegram.taps(ana, shown.result, "as a file")
        file = await telegram.next_call("sendDocument", ana)
        everything = json.loads(file.files["document"])
        assert {name: len(rows) for name, rows in everything.items() if rows} == {
            "choices": 1,
            "answers": 1,
            "donations": 1,
        }

        telegram.sends_text(ana, "/forget")
        sure = await telegram.next_call("sendMessage", ana)
        telegram.taps(ana, sure.result, "Yes")
        await telegram.until(lambda: menu_of(telegram, ana) is None)
        assert list(kept.iterdir()) == []
        telegram.sends_text(ana, "/mydata")
        nothing = await telegram.next_call("sendMessage", ana)
        assert nothing.parameters["text"] == texts_for("pt-BR", "en").say("person", "nothing")


async def test_somebody_elses_buttons_tell_and_erase_nothing(
    telegram: FakeTelegram, bot: object, note: bytes
) -> None:
    ana, eve = telegram.person("Ana", language="en"), telegram.person("Eve", language="en")
    telegram.sends_voice(ana, note)
    await telegram.next_call("sendPhoto", ana)
    telegram.sends_text(ana, "/mydata")
    shown = await telegram.next_call("sendMessage", ana)
    stale = texts_for("en", "en").say("person", "stale")
    for data in ("mydata:file", "mydata:forget", "forget:yes"):
        telegram.presses(eve, shown.result, data)
    await telegram.until(
        lambda: [call.parameters.get("text") for call in telegram.calls].count(stale) == 3
    )
    assert telegram.sent_to(eve) == []
    telegram.sends_text(ana, "/mydata")
    again = await telegram.next_call("sendMessage", ana)
    assert again.parameters["text"] == shown.parameters["text"]
