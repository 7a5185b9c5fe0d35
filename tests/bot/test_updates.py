"""What Telegram sends becomes updates, whatever it is."""

import json
from typing import Any

import pytest

from bot import updates
from bot.retries import PatientRequest

POLL = {"id": "without the rest of it"}


async def polled(monkeypatch: pytest.MonkeyPatch, code: int, payload: bytes) -> tuple[int, bytes]:
    async def reply(*args: Any, **kwargs: Any) -> tuple[int, bytes]:
        return code, payload

    monkeypatch.setattr(PatientRequest, "do_request", reply)
    async with updates.PollRequest() as request:
        return await request.do_request("https://a.b/bot1:a/getUpdates", "POST")


async def test_an_update_that_cannot_be_read_does_not_hold_up_the_others(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    chat = {"id": 7, "type": "private"}
    good = {"message_id": 5, "date": 1700000000, "chat": chat, "text": "hello"}
    batch = [{"update_id": 1, "poll": POLL}, {"update_id": 2, "message": good}]
    payload = json.dumps({"ok": True, "result": batch}).encode()
    code, kept = await polled(monkeypatch, 200, payload)
    first, second = json.loads(kept)["result"]
    assert (code, first) == (200, {"update_id": 1})
    assert second["message"]["text"] == "hello"
    assert "Update 1 can't be read" in caplog.text


@pytest.mark.parametrize(
    ("code", "payload"), [(200, b"<html>"), (502, b"<html>"), (409, b'{"ok": false}')]
)
async def test_what_is_no_list_of_updates_is_left_to_the_library(
    monkeypatch: pytest.MonkeyPatch, code: int, payload: bytes
) -> None:
    assert await polled(monkeypatch, code, payload) == (code, payload)


@pytest.mark.parametrize("content", [None, 7, [], {}, {"update_id": "3"}])
def test_what_has_no_number_is_no_update(content: object) -> None:
    with pytest.raises(ValueError, match="no update"):
        updates.parse(content, None)
