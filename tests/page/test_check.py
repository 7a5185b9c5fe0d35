"""Files and recordings come in, and become answers."""

import asyncio
import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bot.texts import LANGUAGES, texts_for
from inference.verdict import Label
from tests import sounds
from tests.chromium import Tab, chromium
from tests.page.browsing import ENGLISH, MARKS, VERDICTS, reload, settled
from tests.page.wire import wire
from tests.service import Service, running

pytestmark = MARKS


async def test_a_file_becomes_a_verdict(page: Tab, note: Path) -> None:
    await page.choose("#files", [note])
    await settled(page, 1)
    assert await page.text(".note h2") == "Maria.ogg"
    assert await page.text(".headline") in VERDICTS
    assert len(await page.text(".advice")) > 20
    marked = await page.evaluate("!!document.querySelector('.marks')")
    assert marked == (
        await page.text(".headline") == "🤖 This sounds like an AI voice, made by a machine."
    )
    assert (await page.text("#news")).split() == [
        "Maria.ogg:",
        *(await page.text(".headline")).split(),
    ]


async def test_the_score_of_each_stretch_stands_behind_details(page: Tab, note: Path) -> None:
    await page.choose("#files", [note])
    await settled(page, 1)
    assert not await page.evaluate("document.querySelector('.stretches').open")
    await page.click(".stretches summary")
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


async def test_ten_files_are_a_queue_with_the_progress_of_each(page: Tab, note: Path) -> None:
    await page.choose("#files", [note] * 10)
    await page.until("document.querySelectorAll('.note').length === 10")
    assert await page.evaluate("document.querySelectorAll('.note progress').length") > 1
    await settled(page, 10)
    assert await page.evaluate("document.querySelectorAll('[data-state=answered]').length") == 10
    assert await page.evaluate("document.querySelectorAll('[data-open=true]').length") == 0
    await page.click(".note:nth-child(7) .more")
    assert await page.text(".note:nth-child(7) .advice")
    assert await page.evaluate("document.querySelectorAll('[data-open=true]').length") == 1
    top = "document.querySelector('.note:nth-child(7)').getBoundingClientRect().top"
    await page.until(f"Math.abs({top}) < 2")  # it is seen from its beginning
    assert await page.evaluate("document.activeElement.tagName") == "H2"


async def test_a_folder_is_told_from_files(page: Tab) -> None:
    await page.evaluate(
        "{const carried = new DataTransfer();"
        "carried.items.add(new File([], 'holiday'));"
        "const folder = {webkitGetAsEntry: () => ({isDirectory: true, name: 'holiday'})};"
        "Object.defineProperty(carried, 'items', {value: [folder]});"
        "document.dispatchEvent(new DragEvent('drop', {dataTransfer: carried}));}"
    )
    await page.until("document.querySelector('#problem').textContent")
    assert await page.text("#problem") == ENGLISH.say("page", "folder")
    assert await page.evaluate("document.querySelectorAll('.note').length") == 0


async def test_a_pasted_folder_is_told_from_files(page: Tab) -> None:
    await page.evaluate(
        "{const carried = new DataTransfer();"
        "carried.items.add(new File([], 'holiday'));"
        "const folder = {webkitGetAsEntry: () => ({isDirectory: true, name: 'holiday'})};"
        "Object.defineProperty(carried, 'items', {value: [folder]});"
        "document.dispatchEvent(new ClipboardEvent('paste', {clipboardData: carried}));}"
    )
    await page.until("document.querySelector('#problem').textContent")
    assert await page.text("#problem") == ENGLISH.say("page", "folder")
    assert await page.evaluate("document.querySelectorAll('.note').length") == 0


