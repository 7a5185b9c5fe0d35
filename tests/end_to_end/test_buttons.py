"""What stands under an answer works with the real model, and looks as it should."""

import io
import json

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from tests import sounds
from tests.fake_telegram import FakeTelegram, Person, buttons
from tests.fake_telegram.errors import JSON

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.usefixtures("bot")]


async def answered(telegram: FakeTelegram) -> tuple[Person, JSON]:
    """Somebody, and the answer to their note of twelve seconds."""
    person = telegram.person(language="en")
    telegram.sends_voice(person, sounds.encode(sounds.speech(12), "ogg"))
    call = await telegram.next_call("sendPhoto", person)
    return person, call.result


async def test_why_explains_in_few_lines_and_tells_the_file_when_asked(
    telegram: FakeTelegram,
) -> None:
    person, answer = await answered(telegram)
    telegram.taps(person, answer, "why:")
    why = await telegram.next_call("sendMessage", person)
    assert len(why.result["text"].splitlines()) <= 10
    assert "Kind of file" not in why.result["text"]
    telegram.taps(person, why.result, "file:")
    told = await telegram.next_call("editMessageText", person)
    assert "Kind of file: ogg" in told.result["text"]
    telegram.taps(person, answer, "why:")
    await telegram.until(lambda: not telegram.updates.pending)
    assert len(telegram.sent_to(person)) == 2


async def test_a_closer_look_is_another_picture_that_moves(telegram: FakeTelegram) -> None:
    person, answer = await answered(telegram)
    telegram.taps(person, answer, "zoom:")
    look = await telegram.next_call("sendPhoto", person)
    telegram.taps(person, look.result, "➖")
    moved = await telegram.next_call("editMessageMedia", person)
    pictures = [_pixels(next(iter(call.files.values()))) for call in (look, moved)]
    assert np.abs(pictures[0] - pictures[1]).mean() > 2
    labels = [button["text"] for button in buttons(moved.result)]
    assert labels[-1] == "✖ Close"
    telegram.taps(person, moved.result, "close:")
    await telegram.next_call("deleteMessage", person)
    assert len(telegram.sent_to(person)) == 1


async def test_a_report_can_be_read_and_tells_the_same(telegram: FakeTelegram) -> None:
    person, answer = await answered(telegram)
    telegram.taps(person, answer, "report:")
    call = await telegram.next_call("sendMediaGroup", person)
    pdf, told = sorted(call.files.values(), key=lambda content: content[:1])
    assert pdf.startswith(b"%PDF")
    assert json.loads(told)["words"] in answer["caption"]


async def test_a_guest_reads_the_words_and_sees_the_picture_by_the_link(
    telegram: FakeTelegram, note: bytes
) -> None:
    maria, joao = telegram.person("Maria", "pt-br"), telegram.person("João")
    chat = telegram.conversation(joao)
    telegram.summons(maria, chat, telegram.notes(joao, chat, note))
    call = await telegram.next_call("answerGuestQuery")
    said = telegram.methods.guests.sent[call.result["inline_message_id"]]
    [link] = buttons(said)
    telegram.follows(maria, link["url"])
    shown = await telegram.next_call("sendPhoto", maria)
    headline = said["text"].split("\n")[0]  # there in few words, here in full
    assert shown.result["caption"].startswith(headline)
    assert telegram.sent_to(joao) == []


def _pixels(picture: bytes) -> NDArray[np.float32]:
    with Image.open(io.BytesIO(picture)) as image:
        assert min(image.size) >= 480
        return np.asarray(image.convert("RGB"), np.float32)
