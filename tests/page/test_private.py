"""The private check: what the browser finds by itself is what the server finds, and nothing leaves
the device."""

import asyncio
import hashlib
import wave
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import pytest_asyncio
from numpy.typing import NDArray

from bot.services import demo
from bot.texts import LANGUAGES, texts_for
from bot.views import accuracy
from bot.web.words import Answer, words
from inference.decoding.audio import SAMPLE_RATE, hear
from inference.detector import Detector
from inference.metadata.evidence import Evidence
from inference.pipeline import judge
from inference.registry import default_model
from inference.verdict import Label, Reason, Verdict, from_fields
from tests import sounds
from tests.chromium import Tab, chromium
from tests.page.browsing import DESK, ENGLISH, MARKS, PHONE, phase, prepare, reload, settled, sized
from tests.page.relay import relayed
from tests.service import Service

pytestmark = MARKS

DEMO = sorted(Path(demo.__file__).parent.glob("*.ogg"))
ALIKE = 1e-3  # of scores, given the same samples
DECODED = 2e-3  # where the browser has decoded Opus itself
KEPT = """(async () => {
  const done = request => new Promise(resolve => request.onsuccess = () => resolve(request.result));
  const database = await done(indexedDB.open('ouvido'));
  const notes = await done(database.transaction('notes').objectStore('notes').getAll());
  database.close();
  return notes.filter(note => note.whole).map(note => [note.name, note.whole]);
})()"""
CACHED = """(async () => {
  const found = {};
  for (const name of await caches.keys())
    found[name] = (await (await caches.open(name)).keys()).map(each => new URL(each.url).pathname);
  return found;
})()"""

Floats = NDArray[np.float64]


@pytest.fixture(scope="module")
def detector() -> Detector:
    return Detector(default_model(), check=False)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def loaded(service: Service) -> AsyncIterator[Tab]:
    """A browser that checks on the device and has everything it needs."""
    async with chromium() as tab:
        await tab.open(f"{service.address}/")
        await prepare(tab)
        yield tab


@pytest_asyncio.fixture(loop_scope="module")
async def private(loaded: Tab, service: Service) -> AsyncIterator[Tab]:
    """Its page without any note."""
    await loaded.evaluate("indexedDB.deleteDatabase('ouvido'); 0")
    await sized(loaded, DESK)
    await loaded.open(f"{service.address}/?lang=en")
    await phase(loaded, "ready")
    yield loaded
    assert loaded.complaints == []


async def promised(page: Tab, expression: str) -> None:
    """Wait until what a promise gives is true."""
    async with asyncio.timeout(120):
        while not await page.evaluate(expression):
            await asyncio.sleep(0.05)


async def kept(page: Tab, count: int) -> dict[str, Any]:
    """What the browser keeps of so many answers, by the names of their files."""
    for some in range(1, count + 1):  # each has its own time
        await promised(page, f"{KEPT}.then(found => found.length >= {some})")
    await settled(page, count)
    return dict(await page.evaluate(KEPT))


def recordings() -> dict[str, Floats]:
    """The examples, and what there is to refuse or to hear twice; mono, or two channels."""
    clips = {path.stem: hear(path.read_bytes(), 60.0).samples / 32_768 for path in DEMO}
    person, machine = clips["person"], clips["machine"]
    length = min(len(person), len(machine))
    both = 0.5 * (person[:length] + machine[:length])
    length = 4 * SAMPLE_RATE  # one window
    person, machine = person[:length], machine[:length]
    random, nothing = np.random.default_rng(1), np.zeros(length)
    hum = 0.3 * np.sin(2 * np.pi * 40 * np.arange(length) / SAMPLE_RATE)
    left, right = np.append(person, nothing), np.append(nothing, machine)
    return {
        **clips,
        "silence": np.zeros(3 * SAMPLE_RATE),
        "hiss": 0.1 * random.standard_normal(2 * SAMPLE_RATE),
        "music": sounds.music(3).astype(np.float64),
        "short": person[SAMPLE_RATE : SAMPLE_RATE + 14_000],
        "two at once": both,
        "noisy": 0.3 * person + 0.08 * random.standard_normal(length),
        "quiet": 0.002 * person,
        "clipped": np.clip(12 * person, -0.7, 0.7),
        "hum": 0.3 * person + hum,
        "call": np.stack([left, right], 1),
        "upside down": np.stack([person, -person], 1),
    }


EXPECTED = {  # of what is told from the examples by one thing each
    "silence": Reason.NO_SPEECH,
    "short": Reason.TOO_SHORT,
    "two at once": Reason.OVERLAP,
    "noisy": Reason.NOISY,
    "quiet": Reason.TOO_QUIET,
    "clipped": Reason.CLIPPED,
}


