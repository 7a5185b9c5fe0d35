"""Giving takes one's own note, the truth and a consent; nothing less is kept."""

from pathlib import Path
from typing import Any

import pytest

from inference.errors import TookTooLong
from tests.bot.handlers.test_quiz import buttons, press
from tests.bot.stand_ins import ReadyWorker, Telegram
from tests.bot.talking import VOICE, command, message, tell

FILES = {"v": b"OggS a voice note"}
BOT = {"id": 1, "is_bot": True, "first_name": "Ouvido"}
NOTE = message(voice=VOICE)

Sent = list[tuple[str, dict[str, Any]]]


@pytest.fixture
def talk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    async def talk(*updates: dict[str, Any], **settings: Any) -> Sent:
        telegram, worker = Telegram(FILES), settings.pop("worker", ReadyWorker())
        settings = {"donations_mb": 1, "data_dir": tmp_path, **settings}
        await tell(monkeypatch, worker, telegram, *updates, **settings)
        return telegram.sent

    return talk


def donate(note: dict[str, Any] | None, **where: Any) -> dict[str, Any]:
    reply: dict[str, Any] = {"reply_to_message": note} if note else {}
    return {"message": message(**where, **command("/donate"), **reply)}


def kept(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


async def test_donate_explains_and_asks_who_speaks(talk: Any, tmp_path: Path) -> None:
    [(_, sent)] = await talk(donate(NOTE))
    assert "erase it at any time" in sent["text"]
    assert buttons(sent) == ["donate:was:own", "donate:machine", "donate:no"]
    assert kept(tmp_path) == []


async def test_truth_and_consent_are_asked_before_anything_is_kept(
    talk: Any, tmp_path: Path
) -> None:
    engine = (await talk(press("donate:machine", reply_to_message=NOTE)))[-1][1]
    assert "donate:was:elevenlabs" in buttons(engine)
    consent = (await talk(press("donate:was:elevenlabs", reply_to_message=NOTE)))[-1][1]
    assert "imitates nobody" in consent["text"]
    assert buttons(consent) == ["donate:give:elevenlabs", "donate:no"]
    refused = (await talk(press("donate:no", reply_to_message=NOTE)))[-1][1]
    assert "haven't kept anything" in refused["text"]
    assert kept(tmp_path) == []


async def test_with_consent_it_is_kept(talk: Any, tmp_path: Path) -> None:
    worker = ReadyWorker()
    sent = await talk(press("donate:give:own", reply_to_message=NOTE), worker=worker)
    assert "Kept. Thank you!" in sent[-1][1]["text"]
    assert worker.drawn == [False]  # nobody would see it
    assert {path.suffix for path in kept(tmp_path)} == {".oga", ".json"}


@pytest.mark.parametrize(
    ("note", "word"),
    [
        (None, "choose “Reply”"),
        ({**message(photo=[]), "from": BOT}, "choose “Reply”"),
        (message(text="hello"), "voice messages and sound files only"),
        (message(video={**VOICE, "width": 1, "height": 1}), "voice messages and sound files only"),
        (
            message(
                voice=VOICE,
                forward_origin={"type": "hidden_user", "sender_user_name": "B", "date": 0},
            ),
            "not a message from somebody else",
        ),
        (message(voice=VOICE, sender=False), "not a message from somebody else"),
        (message(voice={**VOICE, "file_size": 6 * 1024**2}), "at most 5 MB"),
    ],
    ids=["nothing", "our answer", "text", "film", "forwarded", "not theirs", "too large"],
)
async def test_what_can_not_be_given_gets_one_sentence(
    talk: Any, note: dict[str, Any] | None, word: str
) -> None:
    [(_, sent)] = await talk(donate(note))
    assert word in sent["text"]
    assert "reply_markup" not in sent


async def test_groups_and_bots_that_take_none_say_so(talk: Any) -> None:
    [(_, sent)] = await talk(donate(NOTE, chat="supergroup"))
    assert "private chat" in sent["text"]
    [(_, sent)] = await talk(donate(NOTE), donations_mb=0)
    assert "takes no recordings" in sent["text"]


async def test_own_forwards_may_be_given(talk: Any) -> None:
    me = {"type": "user", "sender_user": NOTE["from"], "date": 0}
    [(_, sent)] = await talk(donate(message(voice=VOICE, forward_origin=me)))
    assert "who speaks in it?" in sent["text"]


@pytest.mark.parametrize("note", [None, message(voice=VOICE, sender=False)])
async def test_consent_for_a_note_that_is_gone_or_another_persons_keeps_nothing(
    talk: Any, tmp_path: Path, note: dict[str, Any] | None
) -> None:
    under: dict[str, Any] = {"reply_to_message": note} if note else {}
    await talk(press("donate:give:own", **under))
    assert kept(tmp_path) == []


async def test_buttons_that_are_not_there_keep_nothing(talk: Any, tmp_path: Path) -> None:
    shown = ["donate:was:own"]  # no consent was asked yet
    [(name, sent)] = await talk(press("donate:give:own", shown, reply_to_message=NOTE))
    assert (name, "old" in sent["text"]) == ("answerCallbackQuery", True)
    await talk(press("donate:give:../../x", reply_to_message=NOTE))
    assert kept(tmp_path) == []


async def test_what_can_not_be_heard_is_not_kept(talk: Any, tmp_path: Path) -> None:
    worker = ReadyWorker(TookTooLong("s"))
    sent = await talk(press("donate:give:own", reply_to_message=NOTE), worker=worker)
    assert "shorter piece" in sent[-1][1]["text"]
    assert kept(tmp_path) == []
