"""The page's endpoint on the real process: every file has its own answer, none can exhaust it."""

import asyncio
import base64
import io
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path

import aiohttp
import pytest
from PIL import Image

from bot.texts import texts_for
from tests import sounds
from tests.service import Service

pytestmark = pytest.mark.asyncio(loop_scope="session")

MEGABYTE = 1024**2


LITTLE = 50 * MEGABYTE  # a file of 20 MB is held in memory, a larger one is not


@contextmanager
def costs_little(bot: Service) -> Iterator[None]:
    """In here the service never takes LITTLE more memory; what it took before is not counted."""

    def memory(kind: str) -> int:  # bytes
        lines = Path(f"/proc/{bot.process.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(kind))

    Path(f"/proc/{bot.process.pid}/clear_refs").write_text("5")  # the peak begins anew
    before = memory("VmRSS")
    yield
    assert memory("VmHWM") - before < LITTLE


async def test_every_file_has_its_own_answer(bot: Service, note: bytes) -> None:
    form = aiohttp.FormData()
    form.add_field("files", note, filename="note.ogg")
    form.add_field("files", b"no sound", filename="broken.mp3")
    async with aiohttp.ClientSession() as session:
        address = f"{bot.address}/api/v1/verdicts?lang=es"
        async with session.post(address, data=form) as answer:
            assert answer.status == 200
            verdict, error = (await answer.json())["verdicts"]
    assert verdict["file"] == "note.ogg"
    assert verdict["label"] in ("human", "synthetic", "inconclusive")
    assert 0.01 <= verdict["score"] <= 0.99
    assert 4 < verdict["seconds"] <= 6.1
    assert verdict["windows"][-1]["end"] == pytest.approx(6, abs=0.3)
    _, _, picture = verdict["picture"].partition("data:image/jpeg;base64,")
    with Image.open(io.BytesIO(base64.b64decode(picture))) as image:
        assert min(image.size) >= 480
    message = texts_for("es", "en").error("unknown_file", 20 * MEGABYTE)
    assert error == {"file": "broken.mp3", "error": {"code": "unknown_file", "message": message}}


async def test_an_upload_of_300_megabytes_is_refused_and_costs_little(bot: Service) -> None:
    async def endless() -> AsyncIterator[bytes]:  # it doesn't say beforehand how long it is
        yield b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.wav"\r\n\r\n'
        for _ in range(300):
            yield bytes(MEGABYTE)

    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    address = f"{bot.address}/api/v1/verdicts"
    with costs_little(bot):
        async with (
            aiohttp.ClientSession() as session,
            session.post(address, data=endless(), headers=headers) as answer,
        ):
            assert answer.status == 411
    assert "Traceback" not in bot.written


async def test_a_file_that_telegram_would_not_fetch_is_heard_and_leaves_nothing(
    bot: Service,
) -> None:
    wav = sounds.encode(sounds.speech(8), "wav") + bytes(60 * MEGABYTE)
    wav = wav[:4] + (len(wav) - 8).to_bytes(4, "little") + wav[8:]
    at = wav.index(b"data") + 4
    wav = wav[:at] + (len(wav) - at - 4).to_bytes(4, "little") + wav[at + 4 :]
    form = aiohttp.FormData()
    form.add_field("files", io.BytesIO(wav), filename="long.wav")
    with costs_little(bot):
        async with aiohttp.ClientSession() as session:
            address = f"{bot.address}/api/v1/verdicts?lang=en"
            async with session.post(address, data=form) as answer:
                [verdict] = (await answer.json())["verdicts"]
    assert verdict["heard_seconds"] == verdict["duration_seconds"] > 10 * 60
    assert bot.left == []


async def test_an_upload_that_is_cut_off_is_no_error_of_ours(bot: Service, note: bytes) -> None:
    host, _, port = bot.address.removeprefix("http://").partition(":")
    _, writer = await asyncio.open_connection(host, int(port))
    writer.write(
        f"POST /api/v1/verdicts HTTP/1.1\r\nHost: {host}:{port}\r\nContent-Length: 100000\r\n"
        "Content-Type: multipart/form-data; boundary=x\r\n\r\n--x\r\n"
        'Content-Disposition: form-data; name="files"; filename="a.ogg"\r\n\r\n'.encode()
    )
    await writer.drain()
    await asyncio.sleep(0.2)
    writer.transport.abort()
    await asyncio.sleep(0.5)
    assert "Traceback" not in bot.written
    await test_every_file_has_its_own_answer(bot, note)
