"""A clip is asked about, the answer comes into the same message, the fifth brings the score."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from telegram import Update

from bot.services.quiz.adding import LONGEST_ATTRIBUTION, LONGEST_LICENCE, add
from bot.services.quiz.clips import shipped
from bot.services.quiz.game import ROUNDS, Game
from bot.services.quiz.own import folder_of, own, remove
from bot.settings import Settings
from bot.telegram.context import App
from bot.texts import LANGUAGES, texts_for
from inference.errors import TookTooLong
from inference.verdict import Label
from tests.bot.stand_ins import ReadyWorker, Telegram, verdict
from tests.bot.talking import VOICE, bot, command, message, tell
from tests.sounds import encode, speech

GAME = Game(seed=5, language="en", player=7)

Sent = list[tuple[str, dict[str, Any]]]


def press(data: str, shown: list[str] | None = None, user: int = 7, **other: Any) -> dict[str, Any]:
    """A button under a message of ours; `shown` are those that it has, else just this one."""
    buttons = [{"text": "a button", "callback_data": each} for each in shown or [data]]
    under = message(reply_markup={"inline_keyboard": [buttons]}, text="a clip") | other
    user_of = {"id": user, "is_bot": False, "first_name": "B", "language_code": "en"}
    query = {"id": "1", "from": user_of, "chat_instance": "1", "data": data, "message": under}
    return {"callback_query": query}


def tap(data: str, **other: Any) -> dict[str, Any]:
    """A button under a clip."""
    return press(data, voice=VOICE, caption="a clip", text=None, **other)


async def said(monkeypatch: pytest.MonkeyPatch, *updates: dict[str, Any], **worker: Any) -> Sent:
    telegram = Telegram()
    await tell(monkeypatch, ReadyWorker(**worker), telegram, *updates)
    return telegram.sent


def buttons(sent: dict[str, Any]) -> list[str]:
    markup = sent["reply_markup"]
    markup = json.loads(markup) if isinstance(markup, str) else markup
    return [button["callback_data"] for row in markup["inline_keyboard"] for button in row]


async def test_quiz_sends_a_clip_with_two_buttons(monkeypatch: pytest.MonkeyPatch) -> None:
    [(name, sent)] = await said(monkeypatch, {"message": message(**command("/quiz"))})
    assert name == "sendVoice"
    assert sent["caption"] == "🎧 Person or machine? 1/5"
    actions = [Game.read(data, shipped()) for data in buttons(sent)]
    assert [action for action, _ in filter(None, actions)] == ["human", "synthetic"]
    assert {game.player for _, game in filter(None, actions)} == {7}


async def test_who_has_no_clips_in_their_language_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    [(_, sent)] = await said(monkeypatch, {"message": message(language="pt", **command("/quiz"))})
    assert "outras línguas" in sent["caption"]


@pytest.mark.parametrize("user", [7, 8])
async def test_whose_recording_it_is_stands_behind_a_button_for_everybody(
    monkeypatch: pytest.MonkeyPatch, user: int
) -> None:
    [(name, sent)] = await said(monkeypatch, tap(GAME.data("source"), user=user))
    assert name == "answerCallbackQuery"
    assert GAME.clip.attribution in sent["text"]
    assert GAME.clip.licence in sent["text"]


async def test_an_operators_own_recordings_are_dealt(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = folder_of(Settings(data_dir=tmp_path))
    for seed in (1, 2):
        note = encode(speech(5.0, seed=seed), "ogg")
        add(folder, note, Label.HUMAN, "pt", "CC0 1.0")
    game = Game(5, "pt-BR", 7, clips=(*shipped(), *own(folder)))
    number = [clip.truth for clip in game.dealt].index(Label.HUMAN) + 1
    worker, telegram, asked = ReadyWorker(), Telegram(), replace(game, number=number)
    async with bot(monkeypatch, worker, telegram, data_dir=tmp_path) as built:
        await process(built, tap(asked.data("human")))
        assert worker.asked == [asked.clip.read()]
        assert "That's right" in telegram.sent[-1][1]["caption"]
        await process(built, tap(asked.data("source")))
        assert "by whoever runs this bot" in telegram.sent[-1][1]["text"]
        remove(folder, asked.clip.file.removesuffix(".ogg"))
        await process(built, tap(asked.data("next")))
        assert "This game is over" in telegram.sent[-1][1]["text"]  # it would be about another clip


@pytest.mark.parametrize("answer", [Label.HUMAN, Label.SYNTHETIC])
async def test_an_answer_is_told_in_the_clips_own_message(
    monkeypatch: pytest.MonkeyPatch, answer: Label
) -> None:
    sent = await said(monkeypatch, tap(GAME.data(answer)))
    assert [name for name, _ in sent] == ["answerCallbackQuery", "editMessageCaption"]
    edit = sent[-1][1]
    assert ("That's right" in edit["caption"]) == (answer is GAME.clip.truth)
    assert GAME.clip.attribution not in edit["caption"]  # it has a button
    assert "What I hear myself: it sounds like a machine" in edit["caption"]
    right, ours = answer is GAME.clip.truth, GAME.clip.truth is Label.SYNTHETIC
    after = GAME.answered(right, ours)
    assert buttons(edit) == [after.data("next"), after.data("source")]


async def test_no_picture_of_a_clip_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    worker = ReadyWorker()
    await tell(monkeypatch, worker, Telegram(), tap(GAME.data(Label.HUMAN)))
    assert worker.drawn == [False]


async def test_next_takes_the_old_button_away_and_asks_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sent = await said(monkeypatch, tap(GAME.data("next")))
    assert [name for name, _ in sent][1:] == ["editMessageCaption", "sendVoice"]
    assert sent[-1][1]["caption"].endswith("2/5")


async def test_next_pressed_twice_asks_once(monkeypatch: pytest.MonkeyPatch) -> None:
    telegram = Telegram()
    same = (400, {"error_code": 400, "description": "Bad Request: message is not modified"})
    telegram.refuse = lambda name: same if name == "editMessageCaption" else None
    await tell(monkeypatch, ReadyWorker(), telegram, tap(GAME.data("next")))
    assert "sendVoice" not in [name for name, _ in telegram.sent]


async def test_the_last_answer_brings_the_score(monkeypatch: pytest.MonkeyPatch) -> None:
    last = Game(seed=5, language="en", player=7, number=ROUNDS, right=3, ours=2)
    sent = await said(monkeypatch, tap(last.data(last.clip.truth)), outcome=verdict(0.9))
    caption, [button, _] = sent[-1][1]["caption"], buttons(sent[-1][1])
    ours = 2 + (last.clip.truth is Label.SYNTHETIC)
    assert f"You got 4 of 5 right. I got {ours} of 5." in caption
    assert "What a good ear!" in caption
    assert button.startswith("quiz:again:")
    again = await said(monkeypatch, tap(button))
    assert again[-1][1]["caption"].endswith("1/5")


async def test_in_a_group_nobody_else_may_tap(monkeypatch: pytest.MonkeyPatch) -> None:
    [(name, sent)] = await said(monkeypatch, tap(GAME.data("human"), user=8))
    assert name == "answerCallbackQuery"
    assert "somebody else's" in sent["text"]


async def test_of_an_anonymous_administrator_anybody_may_tap(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    group = {"id": -7, "type": "supergroup", "title": "G"}
    [(_, sent)] = await said(
        monkeypatch, {"message": message("supergroup", sender_chat=group, **command("/quiz"))}
    )
    answered = await said(monkeypatch, tap(buttons(sent)[0], user=8))
    assert answered[-1][0] == "editMessageCaption"


@pytest.mark.parametrize(
    "update",
    [
        tap("quiz:"),
        tap("quiz:human:zzz"),
        tap("quiz:nonsense:1:en:1:0:0:7", shown=["something else"]),
        tap(GAME.data("human"), shown=[GAME.data("next")]),  # answered already
        tap(GAME.data("human"), date=0, reply_markup=None),
    ],
    ids=["nothing", "nonsense", "foreign", "pressed twice", "no buttons"],
)
async def test_a_button_that_is_not_there_gets_a_word_and_changes_nothing(
    monkeypatch: pytest.MonkeyPatch, update: dict[str, Any]
) -> None:
    [(name, sent)] = await said(monkeypatch, update)
    assert name == "answerCallbackQuery"
    assert "/quiz" in sent["text"]


async def test_a_clip_that_could_not_be_judged_is_answered_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sent = await said(monkeypatch, tap(GAME.data("human")), outcome=TookTooLong("s"))
    assert "I can't tell" in sent[-1][1]["caption"]


async def test_a_clip_is_uploaded_once_and_again_when_telegram_has_forgotten_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    telegram = Telegram()
    async with bot(monkeypatch, ReadyWorker(), telegram) as built:
        await process(built, tap(GAME.data("next")))
        await process(built, tap(GAME.data("next")))
        voices = [sent.get("voice") for name, sent in telegram.sent if name == "sendVoice"]
        assert voices == [None, "V"]  # nothing: it came along as a file
        refusals = iter([(400, {"error_code": 400, "description": "wrong file identifier"})])
        telegram.refuse = lambda name: next(refusals, None) if name == "sendVoice" else None
        await process(built, tap(GAME.data("next")))
    voices = [sent.get("voice") for name, sent in telegram.sent if name == "sendVoice"]
    assert voices == [None, "V", "V", None]


async def test_where_no_voice_messages_are_allowed_it_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    telegram = Telegram()
    forbidden = (400, {"error_code": 400, "description": "VOICE_MESSAGES_FORBIDDEN"})
    telegram.refuse = lambda name: forbidden if name == "sendVoice" else None
    await tell(monkeypatch, ReadyWorker(), telegram, {"message": message(**command("/quiz"))})
    assert "aren't allowed here" in telegram.sent[-1][1]["text"]


async def process(built: App, update: dict[str, Any]) -> None:
    await built.process_update(Update.de_json({"update_id": 1, **update}, built.bot))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_longest_answer_fits_under_a_clip(language: str) -> None:
    words = texts_for(language, "en")
    longest = [
        words.say("quiz", "wrong"),
        words.say("quiz", "was_human"),
        max((words.say("quiz", f"tip_human_{number}") for number in (1, 2, 3)), key=len),
        words.say("quiz", "ours_inconclusive"),
        words.say("quiz", "score", right=1, ours=1, count=ROUNDS),
        max((words.say("quiz", f"score_{how}") for how in ("high", "fair", "low")), key=len),
    ]
    assert len("\n\n".join(longest).encode("utf-16-le")) // 2 <= 1024


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_longest_source_fits_into_an_alert(language: str) -> None:
    longest = {"attribution": "A" * LONGEST_ATTRIBUTION, "licence": "L" * LONGEST_LICENCE}
    for truth in (Label.HUMAN, Label.SYNTHETIC):
        words = texts_for(language, "en").say("quiz", f"source_{truth}", **longest)
        assert len(words.encode("utf-16-le")) // 2 <= 200
    for clip in shipped():
        assert len(clip.attribution) <= LONGEST_ATTRIBUTION
        assert len(clip.licence) <= LONGEST_LICENCE