def write(path: Path, sound: Floats, rate: int = SAMPLE_RATE) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(sound.ndim)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(np.clip(np.rint(sound * 32_768), -32_768, 32_767).astype("<i2").tobytes())
    return path


def alike(found: dict[str, Any], verdict: Verdict, tolerance: float) -> None:
    """Of the same recording, by the browser and by the server."""
    near = pytest.approx
    assert found["score"] == near(verdict.score, abs=tolerance)
    assert found["reasons"] == list(verdict.reasons)
    assert found["thresholds"] == list(verdict.thresholds)
    assert found["seconds"] == near(verdict.seconds, abs=0.05)
    assert found["channel"] == verdict.channel
    assert found["model"] == verdict.model
    assert [window["start"] for window in found["windows"]] == [w.start for w in verdict.windows]
    here = [window["score"] for window in found["windows"]]
    assert here == near([window.score for window in verdict.windows], abs=10 * tolerance)
    assert [each["label"] for each in found["segments"]] == [s.label for s in verdict.segments]
    changes = [[each["start"], each["end"]] for each in found["segments"]]
    assert changes == [[segment.start, segment.end] for segment in verdict.segments]


async def test_the_browser_finds_what_the_server_finds(
    private: Tab, detector: Detector, tmp_path: Path
) -> None:
    sound = recordings()
    files = [write(tmp_path / f"{name}.wav", each) for name, each in sound.items()]
    expected = {file.name: judge(file.read_bytes(), detector, 60.0).verdict for file in files}
    for name, reason in EXPECTED.items():
        assert reason in expected[f"{name}.wav"].reasons
    assert expected["part.wav"].label is Label.MIXED
    assert expected["call.wav"].channel
    await private.choose("#files", files)
    found = await kept(private, len(files))
    for name, verdict in expected.items():
        assert found[name]["onDevice"], name
        alike(found[name]["answer"]["verdict"], verdict, ALIKE)


async def test_what_the_browser_decodes_itself_is_as_good_and_said_in_the_same_words(
    private: Tab, detector: Detector
) -> None:
    await private.choose("#files", DEMO)
    found = await kept(private, len(DEMO))
    for file in DEMO:
        verdict = judge(file.read_bytes(), detector, 60.0).verdict
        alike(found[file.name]["answer"]["verdict"], verdict, DECODED)
    for language in LANGUAGES:
        await private.click(f".languages a[lang={language}]")
        await private.until(f"document.documentElement?.lang === '{language}'")
        await promised(
            private,
            f"{KEPT}.then(all => all.length === {len(DEMO)}"
            f" && all.every(([, whole]) => whole.words.language === '{language}'))",
        )
        for file in DEMO:
            same_words((await kept(private, len(DEMO)))[file.name], language)


def same_words(whole: dict[str, Any], language: str) -> None:
    answer, said = whole["answer"], whole["words"]
    verdict = from_fields(answer["verdict"])
    texts = texts_for(language, language)
    expected = words(Answer("", verdict, Evidence()), accuracy.measured(None), texts)
    for key in ("label", "lean", "judged", "headline", "lines", "advice", "stretches"):
        assert said[key] == expected[key], key
    marks, ours = texts.marks(verdict), texts.say("private", "marks")
    assert said["why"]["lines"] == [ours if x == marks else x for x in expected["why"]["lines"]]
    assert said["file"]["facts"] == [[texts.say("report", "fact_sha256"), answer["sha256"]]]


async def test_nothing_is_asked_while_it_listens_and_it_works_without_the_server(
    browser: Tab, service: Service, note: Path
) -> None:
    async with relayed(service.address) as relay:
        await browser.open(f"{relay.address}/")
        await prepare(browser)
        await promised(browser, "navigator.serviceWorker.ready.then(found => !!found.active)")
        await browser.send("Network.enable")
        browser.requests.clear()
        relay.sent.clear()
        await browser.choose("#files", [note])
        found = await kept(browser, 1)
        await browser.until("document.querySelector('.axis > div')")
        asked = [each for each in browser.requests if each.startswith(("http", "ws"))]
        assert all("/page/" in each for each in asked), asked  # the player, out of the cache
        *requests, rest = bytes(relay.sent).split(b"\r\n\r\n")
        # The browser itself looks for a newer service worker when it likes; nothing else, no body.
        assert all(each.startswith(b"GET /service-worker.js HTTP/") for each in requests)
        assert rest == b""
        digest = hashlib.sha256(note.read_bytes()).hexdigest()
        assert found[note.name]["answer"]["sha256"] == digest

        relay.cut()
        await reload(browser)
        await browser.until("document.querySelector('.headline')")
        await browser.choose("#files", [DEMO[-1]])
        found = await kept(browser, 2)
        assert found[DEMO[-1].name]["onDevice"]
        assert await browser.text(".headline") == ENGLISH.say("verdict", "human")
        stored = await browser.evaluate(CACHED)
        await browser.send("Network.disable")
    addresses = [address for some in stored.values() for address in some]
    assert not [each for each in addresses if each.startswith(("/page-api", "/api"))]
    assert [name for name in stored if name.startswith("ouvido-page-")]
    assert len(stored["ouvido-private"]) == 6