@pytest.mark.parametrize("letter", ["x", "é", "声", "😀"])
async def test_a_name_of_4000_characters_breaks_nothing(page: Tab, letter: str) -> None:
    await page.evaluate(
        "{const carried = new DataTransfer();"
        f"carried.items.add(new File(['not a sound'], '{letter}'.repeat(4000) + '.ogg'));"
        "document.dispatchEvent(new ClipboardEvent('paste', {clipboardData: carried}));}"
    )
    await settled(page, 1)
    assert await page.text(".error") == ENGLISH.error("unknown_file", 20 * 2**20)
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize(
    ("status", "key"), [(413, "proxy_too_large"), (502, "proxy_down"), (504, "proxy_down")]
)
async def test_what_a_proxy_says_is_not_taken_for_a_lost_connection(
    page: Tab, note: Path, status: int, key: str
) -> None:
    await page.evaluate(
        f"for (const [name, value] of [['status', {status}], ['responseText', '<html>']])"
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
        await tab.until("document.querySelector('#files')")
        await tab.send("Network.enable")
        offline = {"latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
        await tab.send("Network.emulateNetworkConditions", offline=True, **offline)
        await tab.choose("#files", [note])
        await settled(tab, 1)
        assert await tab.text(".error") == ENGLISH.say("page", "lost")
        await tab.send("Network.emulateNetworkConditions", offline=False, **offline)
        await tab.click(".again")
        await tab.until("document.querySelector('.note').dataset.state === 'answered'")


@pytest.fixture(scope="module")
def long_note(note: Path) -> Path:
    """A megabyte: too much for one breath of a network."""
    path = note.with_name("long.wav")
    path.write_bytes(sounds.encode(sounds.speech(30), "wav"))
    return path


@pytest.mark.parametrize("silently", [False, True])
async def test_a_network_that_dies_in_the_middle_of_an_upload_is_told(
    page: Tab, service: Service, long_note: Path, silently: bool
) -> None:
    async with wire(service.address) as network:
        await page.open(f"{network.address}/")
        await page.until("document.querySelector('#files')")
        await page.evaluate(  # minutes become seconds when they may
            "{const real = window.setInterval.bind(window);"
            "window.setInterval = (work, ms) => ms < 1000 ? real(work, ms)"
            " : real(() => window.hurry && work(), 100);}"
        )
        network.most = 200_000
        await page.choose("#files", [long_note])
        await asyncio.wait_for(network.silent.wait(), 60)
        if silently:
            await page.evaluate("window.hurry = true")
        else:
            network.cut()
        await settled(page, 1)
        assert await page.text(".error") == ENGLISH.say("page", "lost")
        network.mend()
        await reload(page)  # nothing is lost, and time is as it was
        assert await page.text(".error") == ENGLISH.say("page", "lost")
        await page.click(".again")
        await page.until("document.querySelector('.note[data-state=answered]')")
        await page.until("document.querySelector('.axis > div')")
        await page.open("about:blank")
    page.complaints[:] = [each for each in page.complaints if "net::ERR_" not in each]


async def test_a_busy_service_is_waited_for(page: Tab, note: Path) -> None:
    busy = ENGLISH.say("page", "busy")
    async with running(None, QUEUE="1") as narrow:  # there is room for one
        host, port = narrow.address.removeprefix("http://").split(":")
        _, writer = await asyncio.open_connection(host, int(port))
        writer.write(
            f"POST /page-api/answers HTTP/1.1\r\nHost: {host}:{port}\r\nContent-Length: 100\r\n"
            "Content-Type: multipart/form-data; boundary=b\r\n\r\n".encode()
        )
        await page.open(f"{narrow.address}/")
        await page.until("document.querySelector('#files')")
        await page.choose("#files", [note])
        await page.until(f"document.querySelector('.state')?.innerText === {json.dumps(busy)}")
        writer.close()
        await writer.wait_closed()
        await settled(page, 1)
        assert await page.evaluate("document.querySelector('.note').dataset.state") == "answered"
        await page.until("document.querySelector('.axis > div')")  # all of it has come
    page.complaints[:] = [each for each in page.complaints if "503" not in each]


@pytest.mark.parametrize("window", ["MINUTE", "DAY"])
async def test_a_queue_beyond_the_limit_waits_if_it_is_short(
    page: Tab, note: Path, window: str
) -> None:
    async with running(None, **{f"FILES_PER_{window}": "1"}) as limited:
        await page.open(f"{limited.address}/")
        await page.until("document.querySelector('#files')")
        await page.choose("#files", [note, note])
        words = ENGLISH.say("requests", "too_many", seconds=2).partition("2")[0]
        told = f"document.querySelector('main').innerText.includes({json.dumps(words)})"
        await page.until(told)
        states = "[...document.querySelectorAll('.note')].map(each => each.dataset.state).sort()"
        after = {"MINUTE": ["answered", "sending"], "DAY": ["answered", "failed"]}[window]
        await page.until(f"{states}.join() === {json.dumps(','.join(after))}")
    page.complaints[:] = [each for each in page.complaints if "429" not in each]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_page_speaks_the_language_of_the_reader(
    browser: Tab, service: Service, language: str
) -> None:
    await browser.open(f"{service.address}/?lang={language}")
    await browser.until("document.querySelector('h1')")
    words = texts_for(language, "en")
    assert await browser.evaluate("document.documentElement.lang") == language
    assert await browser.text("h1") == words.say("page", "headline")
    assert await browser.text("#record") == words.say("page", "record")
    assert (
        await browser.evaluate("document.querySelector('.languages [aria-current]').lang")
        == language
    )
    assert "$" not in await browser.evaluate("document.documentElement.outerHTML")


async def test_without_javascript_the_page_says_what_it_needs(page: Tab, service: Service) -> None:
    await page.send("Emulation.setScriptExecutionDisabled", value=True)
    try:
        await page.send("Page.navigate", url=f"{service.address}/")
        document: dict[str, Any] = {}
        async with asyncio.timeout(60):
            while "noscript" not in str(document):
                document = await page.send("DOM.getDocument", depth=-1, pierce=True)
        html = (await page.send("DOM.getOuterHTML", nodeId=document["root"]["nodeId"]))["outerHTML"]
        found = re.findall(r'<p lang="([\w-]+)">([^<]+)</p>', html)
        assert [language for language, _ in found] == list(LANGUAGES)
        assert all("JavaScript" in words for _, words in found)
    finally:
        await page.send("Emulation.setScriptExecutionDisabled", value=False)


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
    await page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    assert await page.evaluate("document.documentElement.scrollWidth") <= width
    colours = await page.evaluate(
        "['.kept', '.hint', '.headline', '.advice', '.button.main', 'th', 'dd', 'footer']"
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
