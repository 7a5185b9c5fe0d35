"""What gets into the log, and what must not."""

import asyncio
import json
import logging
import sys
from typing import Any

import pytest

from bot import log

TOKEN = "123:very-secret"
MESSAGE = {
    "message_id": 7,
    "date": 0,
    "chat": {"id": 987654, "type": "private", "first_name": "Ana", "username": "ana_v"},
    "from": {"id": 987654, "is_bot": False, "first_name": "Ana", "last_name": "de Souza"},
    "text": "is this (really) Mum?",
    "forward_origin": {"type": "hidden_user", "date": 0, "sender_user_name": "J. D."},
}


def line(form: str, words: str, *values: object, **more: Any) -> str:
    record = logging.makeLogRecord(
        {"name": "bot.telegram.request", "levelname": "ERROR", "msg": words, "args": values, **more}
    )
    return log.Discreet(form, [TOKEN, ""]).format(record)


def answered(form: str, words: str, **more: Any) -> str:
    """A line that is written while an update is being answered."""

    async def answer() -> str:
        log.answering({"update_id": 41, "message": MESSAGE})
        return line(form, words, **more)

    return asyncio.run(answer())


@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize("failing", [False, True])
def test_the_token_never_reaches_it(form: str, failing: bool) -> None:
    address = f"https://api.telegram.org/bot{TOKEN}/getMe"
    problem = None
    try:
        if failing:
            raise ConnectionError(address)
    except ConnectionError:
        problem = sys.exc_info()
    text = line(form, "GET %s", address, exc_info=problem)
    assert "secret" not in text
    assert "api.telegram.org/bot…/getMe" in text
    assert ("ConnectionError" in text) == failing


def test_a_line_of_json_tells_when_where_and_what_and_its_facts() -> None:
    told = json.loads(answered("json", "Sent", created=1.25, msecs=250.0, seconds=0.4))
    assert told == {
        "time": "1970-01-01T00:00:01.250Z",
        "level": "ERROR",
        "logger": "bot.telegram.request",
        "message": "Sent",
        "update": 41,
        "seconds": 0.4,
    }


def test_a_line_of_text_tells_the_same() -> None:
    text = answered("text", "Sent", created=1.25, msecs=250.0, seconds=0.4)
    assert text == "1970-01-01T00:00:01.250Z ERROR bot.telegram.request: Sent update=41 seconds=0.4"


@pytest.mark.parametrize("form", ["text", "json"])
def test_what_an_update_tells_of_people_is_struck_out(form: str) -> None:
    words = "987654 is Ana de Souza (ana_v), who asks: is this (really) Mum? of J. D."
    text = answered(form, words)
    for private in ("987654", "Ana", "Souza", "ana_v", "Mum", "J. D."):
        assert private not in text
    assert "… is … … (…), who asks: … of …" in text
    assert "Banana" in answered(form, "Banana")


def test_a_trace_is_struck_out_as_well() -> None:
    try:
        raise ValueError("no row for Ana, 987654")
    except ValueError:
        trace = answered("json", "Failed", exc_info=sys.exc_info())
    assert "ValueError: no row for …, …" in json.loads(trace)["trace"]


def test_a_strangers_words_cannot_look_like_a_line_of_ours() -> None:
    text = line("text", "Undecodable: %s", "x\n2026-01-01T00:00:00.000Z INFO bot: all is well")
    assert "\n" not in text


def test_the_next_update_is_not_mistaken_for_the_last_one() -> None:
    assert "update" in json.loads(answered("json", "Sent"))
    assert json.loads(line("json", "Ana"))["message"] == "Ana"


def test_errors_are_counted_for_the_operators_numbers() -> None:
    before, handler = log.errors(3600), log.Errors()
    logger = logging.Logger("bot.test")
    logger.addHandler(handler)
    logger.warning("Again in 1 s")
    logger.error("An update could not be answered")
    assert log.errors(3600) == before + 1
    assert log.errors(0) == 0