async def test_the_download_is_named_and_waits_for_a_yes(page: Tab, note: Path) -> None:
    await page.until("document.querySelector('#private')")
    await page.click("#private")
    await phase(page, "offered")
    megabytes = "fetch('private/kit.json').then(answer => answer.json()).then(kit => Math.round("
    megabytes += "kit.files.reduce((all, file) => all + file.download, 0) / 1e6))"
    size = await page.evaluate(megabytes)
    assert size > 10
    assert f"{size} MB" in await page.text(".needs")
    await page.choose("#files", [note])
    await settled(page, 1)
    assert await page.text(".error") == ENGLISH.say("private", "not_ready")
    assert await page.evaluate(CACHED + ".then(all => all['ouvido-private'])") == [
        "/private/kit.json"
    ]
    asked = "performance.getEntriesByType('resource').map(entry => entry.name)"
    assert not await page.evaluate(f"{asked}.some(each => /page-api|onnx|wasm/.test(each))")


async def test_a_new_release_takes_the_place_of_the_old_one(private: Tab) -> None:
    await private.evaluate(
        "(async () => {"
        "  const cache = await caches.open('ouvido-private');"
        "  const [one] = (await cache.keys()).filter(each => each.url.endsWith('/overlap'));"
        "  await cache.delete(one);"
        "  await cache.put('private/older/overlap', new Response('older'));"
        "  await caches.open('ouvido-page-older');"
        "  const worker = await navigator.serviceWorker.ready;"
        "  await worker.unregister();"
        "})()"
    )
    await reload(private)
    await phase(private, "offered")
    assert "1 MB" in await private.text(".needs")
    await private.click("#fetch")
    await phase(private, "ready")
    await promised(private, "caches.keys().then(all => !all.includes('ouvido-page-older'))")
    found = await private.evaluate(CACHED)
    assert "/private/older/overlap" not in found["ouvido-private"]
    assert len(found["ouvido-private"]) == 6


async def test_what_the_browser_cannot_open_can_be_sent(
    private: Tab, service: Service, tmp_path: Path
) -> None:
    spoken = tmp_path / "nota.amr"
    spoken.write_bytes(sounds.encode(sounds.speech(4), "amr", rate=8_000))
    for number, language in enumerate(LANGUAGES, 1):
        words = texts_for(language, language)
        await private.open(f"{service.address}/?lang={language}")
        await private.until("document.querySelector('#private')?.checked")
        await private.choose("#files", [spoken])
        await settled(private, number)
        assert await private.text(".error") == words.say("private", "cannot_decode")
        assert await private.text(".elsewhere") == words.say("page", "private_send")
    private.complaints.clear()  # the browser's own, of a sound that it cannot play
    await private.click(".elsewhere")
    await private.until("document.querySelector('[data-state=answered]')")
    await promised(private, f"{KEPT}.then(found => found.length === 1)")
    [(_, whole)] = await private.evaluate(KEPT)
    assert not whole.get("onDevice")


async def test_what_is_too_long_is_told_before_it_is_decoded(private: Tab, tmp_path: Path) -> None:
    long = write(tmp_path / "long.wav", np.zeros(601 * 8_000), rate=8_000)
    await private.choose("#files", [long])
    await settled(private, 1)
    assert await private.text(".error") == ENGLISH.say("private", "too_long", minutes=10)


async def test_a_check_can_be_ended_and_the_next_one_is_made(
    private: Tab, note: Path, tmp_path: Path
) -> None:
    person = hear(DEMO[-1].read_bytes(), 60.0).samples / 32_768
    long = write(tmp_path / "long.wav", np.tile(person, 20))
    await private.choose("#files", [long])
    await private.until("document.querySelector('.note progress')?.value > 0")
    await private.click(".remove")
    await private.until("!document.querySelector('.note')")
    await private.choose("#files", [note])
    assert list(await kept(private, 1)) == ["Maria.ogg"]


async def test_on_a_phone_the_answer_is_seen_without_scrolling(private: Tab, note: Path) -> None:
    await sized(private, PHONE)
    await private.choose("#files", [note])
    await settled(private, 1)
    bottom = "document.querySelector('.headline').getBoundingClientRect().bottom"
    assert await private.evaluate(f"{bottom} <= innerHeight && scrollY === 0")
    assert await private.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert ENGLISH.say("page", "private_done") in await private.text(".here")
    assert not await private.evaluate("!!document.querySelector('.pdf, .compare, .picture')")
    await private.until("document.querySelector('.axis > div')")
