"""When Telegram answers badly or not at all, every note is answered all the same."""

import asyncio

import pytest

from tests.fake_telegram import (
    BadGateway,
    FakeTelegram,
    Fault,
    Hang,
    HangUp,
    ServerError,
    TooMany,
)

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.usefixtures("bot")]

LATER = 0.7  # s in which a second answer would have come


@pytest.mark.parametrize(
    ("method", "fault", "times"),
    [
        ("sendPhoto", TooMany(retry_after=1), 2),
        ("sendPhoto", ServerError(500), 2),
        ("sendPhoto", BadGateway(), 2),
        ("sendPhoto", HangUp(), 2),
        ("getFile", TooMany(retry_after=1), 1),
        ("getFile", ServerError(504), 1),
        ("getFile", HangUp(midway=True), 1),
        ("download", ServerError(502), 1),
        ("download", TooMany(retry_after=1), 1),
        ("download", HangUp(midway=True), 2),
        ("sendChatAction", TooMany(retry_after=30), 1),
        ("sendChatAction", HangUp(), 1),
        ("getUpdates", ServerError(500), 1),
        ("getUpdates", BadGateway(), 1),
        ("getUpdates", HangUp(midway=True), 1),
    ],
    ids=repr,
)
async def test_a_note_is_answered_exactly_once(
    telegram: FakeTelegram, note: bytes, method: str, fault: Fault, times: int
) -> None:
    person = telegram.person()
    telegram.fails(method, fault, times)
    telegram.sends_voice(person, note)
    await telegram.next_call("sendPhoto", person)
    await asyncio.sleep(LATER)
    assert len(telegram.sent_to(person)) == 1


async def test_an_error_message_outlasts_a_flood_limit(telegram: FakeTelegram) -> None:
    person = telegram.person()
    telegram.fails("sendMessage", TooMany(retry_after=1))
    telegram.sends_voice(person, b"no sound")
    await telegram.next_call("sendMessage", person)
    await asyncio.sleep(LATER)
    assert len(telegram.sent_to(person)) == 1


async def test_an_answer_that_broke_off_is_not_lost(telegram: FakeTelegram, note: bytes) -> None:
    """Nobody can know then whether Telegram took the photo: two are better than none."""
    person = telegram.person()
    telegram.fails("sendPhoto", HangUp(midway=True))
    telegram.sends_voice(person, note)
    await telegram.until(lambda: bool(telegram.sent_to(person)))
    await asyncio.sleep(LATER)
    assert len(telegram.sent_to(person)) <= 2


async def test_a_download_that_hangs_holds_up_nobody_else(
    telegram: FakeTelegram, note: bytes
) -> None:
    slow, quick = telegram.person("Slow"), telegram.person("Quick")
    telegram.fails("download", Hang(seconds=12))
    sent = telegram.sends_voice(slow, note)
    path = telegram.chats.file(sent["voice"]["file_id"]).path
    await telegram.until(
        lambda: any(call.parameters.get("path") == path for call in telegram.calls)
    )
    telegram.sends_voice(quick, note)
    await telegram.next_call("sendPhoto", quick, seconds=11)
    assert not telegram.sent_to(slow)
    await telegram.next_call("sendPhoto", slow)
    assert len(telegram.sent_to(slow)) == 1


async def test_someone_who_blocked_the_bot_harms_nobody(
    telegram: FakeTelegram, note: bytes
) -> None:
    gone, here = telegram.person("Gone"), telegram.person("Here")
    telegram.chats.blocked.add(gone.id)
    telegram.sends_voice(gone, note)
    refused = await telegram.next_call("sendPhoto", gone, refused=True)
    assert refused.status == 403
    telegram.sends_voice(here, note)
    await telegram.next_call("sendPhoto", here)
