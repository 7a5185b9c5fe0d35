"""The result: seen at once, heard from anywhere, looked at closely, taken away."""

import base64
import json
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest

from bot.services import demo
from tests import sounds
from tests.chromium import Tab
from tests.page.browsing import ENGLISH, MARKS, SIZES, VERDICTS, settled, sized

pytestmark = MARKS

PART = Path(demo.__file__).parent / "part.ogg"  # 17.5 s: a person, from 0:07 to 0:12 a machine
SHADOW = "document.querySelector('.axis > div').shadowRoot"
VIEW = f"{SHADOW}.querySelector('.scroll')"
TIME = f"Number({VIEW}.getAttribute('aria-valuenow'))"


async def answered(page: Tab, size: tuple[int, int] = SIZES[1]) -> None:
    """Check the clip, and wait for its charts."""
    await sized(page, size)
    await page.choose("#files", [PART])
    await settled(page, 1)
    await page.until("document.querySelector('.axis > div')")
    await page.until(f"{SHADOW}.querySelectorAll('[part~=region-content]').length === 3")
    await page.until(f"{SHADOW}.querySelector('canvas.seen')")


async def press(page: Tab, key: str, code: str = "") -> None:
    for kind in ("keyDown", "keyUp"):
        text = {"text": key} if kind == "keyDown" and len(key) == 1 else {}
        await page.send("Input.dispatchKeyEvent", type=kind, key=key, code=code or key, **text)


@pytest.mark.parametrize("size", SIZES)
async def test_the_result_is_seen_at_once(page: Tab, size: tuple[int, int]) -> None:
    await answered(page, size)
    for part in (".headline", ".advice"):
        box = await page.evaluate(
            f"document.querySelector('.note {part}').getBoundingClientRect().toJSON()"
        )
        assert box["top"] >= 0
        assert box["bottom"] <= size[1]
    assert await page.evaluate("scrollY") == 0
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("size", SIZES)
async def test_the_marked_stretches_have_words_and_all_lies_on_one_axis(
    page: Tab, size: tuple[int, int]
) -> None:
    await answered(page, size)
    said = f"[...{SHADOW}.querySelectorAll('[part~=region-content]')].map(each => each.textContent)"
    assert await page.evaluate(said) == [
        "person: 0:00–0:07",
        "machine: 0:07–0:13",
        "person: 0:13–0:17",
    ]
    boxes = await page.evaluate(
        f"['canvas.seen', 'svg', '.wrapper'].map(each => {SHADOW}.querySelector(each)"
        ".getBoundingClientRect().toJSON())"
    )
    for side in ("left", "right"):
        assert max(box[side] for box in boxes) - min(box[side] for box in boxes) < 3
    picture, scores = boxes[:2]
    assert scores["top"] == pytest.approx(picture["bottom"], abs=1)  # one under the other
    marks = await page.evaluate(
        f"[...{SHADOW}.querySelectorAll('[part~=region]')]"
        ".map(each => each.getBoundingClientRect().toJSON())"
    )
    start = (marks[1]["left"] - picture["left"]) / picture["width"] * 17.5
    assert start == pytest.approx(7, abs=1)


@pytest.mark.parametrize("size", SIZES)
async def test_a_click_and_keys_play_from_there(page: Tab, size: tuple[int, int]) -> None:
    await answered(page, size)
    await page.evaluate(
        f"{{const box = {VIEW}.getBoundingClientRect(); const x = box.left + box.width / 2;"
        f"{SHADOW}.querySelector('.wrapper').dispatchEvent(new MouseEvent('click',"
        "{clientX: x, clientY: box.top + 20, bubbles: true}))}"
    )
    await page.until(f"{TIME} === 9")
    await page.evaluate(f"{VIEW}.focus()")
    await press(page, "ArrowRight")
    await page.until(f"{TIME} === 10")
    await press(page, "Home")
    await page.until(f"{TIME} === 0")
    await press(page, " ", "Space")
    await page.until(f"document.querySelector('.play').innerText.includes('Pause') && {TIME} >= 1")
    cursor = f"parseFloat({SHADOW}.querySelector('.cursor').style.left)"
    assert await page.evaluate(cursor) > 0  # it follows the sound
    await page.click(".play")
    await page.until("document.querySelector('.play').innerText.includes('Play')")
    told = await page.evaluate(f"{VIEW}.getAttribute('aria-valuetext')")
    assert told.endswith(" / 0:17")


@pytest.mark.parametrize("size", SIZES)
async def test_a_part_is_looked_at_closely(page: Tab, size: tuple[int, int]) -> None:
    await answered(page, size)
    await page.click(".nearer")
    await page.until("document.querySelector('.part').innerText.startsWith('🔍')")
    assert " of 0:18\n" in await page.text(".part")
    layers = f"{SHADOW}.querySelectorAll('canvas.seen').length"
    assert await page.evaluate(layers) == 2
    seen = await page.evaluate(f"{VIEW}.getBoundingClientRect().toJSON()")
    machine = await page.evaluate(
        f"[...{SHADOW}.querySelectorAll('[part~=region-content]')]"
        ".find(each => each.textContent.startsWith('machine')).getBoundingClientRect().toJSON()"
    )
    assert seen["left"] - 1 <= machine["left"] <= machine["right"] <= seen["right"] + 1
    first = await page.text(".part")
    await page.click(".glasses .later")
    part = "document.querySelector('.part').innerText"
    await page.until(f"{part}.startsWith('🔍') && {part} !== {json.dumps(first)}")
    assert await page.evaluate(layers) == 3
    marked = f"{SHADOW}.querySelectorAll('[part~=region-content]').length"
    assert await page.evaluate(marked) >= 1  # the marks are still there
    for _ in range(2):
        await page.click(".farther")
    await page.until("document.querySelector('.part').innerText === ''")
    assert await page.evaluate(f"{VIEW}.scrollWidth <= {VIEW}.clientWidth + 1")


