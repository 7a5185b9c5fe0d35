"""The body itself as a file, and every way in which a request of a program is refused."""

import io
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.settings import Settings
from bot.texts import LANGUAGES, texts_for
from bot.web import uploads
from bot.worker.pool import Detection
from bot.worker.process import WorkerCrashed
from inference.errors import Empty, Undecodable
from inference.verdict import as_json
from tests.bot.stand_ins import MEBIBYTE, ReadyWorker, verdict
from tests.bot.web.test_web import Client, form, page, raw

VERDICTS = "/api/v1/verdicts"
BYTES = {"Content-Type": "application/octet-stream"}
ENGLISH = texts_for("en", "en")


async def refused(
    client: Client, method: str = "POST", path: str = VERDICTS, **request: Any
) -> Any:
    """The problem that a request gets, whose status is that of the response."""
    response = await client.request(method, f"{path}?lang=en", **request)
    assert response.content_type == "application/problem+json"
    problem = await response.json()
    assert problem["status"] == response.status
    assert problem["error"] == {"code": problem["code"], "message": problem["detail"]}
    return problem


async def test_the_body_may_be_the_file() -> None:
    worker = ReadyWorker()
    async with page(worker) as client:
        response = await client.post(f"{VERDICTS}?lang=en", data=b"a note", headers=BYTES)
        [answer] = (await response.json())["verdicts"]
    assert (response.status, worker.asked) == (200, [b"a note"])
    assert answer["file"] == ""
    assert as_json(verdict()).items() <= answer.items()


async def test_a_large_body_lies_on_the_disk_and_a_larger_one_is_refused_at_once(
    tmp_path: Path,
) -> None:
    class Looking(ReadyWorker):
        async def detect(self, source: bytes | Path, *_: Any, **named: Any) -> Detection:
            found.append(isinstance(source, Path))
            return await super().detect(source, **named)

    found: list[bool] = []
    worker = Looking()
    async with page(worker, Settings(max_megabytes=22, data_dir=tmp_path)) as client:
        for size in (20, 22):
            body = io.BytesIO(bytes(size * MEBIBYTE))
            assert (await client.post(VERDICTS, data=body, headers=BYTES)).status == 200
        over = io.BytesIO(bytes(22 * MEBIBYTE + 1))
        problem = await refused(client, data=over, headers=BYTES)
    assert (problem["status"], problem["code"]) == (413, "too_large")
    assert found == [False, True]
    assert [len(data) for data in worker.asked] == [20 * MEBIBYTE, 22 * MEBIBYTE]


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (Undecodable("secret"), 422, "undecodable"),
        (Empty("secret"), 422, "empty"),
        (WorkerCrashed("secret"), 500, "failed"),
    ],
)
async def test_a_body_that_has_no_verdict_is_a_problem(
    error: Exception, status: int, code: str
) -> None:
    async with page(ReadyWorker(error)) as client:
        problem = await refused(client, data=b"x", headers=BYTES)
    assert (problem["status"], problem["code"]) == (status, code)
    assert problem["detail"] == ENGLISH.error(code, 200 * MEBIBYTE)
    assert "secret" not in str(problem)


async def test_an_unexpected_exception_is_a_problem_and_in_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with page(ReadyWorker(ZeroDivisionError("secret"))) as client:
        problem = await refused(client, data=b"x", headers=BYTES)
    assert (problem["status"], problem["code"]) == (500, "failed")
    assert "secret" not in str(problem)
    assert "ZeroDivisionError: secret" in caplog.text


async def test_a_body_in_chunks_or_packed_is_refused() -> None:
    async def chunks() -> AsyncIterator[bytes]:
        yield b"a note"

    async with page(ReadyWorker()) as client:
        problem = await refused(client, data=chunks(), headers=BYTES)
        assert (problem["status"], problem["code"]) == (411, "no_length")
        problem = await refused(client, data=b"x", headers=BYTES | {"Content-Encoding": "gzip"})
        assert (problem["status"], problem["code"]) == (415, "packed")
        problem = await refused(client, json={})
        assert (problem["status"], problem["code"]) == (415, "wrong_type")
        assert "application/octet-stream" in problem["detail"]


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/api", 404, "no_such_path"),
        ("GET", "/api/", 404, "no_such_path"),
        ("POST", "/api/v2/verdicts", 404, "no_such_path"),
        ("POST", f"{VERDICTS}/", 404, "no_such_path"),
        ("GET", VERDICTS, 405, "wrong_method"),
        ("OPTIONS", VERDICTS, 405, "wrong_method"),
        ("DELETE", "/api/v1/model", 405, "wrong_method"),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
async def test_what_there_is_not_is_a_problem_in_every_language(
    method: str, path: str, status: int, code: str, language: str
) -> None:
    async with page(ReadyWorker()) as client:
        problem = await refused(client, method, path, headers={"Accept-Language": language})
        assert (problem["status"], problem["code"]) == (status, code)
        response = await client.request(method, path, headers={"Accept-Language": language})
        detail = (await response.json())["detail"]
    if code == "no_such_path":
        key = "no_slash" if path.endswith("/") else "no_path"
        assert detail == texts_for(language, "en").say("requests", key)


async def test_of_a_head_there_is_only_the_head() -> None:
    async with page(ReadyWorker()) as client:
        response = await client.head("/api/v1/model")
        assert (response.status, await response.read()) == (200, b"")
        response = await client.head(VERDICTS)
        assert (response.status, await response.read()) == (405, b"")
        assert response.headers["Allow"] == "POST"


async def _spoken(client: Client, request: bytes) -> tuple[bytes, Any]:
    """The first line of what comes back, and the JSON at its end."""
    answer = await raw(client, request)
    return answer.partition(b"\r\n")[0], json.loads(answer.rpartition(b"\r\n\r\n")[2])


HEAD = b"POST /api/v1/verdicts?lang=en HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
HEAD += b"Content-Type: application/octet-stream\r\nContent-Length: %d\r\n"


async def test_a_program_that_asks_first_is_told_to_go_on() -> None:
    worker = ReadyWorker()
    async with page(worker) as client:
        begin = HEAD % 6 + b"Expect: 100-Continue\r\n\r\n"
        line, answer = await _spoken(client, begin + b"a note")
        assert line == b"HTTP/1.1 100 Continue"
        assert len(answer["verdicts"]) == 1
        line, problem = await _spoken(client, HEAD % 6 + b"Expect: a miracle\r\n\r\na note")
    assert line.split()[1] == b"417"
    assert problem["code"] == "wrong_expect"
    assert problem["detail"] == ENGLISH.say("requests", "wrong_expect")
    assert worker.asked == [b"a note"]


async def test_a_body_shorter_than_it_said_is_waited_for_and_then_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(uploads, "RECEIVE_SECONDS", 0.1)
    worker = ReadyWorker()
    async with page(worker) as client:
        line, problem = await _spoken(client, HEAD % 999 + b"\r\na note")
    assert line.split()[1] == b"408"
    assert problem["code"] == "took_too_long"
    assert worker.asked == []


async def test_an_empty_body_reaches_who_says_that_it_is_empty() -> None:
    worker = ReadyWorker(Empty("no bytes"))
    async with page(worker) as client:
        problem = await refused(client, data=b"", headers=BYTES | {"Content-Length": "0"})
    assert (problem["status"], problem["code"], worker.asked) == (422, "empty", [b""])


async def test_the_same_form_as_before_is_read() -> None:
    worker = ReadyWorker()
    async with page(worker) as client:
        response = await client.post(VERDICTS, data=form(b"1", b"2"))
    assert (response.status, worker.asked) == (200, [b"1", b"2"])
