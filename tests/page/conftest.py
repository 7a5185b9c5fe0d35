"""A service, a browser whose microphone hears somebody speak, a page freshly opened, a note."""

import wave
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests import sounds
from tests.chromium import EXECUTABLE, Tab, chromium
from tests.fake_telegram import FakeTelegram, buttons
from tests.page.browsing import DESK, MISSING, PART, Answered, sized
from tests.page.frontend import installed
from tests.service import Service, running

PUBLIC = "https://ouvido.example.org"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def service() -> AsyncIterator[Service]:
    assert EXECUTABLE, MISSING  # in CI this is no reason to skip
    async with running(None, MAX_MEGABYTES="20") as service:
        yield service
        assert "Traceback" not in service.written


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Tab]:
    """A browser whose person reads English, and whose microphone hears somebody speak."""
    heard = tmp_path_factory.mktemp("microphone") / "speech.wav"
    with wave.open(str(heard), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(sounds.RATE)
        file.writeframes((sounds.speech(20) * 32_767).astype("<i2").tobytes())
    async with chromium(
        "--use-fake-ui-for-media-stream",  # says yes to the question for the microphone
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-audio-capture={heard}",
    ) as tab:
        yield tab


@pytest_asyncio.fixture(loop_scope="module")
async def page(browser: Tab, service: Service) -> AsyncIterator[Tab]:
    """The page as somebody sees it for the first time; what the browser complained of fails the
    test."""
    await browser.open("about:blank")  # nobody uses what is cleared
    browser.complaints.clear()
    await browser.send("Storage.clearDataForOrigin", origin=service.address, storageTypes="all")
    await browser.send("Emulation.setEmulatedMedia", features=[])
    await sized(browser, DESK)
    await browser.open(f"{service.address}/")
    await browser.until("document.querySelector('#files')")
    yield browser
    assert browser.complaints == []


@pytest.fixture(scope="module")
def note(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("notes") / "Maria.ogg"
    path.write_bytes(sounds.encode(sounds.speech(8), "ogg"))
    return path


@pytest.fixture(scope="session")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The source of axe-core, which needs Node to be had."""
    folder = installed(tmp_path_factory.mktemp("axe"))
    return (folder / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def answered() -> AsyncIterator[Answered]:
    async with FakeTelegram() as telegram, running(telegram, PAGE_URL=PUBLIC) as service:
        maria = telegram.person("Maria", "en")
        telegram.sends_voice(maria, PART.read_bytes())
        sent = await telegram.next_call("sendPhoto", chat=maria)
        [url] = [each["web_app"]["url"] for each in buttons(sent.result) if "web_app" in each]
        yield Answered(telegram, service, maria, url.replace(PUBLIC, service.address))
        assert "Traceback" not in service.written