CAUGHT = """
  window.caught = [];
  const make = URL.createObjectURL.bind(URL);
  URL.createObjectURL = (blob) => { caught.push(blob); return make(blob); };
  HTMLAnchorElement.prototype.click = function () { window.name_ = this.download; };
"""


async def caught(page: Tab, button: str) -> tuple[str, Any]:
    """Name and first letters of what a button gives to be downloaded."""
    await page.evaluate("caught.length = 0")
    await page.click(f".tools .{button}")
    await page.until("caught.length")
    text = await page.evaluate(
        "caught.at(-1).arrayBuffer().then(bytes => String.fromCharCode(...new Uint8Array(bytes)"
        ".slice(0, 6)))"
    )
    return await page.evaluate("name_"), text


async def test_a_report_and_the_picture_can_be_kept(page: Tab) -> None:
    await page.evaluate(CAUGHT)
    await answered(page)
    name, content = await caught(page, "pdf")
    assert (name, content[:5]) == ("ouvido-f3ff273d.pdf", "%PDF-")
    await page.until("!document.querySelector('.json').disabled")
    name, content = await caught(page, "json")
    assert (name, content[0]) == ("ouvido-f3ff273d.json", "{")
    name, content = await caught(page, "picture")
    assert (name, content[:2]) == ("ouvido-f3ff273d.jpg", "\xff\xd8")


async def test_on_paper_stands_the_open_answer_with_all_that_is_folded(page: Tab) -> None:
    await answered(page)
    count = "document.querySelectorAll('.note details[open]').length"
    await page.evaluate(f"window.print = () => {{ window.open_ = {count}; }}")
    await page.click(".tools .print")
    assert await page.evaluate("open_") >= 3
    assert await page.evaluate(count) == 0
    await page.send("Emulation.setEmulatedMedia", media="print")
    shown = "getComputedStyle(document.querySelector('{}')).display !== 'none'"
    assert await page.evaluate(shown.format(".note"))
    assert not await page.evaluate(shown.format(".intake"))
    assert not await page.evaluate(shown.format(".tools"))
    await page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    paper = await page.send("Page.printToPDF", printBackground=True)
    assert len(pdfium.PdfDocument(base64.b64decode(paper["data"]))) == 1
    await page.send("Emulation.setEmulatedMedia", media="")


async def test_why_and_what_the_file_tells_stand_behind_the_answer(page: Tab) -> None:
    await answered(page)
    await page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    assert ENGLISH.say("why", "mixed") in await page.text(".why")
    facts = await page.text(".facts")
    assert "opus" in facts
    assert demo.examples()[2].sha256 in facts.replace("\n", "")
    assert ENGLISH.say("why", "worth") in facts


async def test_a_recording_of_safari_is_judged_and_played(page: Tab, tmp_path: Path) -> None:
    """MP4 in fragments, without a length in its head."""
    file = tmp_path / "recording.m4a"
    speech = "-f f32le -ar 16000 -ac 1 -i pipe:0 -ar 48000 -c:a aac -movflags "
    fragments = "frag_keyframe+empty_moov+default_base_moof -frag_duration 500000"
    made = sounds.speech(6).astype("<f4").tobytes()
    file.write_bytes(sounds.ffmpeg(speech + fragments, "mp4", made))
    await page.choose("#files", [file])
    await settled(page, 1)
    assert await page.text(".headline") in VERDICTS
    await page.until("document.querySelector('.axis > div')")
    await page.click(".play")
    await page.until(f"{TIME} >= 1")
    assert (await page.text(".time")).endswith(" / 0:06")


async def test_its_voice_is_compared_with_a_genuine_one(page: Tab) -> None:
    await answered(page)
    await page.click(".compare summary")
    same = ENGLISH.error("same_recording", 20 * 2**20)
    said = "document.querySelector('.compare .part').innerText"
    await page.choose(".compare .known", [PART])
    await page.until(f"{said} === {json.dumps(same)}")
    await page.choose(".compare .known", [PART.with_name("person.ogg")])
    await page.until(f"'≈≠🤔'.includes({said}[0]) && {said}.length > 40")
    page.complaints[:] = [each for each in page.complaints if "422" not in each]


async def test_a_file_that_the_browser_cannot_play_has_its_answer(
    page: Tab, tmp_path: Path
) -> None:
    file = tmp_path / "old.aiff"
    file.write_bytes(sounds.encode(sounds.speech(5), "aiff"))
    await page.choose("#files", [file])
    await settled(page, 1)
    words = json.dumps(ENGLISH.say("page", "cannot_play"))
    await page.until(f"document.querySelector('.player').innerText.includes({words})")
    assert await page.text(".headline") in VERDICTS
