"""The page's endpoint, asked over HTTP as a browser asks it."""

import asyncio
import gzip
import io
import json
import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession, FormData
from aiohttp.test_utils import TestClient, TestServer

from bot import metrics
from bot.settings import Settings
from bot.texts import LANGUAGES, texts_for
from bot.web import uploads
from bot.web.app import build
from bot.worker.pool import Detection, WorkerPool
from inference.errors import Undecodable
from inference.verdict import Verdict, as_json
from tests.bot.stand_ins import JPEG, MEBIBYTE, ReadyWorker, verdict

ENGLISH = texts_for("en", "en")
VERDICTS = "/api/v1/verdicts"

Client = TestClient[Any, Any]


@asynccontextmanager
async def page(worker: WorkerPool, settings: Settings | None = None) -> AsyncIterator[Client]:
    server = TestServer(build(settings or Settings(), worker))
    async with TestClient(server) as client:
        yield client


def form(*files: bytes) -> FormData:
    data = FormData()
    for number, file in enumerate(files, start=1):
        # As a stream: aiohttp warns of big bytes.
        name = f"note{number}.ogg"
        data.add_field("files", io.BytesIO(file), filename=name, content_type="audio/ogg")
    return data


async def test_a_file_gets_its_verdict_its_picture_and_its_words() -> None:
    worker = ReadyWorker()
    async with page(worker) as client:
        response = await client.post(f"{VERDICTS}?lang=en", data=form(b"a note"))
        [answer] = (await response.json())["verdicts"]
    assert response.status == 200
    assert worker.asked == [b"a note"]
    picture, text = answer.pop("picture"), answer.pop("text")
    assert answer.pop("marks").startswith("The blue line in the picture")
    assert answer == {"file": "note1.ogg", "cut": "", **as_json(verdict())}
    assert picture == "data:image/jpeg;base64,/9j/4CBhIHBpY3R1cmU="
    assert text.startswith("🤖 This sounds like")
    assert len(JPEG) == 14


@pytest.mark.parametrize(
    ("found", "end"),
    [
        (verdict(), "high sounds are at the top."),
        (replace(verdict(), pictured=False), "to the speech itself weighed more."),
        (verdict(0.1), ""),
    ],
)
async def test_the_marks_in_the_picture_are_explained(found: Verdict, end: str) -> None:
    async with page(ReadyWorker(found)) as client:
        response = await client.post(f"{VERDICTS}?lang=en", data=form(b"a note"))
        [answer] = (await response.json())["verdicts"]
    assert answer["marks"].endswith(end)
    assert bool(answer["marks"]) == bool(end)


async def test_the_words_come_in_the_language_of_the_browser() -> None:
    async with page(ReadyWorker()) as client:
        texts = []
        for header in (
            "es-MX,es;q=0.9,en;q=0.8",
            "en;q=0.9",
            "fi",
            "de,en;q=0.8",
            "en;q=0.1, es;q=0.9",
            "en;q=0, *",
        ):
            headers = {"Accept-Language": header}
            response = await client.post(VERDICTS, data=form(b"a"), headers=headers)
            texts.append((await response.json())["verdicts"][0]["text"].split()[2])
    assert texts == ["una", "sounds", "sounds", "sounds", "una", "voz"]


async def test_a_file_that_cannot_be_read_stands_beside_the_others() -> None:
    async with page(ReadyWorker(Undecodable("a secret path"))) as client:
        response = await client.post(f"{VERDICTS}?lang=en", data=form(b"1", b"2", b"3"))
        answers = (await response.json())["verdicts"]
    assert response.status == 200
    assert [answer["file"] for answer in answers] == ["note1.ogg", "note2.ogg", "note3.ogg"]
    assert [answer["error"]["code"] for answer in answers] == ["undecodable"] * 3
    assert "secret" not in str(answers)


