"""Each button of /demo brings a recording and, under it, the answer that a note would get."""

from typing import Any

import pytest

from bot.services.demo import Example, examples
from bot.telegram import commands
from bot.texts import LANGUAGES, texts_for
from tests.bot.handlers.test_quiz import buttons, press, process
from tests.bot.stand_ins import ReadyWorker, Telegram
from tests.bot.talking import bot, command, message, tell

FIRST = examples()[0]
FORBIDDEN = (400, {"error_code": 400, "description": "VOICE_MESSAGES_FORBIDDEN"})


def tap(example: Example, **other: Any) -> dict[str, Any]:
    return press(f"demo:{example.name}", **other)


def telegram() -> Telegram:
    """From which the recording that was just sent can be fetched, as from the real one."""
    return Telegram({"V": FIRST.read()})


async def test_it_offers_a_button_for_each_recording(monkeypatch: pytest.MonkeyPatch) -> None:
    out = telegram()
    await tell(monkeypatch, ReadyWorker(), out, {"message": message(**command("/demo"))})
    [(name, sent)] = out.sent
    assert name == "sendMessage"
    assert buttons(sent) == [f"demo:{each.name}" for each in examples()]


async def test_in_a_group_it_says_where_to_look(monkeypatch: pytest.MonkeyPatch) -> None:
    out = telegram()
    group = {"message": message("supergroup", **command("/demo"))}
    await tell(monkeypatch, ReadyWorker(), out, group)
    [(_, sent)] = out.sent
    assert "private" in sent["text"]
    assert "reply_markup" not in sent


@pytest.mark.parametrize("example", examples(), ids=lambda each: each.name)
async def test_a_press_brings_the_recording_and_then_its_answer(
    monkeypatch: pytest.MonkeyPatch, example: Example
) -> None:
    out, worker = Telegram({"V": example.read()}), ReadyWorker()
    await tell(monkeypatch, worker, out, tap(example))
    sent = [(name, each) for name, each in out.sent if name.startswith("send")]
    assert [name for name, _ in sent] == ["sendVoice", "sendChatAction", "sendPhoto"]
    voice, answer = sent[0][1], sent[2][1]
    assert example.attribution in voice["caption"]
    assert example.licence in voice["caption"]
    assert worker.asked == [example.read()]
    assert "This sounds like an AI voice, made by a machine" in answer["caption"]
    assert [data.partition(":")[0] for data in buttons(answer)][:2] == ["why", "zoom"]


async def test_a_second_press_at_once_sends_nothing_more(monkeypatch: pytest.MonkeyPatch) -> None:
    out = telegram()
    await tell(monkeypatch, ReadyWorker(), out, tap(FIRST), tap(FIRST))
    assert [name for name, _ in out.sent].count("sendVoice") == 1


async def test_the_next_person_gets_it_without_an_upload(monkeypatch: pytest.MonkeyPatch) -> None:
    out = telegram()
    async with bot(monkeypatch, ReadyWorker(), out) as built:
        await process(built, tap(FIRST))
        await process(built, tap(FIRST, user=8))
    voices = [sent.get("voice") for name, sent in out.sent if name == "sendVoice"]
    assert voices == [None, "V"]  # nothing: it came along as a file


@pytest.mark.parametrize(
    "update",
    [
        press("demo:"),
        press("demo:../person"),
        press("demo:person", shown=["something else"]),
        press("demo:person", chat={"id": -7, "type": "supergroup", "title": "G"}),
    ],
    ids=["nothing", "nonsense", "foreign", "group"],
)
async def test_a_button_that_is_not_there_gets_a_word(
    monkeypatch: pytest.MonkeyPatch, update: dict[str, Any]
) -> None:
    out = telegram()
    await tell(monkeypatch, ReadyWorker(), out, update)
    [(name, sent)] = out.sent
    assert name == "answerCallbackQuery"
    assert "/demo" in sent["text"]


async def test_where_no_voice_messages_are_allowed_it_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    out = telegram()
    out.refuse = lambda name: FORBIDDEN if name == "sendVoice" else None
    await tell(monkeypatch, ReadyWorker(), out, tap(FIRST))
    assert "aren't allowed here" in out.sent[-1][1]["text"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_in_the_help_and_in_the_menu_of_private_chats(language: str) -> None:
    texts = texts_for(language, language)
    help_ = texts.say(
        "chat", "help", megabytes=20, minutes=5, guest="no", name="ouvido_bot", model="m"
    )
    assert "/demo" in help_
    assert "demo" in [each.command for each in commands.private(texts, donations=False)]
    assert "demo" not in [each.command for each in commands.group(texts)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_name_the_time_at_which_the_machine_speaks(language: str) -> None:
    [example] = [each for each in examples() if each.machine]
    assert example.machine is not None
    words = texts_for(language, language).say("demo", "is_part")
    for second in example.machine:
        assert f"0:{round(second):02}" in words
