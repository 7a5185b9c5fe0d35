"""Mutated requests for the page, written to its socket as bytes."""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from random import Random

from aiohttp.test_utils import TestServer

from bot.settings import Settings
from bot.web import admission, app
from bot.web.uploads import Disk
from bot.web.words import Answer
from inference.speaker.comparison import Comparison
from tests.bot.stand_ins import EVIDENCE, JPEG, ReadyWorker, verdict
from tests.fuzz import mutate

BOUNDARY = b"----ouvido7MA4YWxkTrZu0gW"
ANSWERS = {200, 304, 400, 401, 403, 404, 405, 408, 411, 413, 415, 417, 422, 431, 503}
WAITS = 0.2  # s for more of a request, until we go
SHORT = 300_000  # bytes of an answer
HELD, MOST = 2_000, 4_000  # bytes of a file in memory, and on disk
WORDS = (
    b'name="files"', b'name="files"; filename="../../etc/passwd"', b"name=files", b'name=""',
    b"filename*=UTF-8''%ff%fe%00", b'filename="\xff\xfe"', b"Content-Transfer-Encoding: base64\r\n",
    b"Content-Transfer-Encoding: quoted-printable\r\n", b"Content-Transfer-Encoding: strange\r\n",
    b"Content-Encoding: gzip\r\n", b"Content-Length: -1\r\n", b"Content-Length: 99999999999\r\n",
    b"Content-Type: multipart/mixed\r\n", b"Content-Type: multipart/mixed; boundary=a\r\n",
    b"Content-Type: text/plain; charset=utf-16\r\n", b"Content-Disposition: attachment\r\n",
    b"Content-Disposition: form-data; name*0=fi; name*1=les\r\n", b"\r\n", b"\r\n\r\n", b"--",
    b"\n",
    b"--" + BOUNDARY, b"--" + BOUNDARY + b"--", b"--" + BOUNDARY + b"--\r\n", b":", b"a" * 9_000,
    b"_charset_",
)  # fmt: skip
HEADERS = (
    b"Accept-Language: en;q=1.x, *;q=0, pt-BR-x-\xff;q=0.5",
    b"Accept-Language: " + b"a-" * 2_000,
    b"Origin: http://[::1",
    b"Origin: null",
    b"Content-Encoding: deflate",
    b"Expect: 100-continue",
    b"Expect: a miracle",
    b"Authorization: Bearer ouvido_\xff",
    b"Authorization: Bearer " + b"ouvido_" * 100,
    b"X-API-Key: ouvido_" + b"a" * 43,
    b"X-Forwarded-For: , ,[::1",
    b'If-None-Match: W/"\xff, *',
    b"Content-Type: application/octet-stream",
    b"Transfer-Encoding: chunked",
    b"Cookie: \xff\xfe",
    b"Content-Type: multipart/form-data",
)
TYPES = (
    b"multipart/form-data; boundary=",
    b"multipart/form-data; boundary=a; boundary=",
    b"multipart/form-data; charset=utf-16; boundary=",
    b"multipart/mixed; boundary=",
    b"MULTIPART/FORM-DATA; BOUNDARY=",
    b"multipart/form-data; boundary*=utf-8''",
)
PATHS = (
    b"/api/v1/verdicts", b"/api/v1/verdicts?lang=pt", b"/api/v1/verdicts?lang=%ff%00",
    b"/api/v1/model", b"/api/v1/openapi.json?lang=\xff", b"/api/\xff/",
    b"/?lang=../es",
    b"/page/../app.py", b"/page/%2e%2e/app.py", b"/page/..%2f..%2fsettings.py", b"/page/\xff",
)  # fmt: skip


WORDS_ANEW = b"/page-api/words"
PAGE = (
    b"/page-api/answers", b"/page-api/answers?start=1&end=-9999999999999&of=3",
    b"/page-api/answers?start=%d9%a3&end=5&of=", b"/page-api/comparison", b"/page-api/report.json",
    WORDS_ANEW, WORDS_ANEW, WORDS_ANEW,
)  # fmt: skip


class Comparing(ReadyWorker):
    async def compare(self, suspicious: bytes, known: bytes) -> Comparison:
        return Comparison(0.5, 0.7, (0.2, 0.8), (), ())


