"""What the tests of the page share: when they run, and waiting for answers."""

import os
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.services import demo
from bot.texts import texts_for
from inference.verdict import ANSWERS
from tests.browser import BrowserTab
from tests.chromium import EXECUTABLE
from tests.fake_telegram import FakeTelegram, Person
from tests.fake_telegram.mini_app import init_data, opened
from tests.service import Service

MISSING = "chromium is not installed: the page is NOT tested (apt-get install chromium)"
MARKS = [
    pytest.mark.slow,
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.skipif(not EXECUTABLE and os.environ.get("CI") != "true", reason=MISSING),
]

PHONE, DESK = (360, 640), (1280, 800)  # px
SIZES = [PHONE, DESK]

ENGLISH = texts_for("en", "en")
PART = Path(demo.__file__).parent / "part.ogg"  # of which a part is a machine
VERDICTS = {ENGLISH.say("verdict", answer) for answer in ANSWERS}


@dataclass
class Answered:
    """A bot that has answered Maria's note, and the page that its button opens."""

    telegram: FakeTelegram
    service: Service
    maria: Person
    url: str  # of the button, at the service's own address

    def address(self, theme: dict[str, str], who: Person | None = None, age: float = 0) -> str:
        data = init_data(who or self.maria, self.telegram.token, age)
        return opened(self.url, data, theme)


async def settled(page: BrowserTab, count: int) -> None:
    """Wait until so many notes have their answer or their error, and none is under way."""
    done = "document.querySelectorAll('.note:not([data-state=sending])').length"
    under_way = "document.querySelector('.note[data-state=sending]')"
    await page.until(f"{done} === {count} && !{under_way}")


async def sized(page: BrowserTab, size: tuple[int, int]) -> None:
    await page.resize(*size)


async def go(page: BrowserTab, view: str) -> None:
    """To another view by its link."""
    await page.click(f"nav.views a[href='#{view}'], footer a[href='#{view}']")
    shown = "document.querySelector('nav.views [aria-current], footer [aria-current]')"
    await page.until(f"{shown}?.hash === '#{view}'")


async def reload(page: BrowserTab) -> None:
    await page.reload()
    await page.until("document.querySelector('main')")


async def heard(page: BrowserTab) -> None:
    """The answer is there, and its sound."""
    await page.until("document.querySelector('.headline') && document.querySelector('button.play')")
    await page.until("document.querySelector('.axis > div')?.shadowRoot.querySelector('svg')")


async def prepare(page: BrowserTab) -> None:
    """Choose the private check and fetch what it takes."""
    await page.until("document.querySelector('#private')")
    await page.click("#private")
    await phase(page, "offered")
    await page.click("#fetch")
    await phase(page, "ready")


async def phase(page: BrowserTab, name: str) -> None:
    """Wait until the private check is so far."""
    await page.until(f"document.querySelector('.needs')?.dataset.phase === '{name}'", 180)