async def _refused(client: Client, **request: Any) -> tuple[int, str]:
    response = await client.post(f"{VERDICTS}?lang=en", **request)
    return response.status, (await response.json()).get("error", {}).get("code", "")


async def test_no_file_and_more_than_a_hundred_are_refused() -> None:
    worker = ReadyWorker()
    other = FormData()
    other.add_field("file", b"a", filename="a.ogg")
    async with page(worker) as client:
        assert await _refused(client, data=other) == (400, "no_files")
        assert worker.asked == []
        assert await _refused(client, data=form(*[b"a"] * 100)) == (200, "")
        assert await _refused(client, data=form(*[b"a"] * 101)) == (400, "too_many_files")


async def test_many_files_are_judged_one_after_the_other_in_their_order() -> None:
    worker = ReadyWorker(places=1)
    async with page(worker) as client:
        files = [b"%d" % number for number in range(10)]
        response = await client.post(f"{VERDICTS}?lang=en", data=form(*files))
        answers = (await response.json())["verdicts"]
    assert [answer["file"] for answer in answers] == [f"note{n}.ogg" for n in range(1, 11)]
    assert worker.asked == files


async def test_a_form_that_is_none_is_refused() -> None:
    headers = {"Content-Type": "multipart/form-data"}  # without a boundary
    async with page(ReadyWorker()) as client:
        assert await _refused(client, data=b"x", headers=headers) == (400, "wrong_form")
        headers = {"Content-Type": "multipart/form-data; boundary=b"}
        assert await _refused(client, data=b"x", headers=headers) == (400, "wrong_form")


@pytest.mark.parametrize(
    "head",
    [
        b'Content-Disposition: form-data; name="files"\r\nno header at all',
        b"a\0b: c",
        b"a: " + b"c" * 9_000,
        b"\xff\xfe: c",
    ],
    ids=["no colon", "a zero", "long", "no ASCII"],
)
async def test_a_form_with_a_broken_header_of_a_part_is_refused(head: bytes) -> None:
    body = b"--b\r\n" + head + b"\r\n\r\na note\r\n--b--\r\n"
    headers = {"Content-Type": "multipart/form-data; boundary=b"}
    async with page(ReadyWorker()) as client:
        assert await _refused(client, data=body, headers=headers) == (400, "wrong_form")


async def test_another_content_type_is_refused() -> None:
    async with page(ReadyWorker()) as client:
        assert await _refused(client, json={"files": []}) == (415, "wrong_type")


async def test_a_file_over_the_limit_is_refused(tmp_path: Path) -> None:
    worker = ReadyWorker()
    async with page(worker, Settings(max_megabytes=20, data_dir=tmp_path)) as client:
        assert await _refused(client, data=form(b"a" * (20 * MEBIBYTE + 1))) == (413, "too_large")
        assert await _refused(client, data=form(b"a" * 20 * MEBIBYTE, b"b")) == (200, "")
    assert [len(data) for data in worker.asked] == [20 * MEBIBYTE, 1]


async def test_a_file_too_large_for_memory_lies_on_the_disk_only_while_it_is_judged(
    tmp_path: Path,
) -> None:
    class Looking(ReadyWorker):
        """Notes where a file lies and what stands in the folder meanwhile."""

        async def detect(self, source: bytes | Path, *_: Any, **named: Any) -> Detection:
            found.append(source if isinstance(source, Path) else None)
            assert list(folder.iterdir()) == []  # it has no name
            return await super().detect(source, **named)

    found: list[Path | None] = []
    folder = tmp_path / "data"
    worker, settings = Looking(), Settings(max_megabytes=25, data_dir=folder)
    large, small = b"a" * (25 * MEBIBYTE), b"b" * 20 * MEBIBYTE
    async with page(worker, settings) as client:
        folder.mkdir()
        assert await _refused(client, data=form(large, small)) == (200, "")
        assert await _refused(client, data=form(large + b"a")) == (413, "too_large")
    assert [len(data) for data in worker.asked] == [25 * MEBIBYTE, 20 * MEBIBYTE]
    path, held = found
    assert path is not None
    assert held is None
    assert not path.exists()


