"""Whatever is sent: one clear sentence or an honest "I can't tell"; the next note is answered."""

import io
import random

import pytest
from PIL import Image

from bot.texts import texts_for
from inference.verdict import Label, Reason
from tests import sounds
from tests.fake_telegram import FakeTelegram, Person
from tests.fake_telegram.errors import JSON
from tests.service import Service

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.usefixtures("bot")]

ENGLISH = texts_for("en", "en")
MEGABYTE = 1024**2


def png() -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (64, 64), "red").save(made, "PNG")
    return made.getvalue()


def film_without_sound() -> bytes:
    picture = "-f lavfi -i testsrc=size=64x64:rate=10 -t 2"
    return sounds.ffmpeg(f"{picture} -c:v libx264 -pix_fmt yuv420p", suffix="mp4")


async def sentence(telegram: FakeTelegram, person: Person) -> str:
    return (await telegram.next_call("sendMessage", person)).parameters["text"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (random.Random(1).randbytes(50_000), "unknown_file"),
        (b"OggS" + random.Random(2).randbytes(5_000), "undecodable"),
        (png(), "unknown_file"),
    ],
    ids=["empty", "random", "damaged", "picture"],
)
async def test_what_is_no_sound_gets_one_sentence(
    telegram: FakeTelegram, data: bytes, code: str
) -> None:
    person = telegram.person(language="en")
    telegram.sends_voice(person, data)
    assert await sentence(telegram, person) == ENGLISH.error(code, 20 * MEGABYTE)
    assert len(telegram.sent_to(person)) == 1


@pytest.mark.parametrize(
    "content",
    [
        "#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n{url}\n#EXT-X-ENDLIST\n",
        "ffconcat version 1.0\nfile '{url}'\n",
        "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\na=control:{url}\n",
        '<svg xmlns="http://www.w3.org/2000/svg"><image href="{url}"/></svg>',
        "[playlist]\nFile1={url}\nNumberOfEntries=1\n",
    ],
    ids=["HLS", "concat", "SDP", "SVG", "PLS"],
)
async def test_a_file_that_names_an_address_is_not_followed(
    telegram: FakeTelegram, content: str
) -> None:
    person = telegram.person(language="en")
    telegram.sends_voice(person, content.format(url=f"{telegram.url}/bot0/canary").encode())
    assert await sentence(telegram, person) == ENGLISH.error("unknown_file", 20 * MEGABYTE)
    assert "canary" not in {call.method for call in telegram.calls}


async def test_a_film_without_sound_gets_one_sentence(telegram: FakeTelegram) -> None:
    person = telegram.person(language="en")
    details = {"duration": 2, "width": 64, "height": 64}
    telegram.sends_file(person, "video", film_without_sound(), details)
    assert await sentence(telegram, person) == ENGLISH.error("no_audio", 20 * MEGABYTE)


@pytest.mark.parametrize("hidden", [False, True], ids=["size told", "size left out"])
async def test_a_note_over_the_limit_is_never_fetched(telegram: FakeTelegram, hidden: bool) -> None:
    person = telegram.person(language="en")
    file = telegram.chats.keep("audio", b"", size=21 * MEGABYTE)
    details: JSON = file.as_json | {"duration": 9}
    if hidden:
        del details["file_size"]  # Telegram may; then only getFile says that it is too big
    telegram.updates.add("message", telegram.chats.add(person, person.as_user, audio=details))
    assert await sentence(telegram, person) == ENGLISH.error("too_large", 20 * MEGABYTE)
    downloads = [call for call in telegram.calls if call.method == "download"]
    assert file.path not in {call.parameters["path"] for call in downloads}


@pytest.mark.parametrize(
    ("sound", "reason"),
    [
        (sounds.speech(0.2), None),  # no speech or too little of it: both are true
        (sounds.silence(5), "no_speech"),
        (sounds.speech(6)[: sounds.RATE // 2], None),
    ],
    ids=["0.2 s", "silence", "0.5 s"],
)
async def test_what_cannot_be_judged_gets_a_picture_and_the_reason(
    telegram: FakeTelegram, sound: sounds.Sound, reason: str | None
) -> None:
    person = telegram.person(language="en")
    telegram.sends_voice(person, sounds.encode(sound, "ogg"))
    caption = (await telegram.next_call("sendPhoto", person)).parameters["caption"]
    assert caption.startswith(ENGLISH.say("verdict", Label.INCONCLUSIVE))
    reasons = [reason] if reason else ["no_speech", "too_short"]
    assert any(ENGLISH.say("reasons", each) in caption for each in reasons)


async def test_music_is_not_taken_for_a_machine_that_speaks(telegram: FakeTelegram) -> None:
    person = telegram.person(language="en")
    telegram.sends_voice(person, sounds.encode(sounds.music(6), "ogg"))
    caption = (await telegram.next_call("sendPhoto", person)).parameters["caption"]
    assert caption.startswith(ENGLISH.say("verdict", Label.INCONCLUSIVE))
    assert ENGLISH.say("reasons", Reason.MUSIC) in caption
    assert ENGLISH.say("advice", Reason.MUSIC) in caption


async def test_a_note_that_breaks_off_is_judged_as_far_as_it_goes(
    telegram: FakeTelegram, note: bytes
) -> None:
    person = telegram.person(language="en")
    telegram.sends_voice(person, note[: len(note) // 2])
    await telegram.next_call("sendPhoto", person)


@pytest.mark.parametrize(
    "update",
    [
        {"some_future_kind": {"id": 1}},
        {"edited_message": {"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private"}}},
        {"channel_post": {"message_id": 1, "date": 1, "chat": {"id": -9, "type": "channel"}}},
        {"message": {"message_id": "not a number"}},
    ],
    ids=["unknown", "edited", "channel", "broken"],
)
async def test_updates_of_other_kinds_are_passed_over(
    telegram: FakeTelegram, note: bytes, update: JSON
) -> None:
    person = telegram.person()
    telegram.updates.push(update)
    telegram.sends_voice(person, note)
    await telegram.next_call("sendPhoto", person)


async def test_a_message_with_nothing_known_in_it_gets_a_hint(telegram: FakeTelegram) -> None:
    person = telegram.person(language="en")
    content = telegram.chats.add(person, person.as_user, quantum_note={"qubits": 3})
    telegram.updates.add("message", content)
    assert await sentence(telegram, person) == ENGLISH.say("chat", "text")


async def test_nothing_of_this_left_a_traceback_or_a_file(
    telegram: FakeTelegram, bot: Service, note: bytes
) -> None:
    person = telegram.person()
    telegram.sends_voice(person, note)
    await telegram.next_call("sendPhoto", person)
    assert "Traceback" not in bot.written
    await telegram.until(lambda: not bot.left, seconds=30)
