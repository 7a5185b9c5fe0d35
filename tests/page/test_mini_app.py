"""The page inside Telegram: the answer of the button that opened it, in Telegram's colours."""

import json
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.chromium import Tab
from tests.fake_telegram.mini_app import DARK, LIGHT
from tests.page.accessibility import violations
from tests.page.browsing import (
    ENGLISH,
    MARKS,
    PART,
    PHONE,
    SIZES,
    Answered,
    go,
    heard,
    reload,
    settled,
    sized,
)

pytestmark = MARKS

HEADLINE = "document.querySelector('.headline')?.innerText"


@pytest_asyncio.fixture(loop_scope="module")
async def tab(browser: Tab, answered: Answered) -> AsyncIterator[Tab]:
    """A browser that knows nothing of Telegram yet; what it complained of fails the test."""
    await browser.send("Emulation.setEmulatedMedia", features=[])
    await sized(browser, PHONE)
    await browser.open(f"{answered.service.address}/")
    await browser.evaluate("sessionStorage.clear()")
    await browser.open("about:blank")
    origin = answered.service.address
    await browser.send("Storage.clearDataForOrigin", origin=origin, storageTypes="all")
    browser.complaints.clear()
    yield browser
    assert browser.complaints == []


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("theme", [LIGHT, DARK])
async def test_the_button_opens_its_answer_in_telegram_s_colours(
    tab: Tab, answered: Answered, axe: str, theme: dict[str, str], size: tuple[int, int]
) -> None:
    await sized(tab, size)
    await tab.open(answered.address(theme))
    await heard(tab)
    assert await tab.evaluate(HEADLINE) == ENGLISH.say("verdict", "mixed")
    ground = await tab.evaluate(
        "getComputedStyle(document.body).backgroundColor.match(/\\d+/g)"
        ".map(part => Number(part).toString(16).padStart(2, '0')).join('')"
    )
    assert f"#{ground}" == theme["secondary_bg_color"]
    bottom = "document.querySelector('.headline').getBoundingClientRect().bottom"
    assert await tab.evaluate(bottom) < size[1]
    assert await tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
    asked = "performance.getEntriesByType('resource').map(each => new URL(each.name).pathname)"
    assert "/page-api/answers" not in await tab.evaluate(asked)
    await tab.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    assert await violations(tab, axe) == []


async def test_it_plays_and_is_looked_at_closely(tab: Tab, answered: Answered) -> None:
    await tab.open(answered.address(LIGHT))
    await heard(tab)
    await tab.click("button.play")
    await tab.until("document.querySelector('.time').innerText.startsWith('0:01')")
    await tab.click("button.play")
    await tab.click(".nearer")
    await tab.until("document.querySelector('.part').innerText.startsWith('🔍')")


async def test_it_is_kept_by_telegram_and_not_by_the_browser(tab: Tab, answered: Answered) -> None:
    await tab.open(answered.address(LIGHT))
    await heard(tab)
    await go(tab, "check")
    assert not await tab.evaluate("document.querySelector('.note')")
    await tab.choose("#files", [PART])
    await settled(tab, 1)
    await go(tab, "note")
    await heard(tab)
    assert await tab.evaluate("document.querySelectorAll('.note').length") == 1


async def test_another_language_and_a_reload_keep_the_answer(tab: Tab, answered: Answered) -> None:
    await tab.open(answered.address(DARK))
    await heard(tab)
    dark = await tab.evaluate("getComputedStyle(document.body).backgroundColor")
    await tab.click(".languages [hreflang=pt-BR]")
    await tab.until("document.documentElement?.lang === 'pt-BR'")
    await tab.until(f"({HEADLINE} ?? '').startsWith('🤖 Parte')")
    await reload(tab)
    await heard(tab)
    assert await tab.evaluate("getComputedStyle(document.body).backgroundColor") == dark


async def test_who_may_not_see_it_reads_why_and_has_the_page(
    tab: Tab, answered: Answered, axe: str
) -> None:
    rui = answered.telegram.person("Rui", "en")
    for address, key in (
        (answered.address(LIGHT, rui), "not_shown"),
        (answered.address(LIGHT, age=4000), "too_old"),
    ):
        await tab.open("about:blank")
        await tab.open(address)
        words = ENGLISH.say("mini_app", key)
        await tab.until(f"document.querySelector('#problem')?.innerText === {json.dumps(words)}")
        assert not await tab.evaluate("document.querySelector('.note')")
        assert await violations(tab, axe) == []
    await go(tab, "check")
    assert await tab.evaluate("!!document.querySelector('#files')")
    tab.complaints[:] = [each for each in tab.complaints if "/page-api/mini-app/note" not in each]


async def test_outside_telegram_the_address_is_the_page(tab: Tab, answered: Answered) -> None:
    await tab.open(answered.url)
    words = ENGLISH.say("page", "telegram_outside")
    await tab.until(f"document.querySelector('#problem')?.innerText === {json.dumps(words)}")
    await tab.choose("#files", [PART])
    await settled(tab, 1)
    assert await tab.text("#problem") == ""


TELEGRAM = """
  window.posted = [];
  window.TelegramWebviewProxy = {
    postEvent: (type, data) => posted.push([type, JSON.parse(data)]),
  };
"""


async def test_telegram_is_told_that_it_stands_and_tells_of_another_theme(
    tab: Tab, answered: Answered
) -> None:
    script = await tab.send("Page.addScriptToEvaluateOnNewDocument", source=TELEGRAM)
    try:
        await tab.open(answered.address(LIGHT))
        await heard(tab)
    finally:
        await tab.send("Page.removeScriptToEvaluateOnNewDocument", identifier=script["identifier"])
    assert await tab.evaluate("posted") == [["web_app_ready", {}], ["web_app_expand", {}]]
    changed = json.dumps({"theme_params": DARK})
    await tab.evaluate(f"Telegram.WebView.receiveEvent('theme_changed', {changed})")
    assert await tab.evaluate("document.documentElement.dataset.theme") == "dark"


GREY = {"bg_color": "#808080", "secondary_bg_color": "#777777", "text_color": "#888888"}


@pytest.mark.parametrize("theme", [GREY, {"bg_color": "red"}, {}])
async def test_colours_on_which_nobody_could_read_are_not_taken(
    tab: Tab, answered: Answered, axe: str, theme: dict[str, str]
) -> None:
    await tab.open(answered.address(theme))
    await heard(tab)
    assert await violations(tab, axe) == []