async def test_a_full_disk_is_our_fault_and_named_in_the_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")
    settings = Settings(max_megabytes=25, data_dir=tmp_path / "data")
    async with page(ReadyWorker(), settings) as client:
        assert await _refused(client, data=form(b"a" * 21 * MEBIBYTE)) == (507, "failed")
    assert "DATA_DIR" in caplog.text


async def test_an_upload_that_does_not_say_its_length_is_refused() -> None:
    async def endless() -> AsyncIterator[bytes]:
        yield b'--b\r\nContent-Disposition: form-data; name="files"; filename="a"\r\n\r\n'
        while True:
            yield b"a" * MEBIBYTE

    headers = {"Content-Type": "multipart/form-data; boundary=b"}
    async with page(ReadyWorker()) as client:
        assert await _refused(client, data=endless(), headers=headers) == (411, "no_length")


async def test_a_packed_upload_is_refused_before_it_is_unpacked() -> None:
    worker = ReadyWorker()
    body = b'--b\r\nContent-Disposition: form-data; name="files"\r\n\r\n%b\r\n--b--\r\n'
    packed = gzip.compress(body % bytes(20 * MEBIBYTE))
    headers = {"Content-Type": "multipart/form-data; boundary=b", "Content-Encoding": "gzip"}
    async with page(worker) as client:
        assert await _refused(client, data=packed, headers=headers) == (415, "packed")
        headers["Content-Encoding"] = "identity"
        assert await _refused(client, data=body % b"a note", headers=headers) == (200, "")
        part = body.replace(b"\r\n\r\n", b"\r\nContent-Encoding: gzip\r\n\r\n", 1) % b"a"
        assert await _refused(client, data=part, headers=headers) == (415, "packed")
    assert worker.asked == [b"a note"]


async def test_slow_uploads_leave_room_for_the_bot() -> None:
    worker = ReadyWorker(places=20)
    head = b"POST /api/v1/verdicts HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: %d\r\n"
    kind = b"Content-Type: multipart/form-data; boundary=b\r\n\r\n"
    for many, size in ((3, 60 * MEBIBYTE), (20, 1000)):
        async with page(worker) as client, AsyncExitStack() as stack:
            for _ in range(many):
                _, writer = await asyncio.open_connection("127.0.0.1", client.port)
                stack.push_async_callback(writer.wait_closed)
                stack.callback(writer.close)
                writer.write(head % size + kind)
            async with asyncio.timeout(60):
                while await _refused(client, data=form(b"a")) != (503, "busy"):
                    await asyncio.sleep(0.01)
            with worker.place(worker.max_bytes):
                pass


async def test_a_declared_length_of_more_than_three_files_is_refused_at_once() -> None:
    async with page(ReadyWorker(), Settings(max_megabytes=90)) as client:
        reader, writer = await asyncio.open_connection("127.0.0.1", client.port)
        writer.write(
            b"POST /api/v1/verdicts HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 314572800\r\n"
            b"Content-Type: multipart/form-data; boundary=b\r\n\r\n"
        )
        async with asyncio.timeout(60):
            assert b" 413 " in await reader.readline()
        writer.close()
        await writer.wait_closed()


async def test_busy_says_when_to_come_back() -> None:
    async with page(ReadyWorker(places=0)) as client:
        response = await client.post(f"{VERDICTS}?lang=en", data=form(b"a"))
        assert response.status == 503
        assert int(response.headers["Retry-After"]) > 0
        assert "wait a minute" in (await response.json())["error"]["message"]


