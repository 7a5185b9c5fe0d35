"""The other views, light and dark; and that everybody can use all of them."""

from pathlib import Path

import pytest

from tests.chromium import Tab
from tests.page.accessibility import violations
from tests.page.browsing import (
    ENGLISH,
    MARKS,
    PART,
    SIZES,
    VERDICTS,
    go,
    phase,
    prepare,
    reload,
    settled,
    sized,
)
from tests.service import Service, running

pytestmark = MARKS

VIEWS = ["check", "examples", "quiz", "accuracy", "about"]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
async def test_axe_finds_nothing_on_any_view(
    page: Tab, axe: str, theme: str, size: tuple[int, int]
) -> None:
    await sized(page, size)
    features = {"prefers-color-scheme": theme, "prefers-reduced-motion": "reduce"}
    emulated = [{"name": name, "value": value} for name, value in features.items()]
    await page.send("Emulation.setEmulatedMedia", features=emulated)
    for view in [*VIEWS, "api"]:
        await go(page, view)
        await page.until("!document.querySelector('main [role=status]:not(.unseen, :empty)')")
        assert await violations(page, axe) == [], view
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), view
    await go(page, "quiz")
    await page.until("document.querySelector('.quiz .synthetic:enabled')")
    await page.click(".quiz .synthetic")
    await page.until("document.querySelector('.quiz .next')")
    await page.evaluate("document.querySelector('.quiz details').open = true")
    assert await violations(page, axe) == [], "quiz"
    await go(page, "check")
    await page.click("#record")
    await page.until("!document.querySelector('#recording').hidden")
    assert await violations(page, axe) == [], "recording"
    await page.click("#discard")
    await page.until("document.querySelector('#recording').hidden")
    await page.choose("#files", [PART, Path(__file__)])
    await settled(page, 2)
    assert await violations(page, axe) == [], "in short"
    await page.click(".more")
    await page.until("document.querySelector('.axis > div')?.shadowRoot.querySelector('svg')")
    await page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    await page.click(".nearer")
    await page.until("document.querySelector('.part').innerText.startsWith('🔍')")
    assert await violations(page, axe) == []


async def test_axe_finds_nothing_in_a_private_check(page: Tab, axe: str, tmp_path: Path) -> None:
    strange = tmp_path / "note.amr"
    strange.write_bytes(b"#!AMR\n")
    await page.click("#private")
    await phase(page, "offered")
    await in_both(page, axe, "offered")
    await page.click("#private")
    await prepare(page)
    await in_both(page, axe, "ready")
    await page.choose("#files", [strange])
    await settled(page, 1)
    await in_both(page, axe, "failed")
    page.complaints.clear()  # the browser's own, of a sound that it cannot play
    await page.click(".remove")
    await page.choose("#files", [PART])
    await settled(page, 1)
    await page.until("document.querySelector('.axis > div')?.shadowRoot.querySelector('svg')")
    await page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    await in_both(page, axe, "answered")


async def in_both(page: Tab, axe: str, what: str) -> None:
    """Nothing is found and all fits, in both themes and both sizes."""
    for size in SIZES:
        for theme in ("light", "dark"):
            await sized(page, size)
            features = {"prefers-color-scheme": theme, "prefers-reduced-motion": "reduce"}
            emulated = [{"name": name, "value": value} for name, value in features.items()]
            await page.send("Emulation.setEmulatedMedia", features=emulated)
            assert await violations(page, axe) == [], (what, size, theme)
            assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), what


async def test_an_example_is_checked_as_ones_own(page: Tab) -> None:
    await go(page, "examples")
    await page.until("document.querySelectorAll('.examples .card').length === 4")
    await page.click(".examples .card .button")
    await settled(page, 1)
    assert await page.text(".note h2") == "person.ogg"
    assert await page.text(".headline") in VERDICTS


async def test_the_quiz_is_played_by_the_keyboard_alone(page: Tab) -> None:
    await go(page, "quiz")
    await page.until("document.querySelector('.quiz .human:enabled')")
    await page.evaluate("document.querySelector('.quiz .human').focus()")
    await press(page, "Enter")
    await page.until("document.activeElement.matches('.quiz .next')")
    assert await page.evaluate("document.querySelectorAll('.outcome[role=status] p').length") == 4
    await press(page, "Enter")
    await page.until("document.activeElement.matches('.quiz h2')")
    assert (await page.text(".quiz h2")).endswith("2/5")
    assert await page.text(".outcome") == ""


async def press(page: Tab, key: str) -> None:
    """Press a key and let it go."""
    await page.send("Input.dispatchKeyEvent", type="keyDown", key=key, text="\r")
    await page.send("Input.dispatchKeyEvent", type="keyUp", key=key)


