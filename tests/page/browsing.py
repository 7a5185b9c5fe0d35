"""What the tests of the page share: when they run, and waiting for answers."""

import os

import pytest

from bot.texts import texts_for
from inference.verdict import ANSWERS
from tests.chromium import EXECUTABLE, Tab

MISSING = "chromium is not installed: the page is NOT tested (apt-get install chromium)"
MARKS = [
    pytest.mark.slow,
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.skipif(not EXECUTABLE and os.environ.get("CI") != "true", reason=MISSING),
]

PHONE, DESK = (360, 640), (1280, 800)  # px
SIZES = [PHONE, DESK]

ENGLISH = texts_for("en", "en")
VERDICTS = {ENGLISH.say("verdict", answer) for answer in ANSWERS}


async def settled(page: Tab, count: int) -> None:
    """Wait until so many notes have their answer or their error, and none is under way."""
    done = "document.querySelectorAll('.note:not([data-state=sending])').length"
    under_way = "document.querySelector('.note[data-state=sending]')"
    await page.until(f"{done} === {count} && !{under_way}")


async def sized(page: Tab, size: tuple[int, int]) -> None:
    width, height = size
    await page.send(
        "Emulation.setDeviceMetricsOverride",
        width=width,
        height=height,
        deviceScaleFactor=1,
        mobile=width < 500,
    )


async def go(page: Tab, view: str) -> None:
    """To another view by its link."""
    await page.click(f".views a[href='#{view}']")
    await page.until(f"document.querySelector('.views [aria-current]').hash === '#{view}'")


async def reload(page: Tab) -> None:
    await page.evaluate("window.old = true")
    await page.send("Page.reload")
    await page.until("!window.old && document.readyState === 'complete'")
    await page.until("document.querySelector('main')")


async def prepare(page: Tab) -> None:
    """Choose the private check and fetch what it takes."""
    await page.until("document.querySelector('#private')")
    await page.click("#private")
    await phase(page, "offered")
    await page.click("#fetch")
    await phase(page, "ready")


async def phase(page: Tab, name: str) -> None:
    """Wait until the private check is so far."""
    await page.until(f"document.querySelector('.needs')?.dataset.phase === '{name}'", 180)