async def test_a_place_is_free_again_after_every_answer() -> None:
    worker = ReadyWorker(places=1)
    async with page(worker, Settings(max_megabytes=20)) as client:
        for files in ([b"a"], [b"a"] * 4, [], [b"a" * (20 * MEBIBYTE + 1)], [b"a"]):
            response = await client.post(VERDICTS, data=form(*files) if files else FormData())
            assert response.status != 503
    assert len(worker.asked) == 6


@pytest.mark.parametrize(
    ("headers", "code", "key"),
    [
        ({"Origin": "https://evil.example"}, "foreign", "foreign_or_proxy"),
        ({"Origin": "null"}, "foreign", "foreign_or_proxy"),
        ({"Origin": "http://[bad"}, "foreign", "foreign"),
        ({"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}, "foreign", "foreign"),
        ({"Origin": "null", "X-Forwarded-Host": ""}, "foreign", "foreign_or_proxy"),
        ({"Origin": "https://bot.example", "Sec-Fetch-Site": "same-origin"}, "proxy", "proxy"),
        ({"Origin": "https://bot.example", "X-Forwarded-Host": "bot.example"}, "proxy", "proxy"),
        ({"Host": "evil.example:8080"}, "wrong_host", "wrong_host"),
    ],
)
async def test_another_site_cannot_use_the_page_and_a_proxy_is_told_what_to_do(
    headers: dict[str, str], code: str, key: str
) -> None:
    worker = ReadyWorker()
    async with page(worker) as client:
        response = await client.post(f"{VERDICTS}?lang=en", data=form(b"a"), headers=headers)
        error = (await response.json())["error"]
    assert response.status == 403
    assert error == {"code": code, "message": ENGLISH.say("requests", key)}
    assert worker.asked == []


async def raw(client: Client, request: bytes) -> bytes:
    """What the server says to bytes that no library would send."""
    reader, writer = await asyncio.open_connection("127.0.0.1", client.port)
    writer.write(request)
    async with asyncio.timeout(60):
        answer = await reader.read()
    writer.close()
    await writer.wait_closed()
    return answer


@pytest.mark.parametrize("end", [b"HTTP/1.0\r\n", b"HTTP/1.1\r\nHost: [bad\r\n"])
async def test_a_request_without_a_host_is_told_so(end: bytes) -> None:
    async with page(ReadyWorker()) as client:
        head = b"POST /api/v1/verdicts?lang=en " + end
        answer = await raw(client, head + b"Connection: close\r\nContent-Length: 0\r\n\r\n")
    assert b" 400 " in answer.partition(b"\r\n")[0]
    error = json.loads(answer.partition(b"\r\n\r\n")[2])["error"]
    assert error == {"code": "no_host", "message": ENGLISH.say("requests", "no_host")}


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [("GET", VERDICTS, "POST"), ("PUT", VERDICTS, "POST"), ("POST", "/", "GET, HEAD")],
)
async def test_a_wrong_method_is_told_the_right_one(method: str, path: str, allowed: str) -> None:
    async with page(ReadyWorker()) as client:
        response = await client.request(method, f"{path}?lang=en")
        error = (await response.json())["error"]
    assert response.status == 405
    assert sorted(response.headers["Allow"].split(",")) == allowed.split(", ")
    words = ENGLISH.say("requests", "wrong_method", allowed=allowed)
    assert error == {"code": "wrong_method", "message": words}
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]


async def test_an_upload_that_takes_too_long_is_stopped_with_a_sentence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(uploads, "RECEIVE_SECONDS", 0.1)
    async with page(ReadyWorker()) as client:
        head = b"POST /api/v1/verdicts?lang=en HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
        kind = b"Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 999\r\n\r\n"
        part = b'--b\r\nContent-Disposition: form-data; name="files"\r\n\r\nabc'
        answer = await raw(client, head + kind + part)
    assert b" 408 " in answer.partition(b"\r\n")[0]
    assert ENGLISH.say("requests", "slow").encode() in answer


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_reason_has_its_own_sentence(language: str) -> None:
    keys = ["no_files", "wrong_type", "packed", "no_length", "no_host", "wrong_host", "proxy"]
    keys += ["foreign", "foreign_or_proxy", "slow"]
    said = {texts_for(language, language).say("requests", key) for key in keys}
    assert len(said) == len(keys)