async def test_a_quiz_that_does_not_come_is_told_and_begun_anew(page: Tab) -> None:
    await page.evaluate("window.fetched = fetch; window.fetch = () => Promise.reject(new Error())")
    await go(page, "quiz")
    words = ENGLISH.say("page", "lost")
    await page.until(f"document.querySelector('.quiz > [role=alert]')?.innerText === {words!r}")
    await page.evaluate("window.fetch = fetched")
    await page.click(".quiz .again")
    await page.until("document.querySelector('.quiz .human:enabled')")


async def test_what_was_measured_stands_in_a_table(page: Tab) -> None:
    await go(page, "accuracy")
    await page.until("document.querySelectorAll('.measured tbody tr').length > 10")
    told = await page.evaluate("document.querySelector('.bar').getAttribute('aria-label')")
    numbers = [int(word) for word in told.replace(",", "").split() if word.isdigit()]
    assert sum(numbers) == 100
    assert ENGLISH.say("page", "accuracy_unknown") in await page.text("main")


async def test_programs_find_the_api_and_examples_that_ask_this_very_page(
    page: Tab, service: Service
) -> None:
    await go(page, "api")
    await page.until("document.querySelectorAll('.api tbody tr').length === 3")
    rows = (await page.text(".api tbody")).splitlines()
    assert rows[0] == f"POST /api/v1/verdicts\t{ENGLISH.say('api', 'judge')}"
    samples = await page.evaluate(
        "[...document.querySelectorAll('.api pre')].map(each => each.textContent)"
    )
    assert len(samples) == 3
    assert all(f"{service.address}/api/v1/verdicts" in sample for sample in samples)
    link = await page.evaluate("document.querySelector('.api p a').href")
    assert link == f"{service.address}/api/v1/openapi.json"


async def test_the_appearance_that_was_chosen_is_kept(page: Tab) -> None:
    ground = "getComputedStyle(document.body).backgroundColor"
    features = [{"name": "prefers-color-scheme", "value": "light"}]
    await page.send("Emulation.setEmulatedMedia", features=features)
    light = await page.evaluate(ground)
    await page.evaluate(
        "{const choice = document.querySelector('#theme'); choice.value = 'dark';"
        "choice.dispatchEvent(new Event('change', {bubbles: true}));}"
    )
    dark = await page.evaluate(ground)
    assert dark != light
    await reload(page)
    assert await page.evaluate(ground) == dark


async def test_the_address_names_the_view(page: Tab) -> None:
    for view in VIEWS:
        await go(page, view)
        assert await page.evaluate("location.hash") == f"#{view}"
        assert await page.evaluate("document.querySelectorAll('h1').length") == 1
    await page.evaluate("history.back()")
    await page.until("location.hash === '#accuracy' && document.querySelector('.measured')")


async def test_how_to_get_the_file_itself_is_told(page: Tab) -> None:
    await page.click("#source summary")
    told = await page.text("#source")
    for app in ("WhatsApp", "Telegram", "Signal", "iPhone", "Android"):
        assert app in told
    assert "loudspeaker" in told


async def test_a_file_is_taken_whatever_view_it_is_dropped_on(page: Tab) -> None:
    await go(page, "about")
    await page.evaluate(
        "{const carried = new DataTransfer();"
        "carried.items.add(new File(['not a sound'], 'x.ogg'));"
        "document.dispatchEvent(new DragEvent('drop', {dataTransfer: carried, cancelable: true}));}"
    )
    await settled(page, 1)
    assert await page.text(".note h2") == "x.ogg"


async def test_an_example_that_does_not_come_is_told(page: Tab) -> None:
    await go(page, "examples")
    await page.until("document.querySelectorAll('.examples .card').length === 4")
    await page.evaluate("window.fetch = () => Promise.reject(new TypeError('no network'))")
    await page.click(".examples .card .button")
    words = ENGLISH.say("page", "lost")
    await page.until(f"document.querySelector('#problem')?.innerText === {words!r}")


@pytest.mark.parametrize(
    ("contact", "link"),
    [
        ("Ana <Lima>", None),
        ("ana@example.org", "mailto:ana@example.org"),
        ("https://example.org/?a&b", "https://example.org/?a&b"),
        ("javascript:alert(1)@a.b c", None),
        ("javascript:alert(1)", None),
    ],
)
async def test_the_page_names_whoever_runs_it(browser: Tab, contact: str, link: str | None) -> None:
    async with running(None, CONTACT=contact) as service:
        await browser.open(f"{service.address}/?lang=en")
        await browser.until("document.querySelector('.contact')")
        assert await browser.text(".contact") == f"{ENGLISH.say('page', 'contact')} {contact}"
        href = "document.querySelector('.contact a')?.getAttribute('href') ?? null"
        assert await browser.evaluate(href) == link
