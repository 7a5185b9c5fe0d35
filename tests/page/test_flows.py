"""What most people do, in Chromium and in Firefox, on a telephone and at a desk."""

import asyncio
import os
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.texts import texts_for
from tests import firefox
from tests.browser import BrowserTab
from tests.chromium import Tab
from tests.fake_telegram.mini_app import LIGHT
from tests.page.browsing import (
    ENGLISH,
    MARKS,
    PART,
    PHONE,
    SIZES,
    VERDICTS,
    Answered,
    go,
    heard,
    reload,
    settled,
    sized,
)
from tests.page.wire import wire

pytestmark = MARKS

MISSING = "firefox is not installed: the page is NOT tested in it (apt-get install firefox-esr)"
BROWSERS = ("chromium", "firefox")
MIXED = ENGLISH.say("verdict", "mixed")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def fox() -> AsyncIterator[firefox.Firefox | None]:
    """One for all flows, because it starts slowly."""
    if not firefox.EXECUTABLE and os.environ.get("CI") != "true":
        yield None
        return
    async with firefox.firefox() as running:
        yield running


@pytest_asyncio.fixture(
    loop_scope="module",
    params=[(name, size) for name in BROWSERS for size in SIZES],
    ids=lambda each: f"{each[0]}-{each[1][0]}",
)
async def tab(
    request: pytest.FixtureRequest, browser: Tab, fox: firefox.Firefox | None, answered: Answered
) -> AsyncIterator[BrowserTab]:
    """A browser in which the page was never opened; what it complained of fails the test."""
    name, size = request.param
    address = answered.service.address
    if name == "firefox":
        if fox is None:
            pytest.skip(MISSING)
        async with fox.tab() as tab:
            await sized(tab, size)
            await tab.open(f"{address}/")
            yield tab
            assert tab.complaints == []
        return
    await sized(browser, size)
    await browser.open("about:blank")
    browser.complaints.clear()
    await browser.send("Storage.clearDataForOrigin", origin=address, storageTypes="all")
    await browser.open(f"{address}/")
    yield browser
    assert browser.complaints == []


@pytest.fixture
def height(tab: BrowserTab, request: pytest.FixtureRequest) -> int:
    return int(request.node.callspec.params["tab"][1][1])


async def fits(tab: BrowserTab) -> bool:
    """Whether nothing has to be moved sideways."""
    return bool(await tab.evaluate("document.documentElement.scrollWidth <= innerWidth"))


async def test_a_file_is_checked_heard_looked_at_and_kept(tab: BrowserTab, height: int) -> None:
    await tab.choose("#files", [PART])
    await settled(tab, 1)
    assert await tab.text(".note h2") == "part.ogg"
    assert await tab.text(".headline") == MIXED
    bottom = "document.querySelector('.headline').getBoundingClientRect().bottom"
    assert await tab.evaluate(bottom) <= height
    await heard(tab)
    assert await fits(tab)
    await tab.click("button.play")
    await tab.until("document.querySelector('.time').innerText.startsWith('0:01')")
    await tab.click("button.play")
    await tab.click(".nearer")
    await tab.until("document.querySelector('.part').innerText.startsWith('🔍')")
    await reload(tab)
    await settled(tab, 1)
    assert await tab.text(".headline") == MIXED
    for language in ("pt-BR", "es"):
        await tab.click(f".languages a[lang={language}]")
        await tab.until(f"document.documentElement?.lang === '{language}'")
        words = texts_for(language, "en").say("verdict", "mixed")
        await tab.until(f"document.querySelector('.headline')?.innerText === {words!r}")
    assert await fits(tab)


async def test_what_was_being_sent_when_the_page_was_reloaded_is_sent_again(
    tab: BrowserTab, answered: Answered
) -> None:
    async with wire(answered.service.address) as network:
        await tab.open(f"{network.address}/")
        await tab.until("document.querySelector('#files')")
        network.most = 20_000
        await tab.choose("#files", [PART])
        await asyncio.wait_for(network.silent.wait(), 60)
        await tab.evaluate("new Promise(done => setTimeout(done, 300))")  # it is kept by then
        network.mend()
        await reload(tab)
        await settled(tab, 1)
        assert await tab.evaluate("document.querySelector('.error')?.innerText ?? ''") == ""
        assert await tab.text(".headline") == MIXED
        await heard(tab)
        await tab.open("about:blank")


async def test_a_recording_is_made_judged_heard_and_kept(tab: BrowserTab) -> None:
    await tab.click("#record")
    await tab.until("!document.querySelector('#recording').hidden")
    await tab.until("document.querySelector('#clock').textContent >= '0:03'")
    assert await fits(tab)
    await tab.click("#stop")
    await settled(tab, 1)
    assert (await tab.text(".note h2")).startswith("recording.")
    said = await tab.text(".headline")
    assert said in VERDICTS  # Firefox's microphone hears a tone and nobody
    await tab.until("document.querySelector('button.play')")
    await tab.until("document.querySelector('.axis > div')")  # the player is loaded
    await tab.click("button.play")
    await tab.until("!document.querySelector('.time').innerText.startsWith('0:00')")
    await reload(tab)
    await settled(tab, 1)
    assert await tab.text(".headline") == said
    await tab.until("document.querySelector('button.play')")  # its sound is kept, too


async def test_an_example_is_heard_and_checked_and_the_measurements_are_seen(
    tab: BrowserTab,
) -> None:
    await go(tab, "examples")
    await tab.until("document.querySelectorAll('.examples .card').length === 4")
    assert await fits(tab)
    await tab.evaluate("document.querySelector('audio').play()")
    await tab.until("document.querySelector('audio').currentTime > 0.5")
    await tab.click(".examples .card .button")
    await settled(tab, 1)
    assert await tab.text(".note h2") == "person.ogg"
    await go(tab, "accuracy")
    await tab.until("document.querySelectorAll('.measured tbody tr').length > 10")
    assert await fits(tab)


async def test_the_quiz_is_played_to_its_score(tab: BrowserTab) -> None:
    await go(tab, "quiz")
    for number in range(1, 6):
        await tab.until("document.querySelector('.quiz .human:enabled')")
        assert (await tab.text(".quiz h2")).endswith(f"{number}/5")
        if number == 1:
            await tab.evaluate("document.querySelector('audio').play()")
            await tab.until("document.querySelector('audio').currentTime > 0.5")
        await tab.click(".quiz .human")
        await tab.until("document.querySelector('.quiz .next')")
        assert await fits(tab)
        if number < 5:
            await tab.click(".quiz .next")
    assert "🏁" in await tab.text(".outcome")
    await tab.click(".quiz .next")
    await tab.until("document.querySelector('.quiz h2').innerText.endsWith('1/5')")


@pytest.mark.parametrize("tab", [(name, PHONE) for name in BROWSERS], indirect=True, ids=BROWSERS)
async def test_telegram_s_button_opens_its_answer(tab: BrowserTab, answered: Answered) -> None:
    await tab.open("about:blank")
    await tab.open(answered.address(LIGHT))
    await heard(tab)
    assert await tab.text(".headline") == MIXED
    assert await fits(tab)