async def test_the_page_itself_may_use_its_endpoint() -> None:
    async with page(ReadyWorker()) as client:
        headers = {"Origin": f"http://127.0.0.1:{client.port}"}
        assert await _refused(client, data=form(b"a"), headers=headers) == (200, "")


async def test_health_tells_the_model_and_whether_notes_get_answers() -> None:
    worker = ReadyWorker()
    async with page(worker) as client:
        response = await client.get("/healthz")
        assert (response.status, (await response.json())["model"]) == (200, "ouvido-9.9.9")
        worker.well = False
        assert (await client.get("/healthz")).status == 503


async def test_numbers_are_for_operators_who_want_them() -> None:
    async with page(ReadyWorker()) as client:
        assert (await client.get("/metrics")).status == 404
    async with page(ReadyWorker(Undecodable("no")), Settings(metrics=True)) as client:
        before = metrics.total("ouvido_errors_total", code="undecodable")
        await client.post(VERDICTS, data=form(b"a note"))
        response = await client.get("/metrics")
        lines = (await response.text()).splitlines()
        foreign = await client.get("/metrics", headers={"Origin": "https://evil.example"})
    assert response.content_type == "text/plain"
    assert f'ouvido_errors_total{{code="undecodable"}} {before + 1}' in lines
    assert "ouvido_queue_length 0.0" in lines
    assert foreign.status == 403


async def test_the_page_comes_with_headers_that_bind_the_browser() -> None:
    async with page(ReadyWorker()) as client:
        for path, status in (("/", 200), ("/page/icon.svg", 200), ("/page/../web.py", 404)):
            response = await client.get(path)
            assert response.status == status
            assert "default-src 'none'" in response.headers["Content-Security-Policy"]
            assert response.headers["X-Content-Type-Options"] == "nosniff"


async def test_the_page_speaks_the_readers_language() -> None:
    async with page(ReadyWorker()) as client:
        text = await (await client.get("/", headers={"Accept-Language": "es"})).text()
    assert '<html lang="es">' in text
    assert "ouvido-9.9.9" in text
    assert "${" not in text


async def test_a_client_that_hangs_up_leaves_its_place() -> None:
    worker = ReadyWorker(places=1)
    async with page(worker) as client, ClientSession() as session:
        started = asyncio.Event()

        async def slow() -> AsyncIterator[bytes]:
            yield b'--b\r\nContent-Disposition: form-data; name="files"\r\n\r\nabc'
            started.set()
            await asyncio.sleep(60)

        kind = "multipart/form-data; boundary=b"
        headers = {"Content-Type": kind, "Content-Length": "1000"}
        upload = asyncio.create_task(
            session.post(client.make_url(VERDICTS), data=slow(), headers=headers)
        )
        await started.wait()
        upload.cancel()
        await asyncio.gather(upload, return_exceptions=True)
        async with asyncio.timeout(60):
            while (await client.post(VERDICTS, data=form(b"a"))).status == 503:
                await asyncio.sleep(0.05)
    assert len(worker.asked) == 1


@pytest.mark.parametrize("contact", ["Ana <Lima>", "</script><script>alert(1)</script>", ""])
async def test_the_page_is_told_who_runs_it_and_nothing_else_is_run(contact: str) -> None:
    async with page(ReadyWorker(), Settings(contact=contact)) as client:
        html = await (await client.get("/?lang=en")).text()
    data = re.search(r'(?s)<script type="application/json" id="data">(.*?)</script>', html)
    assert data
    assert json.loads(data[1])["contact"] == contact
    assert "<script>alert" not in html