class Site:
    """The page on a port of its own, with a worker that answers at once."""

    def __init__(self, server: TestServer, worker: ReadyWorker) -> None:
        self._server, self._worker = server, worker

    async def ask(self, random: Random) -> str:
        """Send one request; the status. Raises AssertionError for what the page must not do."""
        reader, writer = await asyncio.open_connection(self._server.host, self._server.port)
        answer = b""
        try:
            writer.write(_request(random, f"127.0.0.1:{self._server.port}".encode()))
            async with asyncio.timeout(WAITS):
                answer = await reader.read()
        except (ConnectionError, TimeoutError):  # it has refused the rest, or waits for more
            pass
        finally:
            writer.close()
        async with asyncio.timeout(10):  # a form that breaks off is known when the socket closes
            while self._worker.waiting:
                await asyncio.sleep(0.001)
        site = self._server.app
        assert site is not None
        assert site[admission.CAPACITY].taken == 0, "a place is never free again"
        assert site[admission.DISK]._capacity.taken == 0, "the disk is never free again"
        if not answer:
            return "left waiting"
        answer = answer.removeprefix(b"HTTP/1.1 100 Continue\r\n\r\n")
        status = re.match(rb"HTTP/1\.[01] (\d{3})", answer)
        assert status is not None, answer[:60]
        assert int(status[1]) in ANSWERS, answer[:400]
        return status[1].decode()


@asynccontextmanager
async def site(folder: Path) -> AsyncIterator[Site]:
    """The page; what it keeps for a moment goes into a folder."""
    worker = Comparing()
    worker.max_bytes = HELD
    built = app.build(Settings(proxies=1, files_per_day=999_999), worker)
    built[admission.DISK] = Disk(folder, MOST)
    server = TestServer(built)
    async with server:
        yield Site(server, worker)


def _request(random: Random, host: bytes) -> bytes:
    path = random.choice(PAGE) if random.random() < 0.6 else PATHS[0]
    body = _kept(random) if path == WORDS_ANEW else b""
    for number in range(random.choice((1, 1, 2, 3, 4))):
        name = random.choice((b"files", b"files", b"files", b"other"))
        body += b"--" + BOUNDARY + b'\r\nContent-Disposition: form-data; name="' + name
        body += b'"; filename="note%d.ogg"\r\nContent-Type: audio/ogg\r\n\r\n' % number
        body += random.randbytes(random.choice((0, 10, 3_000, 5_000))) + b"\r\n"
    body += b"--" + BOUNDARY + b"--\r\n"
    for _ in range(random.choice((0, 1, 1, 2, 4))):
        body = mutate.scattered(body, random) if random.random() < 0.4 else _words(body, random)
    head = [b"POST " + (path if random.random() < 0.9 else random.choice(PATHS)) + b" HTTP/1.1"]
    kind = TYPES[0] if random.random() < 0.8 else random.choice(TYPES)
    head += [b"Host: " + host, b"Connection: close", b"Content-Type: " + kind + BOUNDARY]
    length = len(body) if random.random() < 0.8 else random.choice((0, 1, len(body) // 2, 10**6))
    head += [b"Content-Length: %d" % length] * (random.random() < 0.97)
    if random.random() < 0.2:
        head.insert(random.randrange(1, len(head)), random.choice(HEADERS))
    return b"\r\n".join(head) + b"\r\n\r\n" + body


def _kept(random: Random) -> bytes:
    """An answer that a browser has kept, and its picture."""
    kept = json.loads(json.dumps(Answer("a" * 64, verdict(), EVIDENCE).as_json()))
    text = json.dumps(kept) if random.random() < 0.2 else mutate.text(kept, random)
    body = b"--" + BOUNDARY + b'\r\nContent-Disposition: form-data; name="answer"\r\n\r\n'
    body += text.encode(errors="replace")[:SHORT] + b"\r\n--" + BOUNDARY
    body += b'\r\nContent-Disposition: form-data; name="picture"; filename="a.jpg"'
    return body + b"\r\nContent-Type: image/jpeg\r\n\r\n" + JPEG + b"\r\n"


def _words(body: bytes, random: Random) -> bytes:
    """A word of the format where a line begins or ends, in it, or in the place of another."""
    places = [found.start() for found in re.finditer(rb"\r\n|; |--|\"", body)] or [0]
    place = random.choice(places)
    behind = place + random.choice((0, 2, 2, 20, 60))
    return body[: place + 2 * (random.random() < 0.5)] + random.choice(WORDS) + body[behind:]
