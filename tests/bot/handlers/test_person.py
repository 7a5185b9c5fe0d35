"""What is kept is told in words, as a file and is erased on one's word; never in a group."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.bot.handlers.test_donate import NOTE
from tests.bot.handlers.test_quiz import buttons, press
from tests.bot.stand_ins import ReadyWorker, Telegram
from tests.bot.talking import VOICE, command, message, tell

FILES = {"v": b"OggS a voice note"}
GIVE = press("donate:give:own", reply_to_message=NOTE)
SPEAK_SPANISH = press("language:es")

Sent = list[tuple[str, dict[str, Any]]]


@pytest.fixture
def talk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    async def talk(*updates: dict[str, Any], **chosen: Any) -> Sent:
        telegram = Telegram(FILES)
        settings: dict[str, Any] = {"donations_mb": 1, "data_dir": tmp_path, **chosen}
        await tell(monkeypatch, ReadyWorker(), telegram, *updates, **settings)
        return telegram.sent

    return talk


def asks(name: str, **where: Any) -> dict[str, Any]:
    return {"message": message(**where, **command(name))}


async def test_of_a_stranger_nothing_is_kept(talk: Any) -> None:
    [(_, sent)] = await talk(asks("/mydata"))
    assert sent["text"].startswith("I keep nothing about you")
    assert "reply_markup" not in sent


async def test_what_is_kept_is_told_in_plain_words(talk: Any) -> None:
    checked = {"message": message(voice=VOICE)}
    sent = (await talk(checked, GIVE, asks("/mydata")))[-1][1]
    assert "One answer that I gave you" in sent["text"]
    assert "One recording that you gave" in sent["text"]
    assert "you agreed to give recordings" in sent["text"]
    assert "Once you told me" not in sent["text"]
    erase, *others = buttons(sent)
    assert erase.startswith("mydata:erase:")
    assert others == ["mydata:file", "mydata:forget"]


async def test_of_one_day_one_date_is_told_and_of_the_sound_that_it_is_not_kept(talk: Any) -> None:
    checked = {"message": message(voice=VOICE)}
    said = (await talk(checked, checked, asks("/mydata")))[-1][1]["text"]
    assert re.search(r"2 answers that I gave you on \w+ \d+, \d+: ", said)
    assert "The sound is not kept." in said
    assert "hour" not in said


async def test_the_last_hour_is_told_where_an_operator_limits_it(talk: Any) -> None:
    checked = {"message": message(voice=VOICE)}
    said = (await talk(checked, asks("/mydata"), minutes_per_hour=5))[-1][1]["text"]
    assert "Minutes of sound heard in the last hour: 1, of at most 5 an hour." in said


async def test_of_what_operators_decided_only_those_hear_whom_it_is_about(talk: Any) -> None:
    said = (await talk(press("forget:yes")))[1][1]["text"]
    assert said.startswith("Done.")
    assert "whoever runs this bot" not in said
    let_in = asks("/allow 7")
    let_in["message"]["from"]["id"] = 8
    sent = await talk(let_in, press("forget:yes"), operators=frozenset({8}))
    [words] = [each["text"] for _, each in sent if each.get("text", "").startswith("Done.")]
    assert "only they can change that" in words


async def test_a_language_that_was_chosen_is_kept_and_spoken(talk: Any) -> None:
    sent = (await talk(SPEAK_SPANISH, asks("/mydata")))[-1][1]
    assert "El idioma que elegiste: Español" in sent["text"]


async def test_all_of_it_comes_as_a_file(talk: Any) -> None:
    name, sent = (await talk(GIVE, press("mydata:file")))[-1]
    assert name == "sendDocument"
    assert sent["caption"].startswith("All of it")


async def test_forgetting_asks_first_and_then_forgets(talk: Any, tmp_path: Path) -> None:
    [(_, sent)] = await talk(asks("/forget"))
    assert buttons(sent) == ["forget:yes", "forget:no"]
    sent = await talk(GIVE, press("forget:no"))
    assert "everything stays" in sent[-1][1]["text"]
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 2
    sent = await talk(GIVE, press("forget:yes"), asks("/mydata"))
    assert "I have erased" in [each.get("text", "") for _, each in sent][-3]
    assert "nothing about you" in sent[-1][1]["text"]


@pytest.mark.parametrize("name", ["/mydata", "/forget"])
async def test_in_a_group_nothing_is_told(talk: Any, name: str) -> None:
    [(_, sent)] = await talk(asks(name, chat="supergroup"))
    assert "private chat" in sent["text"]
    assert "reply_markup" not in sent


@pytest.mark.parametrize("data", ["mydata:file", "mydata:erase:x", "forget:yes"])
async def test_buttons_in_a_group_or_of_others_do_nothing(talk: Any, data: str) -> None:
    group: dict[str, Any] = {"chat": {"id": -7, "type": "group", "title": "G"}}
    for update in (press(data, **group), press(data, shown=["else"]), press(data, user=8)):
        [(name, sent)] = await talk(update)
        assert name == "answerCallbackQuery"
        assert "/mydata" in sent["text"]


async def test_a_donation_is_erased_by_its_button(talk: Any, tmp_path: Path) -> None:
    await talk(GIVE)
    [facts] = tmp_path.rglob("*.json")
    name = json.loads(facts.read_text())["file"].partition(".")[0]
    kept = await talk(press(f"mydata:erase:{name}"))  # another store: not theirs any more
    assert "nothing about you" in kept[-1][1]["text"]
    assert facts.exists()
