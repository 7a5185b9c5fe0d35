"""The page as people meet it: headless Chromium with the real service behind it."""

import os
import re
import wave
from collections.abc import AsyncIterator
from pathlib import Path

import numpy as np
import pytest
import pytest_asyncio

from bot.texts import LANGUAGES, texts_for
from inference.verdict import ANSWERS, Label
from tests import sounds
from tests.chromium import EXECUTABLE, Tab, chromium
from tests.service import Service, running

MISSING = "chromium is not installed: the page is NOT tested (apt-get install chromium)"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.skipif(not EXECUTABLE and os.environ.get("CI") != "true", reason=MISSING),
]

ENGLISH = texts_for("en", "en")
VERDICTS = {ENGLISH.say("verdict", answer) for answer in ANSWERS}


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
    """The page freshly opened; what the browser complained of fails the test."""
    browser.complaints.clear()
    await browser.open(f"{service.address}/")
    yield browser
    assert browser.complaints == []


@pytest.fixture(scope="module")
def note(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("notes") / "Maria.ogg"
    path.write_bytes(sounds.encode(sounds.speech(8), "ogg"))
    return path


async def settled(page: Tab, count: int) -> None:
    """Wait until so many notes have their answer or their error."""
    done = "document.querySelectorAll('.note:not([data-state=sending])').length"
    await page.until(f"{done} === {count}", seconds=60)


async def test_a_file_becomes_a_verdict_and_a_picture(page: Tab, note: Path) -> None:
    await page.choose("#files", [note])
    await settled(page, 1)
    assert await page.text(".note h2") == "Maria.ogg"
    assert await page.text(".headline") in VERDICTS
    assert len(await page.text(".advice")) > 20
    await page.until("document.querySelector('.picture img').naturalWidth >= 480")
    marked = await page.evaluate("!!document.querySelector('.marks').textContent")
    assert marked == (
        await page.text(".headline") == "🤖 This sounds like an AI voice, made by a machine."
    )
    height = await page.evaluate("document.querySelector('.picture img').height")
    assert height > 200  # it is seen, too
    assert await page.evaluate("document.querySelector('.picture').href.startsWith('blob:')")
    await page.until("document.querySelector('.note audio').duration > 7")
    assert await page.text("#news") == f"Maria.ogg: {await page.text('.headline')}"


async def test_the_score_of_each_stretch_stands_behind_details(page: Tab, note: Path) -> None:
    await page.choose("#files", [note])
    await settled(page, 1)
    assert not await page.evaluate("document.querySelector('details').open")
    await page.click("summary")
    rows = (await page.text("tbody")).splitlines()
    assert len(rows) >= 2
    assert all(re.fullmatch(r"\d:\d\d–\d:\d\d\t\d{1,2}%", row) for row in rows)
    shown = await page.evaluate("document.querySelector('.scale').getAttribute('aria-label')")
    assert re.fullmatch(r"Chance of a machine: \d{1,2}%", shown)


async def test_a_recording_is_judged(page: Tab) -> None:
    await page.click("#record")
    await page.until("!document.querySelector('#recording').hidden")
    await page.until("document.querySelector('#clock').textContent === '0:04'")
    drawn = await page.evaluate(
        "document.querySelector('#level').getContext('2d')"
        ".getImageData(0, 0, 640, 64).data.filter(Boolean).length"
    )
    assert drawn > 1000
    await page.click("#stop")
    await settled(page, 1)
    assert await page.text(".note h2") == "recording.webm"
    assert await page.text(".headline") in VERDICTS
    seconds = re.search(r"I heard (\d+):(\d+) of speech", await page.text(".reasons"))
    assert seconds
    assert int(seconds[2]) >= 2


WATCHED = """
  window.streams = [];
  const asked = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = async (wish) => {
    const stream = await asked(wish);
    streams.push(stream);
    return stream;
  };
"""
LET_GO = "streams.every(stream => stream.getTracks().every(track => track.readyState === 'ended'))"


async def test_an_impatient_second_click_starts_no_second_recording(page: Tab) -> None:
    await page.evaluate(WATCHED)
    await page.evaluate("for (const _ of [1, 2]) document.querySelector('#record').click()")
    await page.until("!document.querySelector('#recording').hidden")
    await page.click("#discard")
    await page.until("document.querySelector('#recording').hidden")
    assert await page.evaluate("streams.length") == 1
    assert await page.evaluate(LET_GO)
    await page.click("#record")  # and the button is back
    await page.until("!document.querySelector('#recording').hidden")
    await page.click("#discard")


async def test_a_microphone_that_cannot_be_recorded_is_let_go(page: Tab) -> None:
    await page.evaluate(WATCHED)
    await page.evaluate("MediaRecorder.prototype.start = () => { throw new Error(); }")
    await page.click("#record")
    await page.until("document.querySelector('#problem').textContent")
    assert await page.text("#problem") == ENGLISH.say("page", "no_microphone")
    assert await page.evaluate("streams.length") == 1
    assert await page.evaluate(LET_GO)
    assert not await page.evaluate("document.querySelector('#record').disabled")


async def test_a_discarded_recording_is_sent_nowhere(page: Tab) -> None:
    await page.click("#record")
    await page.until("!document.querySelector('#recording').hidden")
    await page.click("#discard")
    await page.until("document.querySelector('#recording').hidden")
    assert await page.evaluate("document.querySelectorAll('.note').length") == 0


async def test_three_files_at_once_keep_their_order(page: Tab, note: Path) -> None:
    tone, broken = note.with_name("tone.wav"), note.with_name("cv.ogg")
    tone.write_bytes(sounds.encode(sounds.tone(3), "wav"))
    broken.write_bytes(b"%PDF-1.7")
    await page.choose("#files", [note, broken, tone])
    await settled(page, 3)
    names = await page.evaluate("[...document.querySelectorAll('h2')].map(x => x.textContent)")
    states = await page.evaluate(
        "[...document.querySelectorAll('.note')].map(x => x.dataset.state)"
    )
    assert names == ["Maria.ogg", "cv.ogg", "tone.wav"]
    assert states == ["answered", "failed", "answered"]
    assert await page.text(".note:nth-child(2) .error") == ENGLISH.error("unknown_file", 20 * 2**20)
    inconclusive = ENGLISH.say("verdict", Label.INCONCLUSIVE)
    assert await page.text(".note:nth-child(3) .headline") == inconclusive


async def test_many_files_wait_in_a_queue_and_are_all_answered(page: Tab, note: Path) -> None:
    await page.choose("#files", [note] * 7)
    states = await page.evaluate("[...document.querySelectorAll('.state')].map(x => x.textContent)")
    assert states[3:] == [ENGLISH.say("page", "queued")] * 4  # three are on their way
    await page.click(".note:last-child .remove")
    await settled(page, 6)
    assert await page.evaluate("document.querySelectorAll('[data-state=answered]').length") == 6


@pytest.mark.parametrize(
    ("status", "key"), [(413, "proxy_too_large"), (502, "proxy_down"), (504, "proxy_down")]
)
async def test_what_a_proxy_says_is_not_taken_for_a_lost_connection(
    page: Tab, note: Path, status: int, key: str
) -> None:
    await page.evaluate(
        f"for (const [name, value] of [['status', {status}], ['response', null]])"
        " Object.defineProperty(XMLHttpRequest.prototype, name, {get: () => value}); 0"
    )
    await page.choose("#files", [note])
    await settled(page, 1)
    assert await page.text(".error") == ENGLISH.say("page", key)


async def test_a_file_over_the_limit_is_not_sent(page: Tab, tmp_path: Path) -> None:
    big = tmp_path / "big.wav"
    big.write_bytes(bytes(20 * 2**20 + 1))
    await page.choose("#files", [big])
    await settled(page, 1)
    assert await page.text(".error") == ENGLISH.error("too_large", 20 * 2**20)
    assert await page.evaluate(
        "performance.getEntriesByType('resource').every(entry => !entry.name.includes('/api/'))"
    )


async def test_dropped_and_pasted_files_are_taken(page: Tab) -> None:
    for event, carrier in (("DragEvent", "dataTransfer"), ("ClipboardEvent", "clipboardData")):
        kind = "drop" if event == "DragEvent" else "paste"
        await page.evaluate(
            "{const carried = new DataTransfer();"
            "carried.items.add(new File(['not a sound'], 'x.ogg'));"
            f"document.dispatchEvent(new {event}('{kind}', {{{carrier}: carried}}));}}"
        )
    await settled(page, 2)


async def test_a_lost_service_is_told_and_can_be_tried_again(note: Path) -> None:
    async with chromium() as tab, running(None) as gone:
        await tab.open(f"{gone.address}/")
        await tab.send("Network.enable")
        offline = {"latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
        await tab.send("Network.emulateNetworkConditions", offline=True, **offline)
        await tab.choose("#files", [note])
        await settled(tab, 1)
        assert await tab.text(".error") == ENGLISH.say("page", "lost")
        await tab.send("Network.emulateNetworkConditions", offline=False, **offline)
        await tab.click(".again")
        await tab.until("document.querySelector('.note').dataset.state === 'answered'")


async def test_a_busy_service_is_told_and_can_be_tried_again(page: Tab, tmp_path: Path) -> None:
    long = tmp_path / "long.ogg"
    long.write_bytes(sounds.encode(sounds.speech(30), "ogg"))
    async with running(None, QUEUE="1", MAX_MEGABYTES="20") as narrow:
        await page.open(f"{narrow.address}/")
        await page.choose("#files", [long] * 2)  # there is room for one
        await settled(page, 2)
        assert await page.text(".error:not(:empty)") == ENGLISH.error("busy", 20 * 2**20)
        await page.click("[data-state=failed] .again")
        await page.until("document.querySelectorAll('[data-state=answered]').length === 2")
    page.complaints[:] = [each for each in page.complaints if "503" not in each]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_page_speaks_the_language_of_the_reader(
    browser: Tab, service: Service, language: str
) -> None:
    await browser.open(f"{service.address}/?lang={language}")
    words = texts_for(language, "en")
    assert await browser.evaluate("document.documentElement.lang") == language
    assert await browser.text("h1") == words.say("page", "headline")
    assert await browser.text("#record") == words.say("page", "record")
    assert await browser.evaluate("document.querySelector('nav [aria-current]').lang") == language
    assert "$" not in await browser.evaluate("document.documentElement.outerHTML")


async def test_the_language_of_the_browser_decides(service: Service) -> None:
    async with chromium(language="es-AR,es") as tab:
        await tab.open(f"{service.address}/")
        assert await tab.evaluate("document.documentElement.lang") == "es"


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_it_fits_every_screen_and_can_be_read(
    page: Tab, note: Path, width: int, theme: str
) -> None:
    await page.send(
        "Emulation.setDeviceMetricsOverride",
        width=width,
        height=800,
        deviceScaleFactor=1,
        mobile=width < 500,
    )
    features = [{"name": "prefers-color-scheme", "value": theme}]
    await page.send("Emulation.setEmulatedMedia", features=features)
    await page.choose("#files", [note])
    await settled(page, 1)
    await page.click("summary")
    assert await page.evaluate("document.documentElement.scrollWidth") <= width
    colours = await page.evaluate(
        "['h1', '.lead', '.hint', '.headline', '.advice', '.button.main', 'th', 'footer']"
        ".map(selector => [selector, ...contrast(document.querySelector(selector))]);"
        "function contrast(element) {"
        "  let behind = element;"
        "  while (getComputedStyle(behind).backgroundColor === 'rgba(0, 0, 0, 0)')"
        "    behind = behind.parentElement;"
        "  return [getComputedStyle(element).color, getComputedStyle(behind).backgroundColor];"
        "}"
    )
    for selector, ink, ground in colours:
        assert contrast(ink, ground) >= 4.5, (selector, ink, ground)  # WCAG AA


def contrast(ink: str, ground: str) -> float:
    """The ratio of WCAG 2 between two CSS colours."""
    light, dark = sorted((luminance(ink), luminance(ground)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    numbers = [float(number) for number in re.findall(r"[\d.]+", colour)[:3]]
    scale = 1 if colour.startswith("color(") else 255
    parts = np.array(numbers) / scale
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    return float(linear @ [0.2126, 0.7152, 0.0722])
