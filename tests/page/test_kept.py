"""Nothing is lost: files, answers and language survive a reload; one button forgets them."""

import asyncio
from pathlib import Path

from bot.texts import texts_for
from tests.chromium import Tab
from tests.page.browsing import ENGLISH, MARKS, VERDICTS, reload, settled
from tests.page.wire import wire
from tests.service import Service

pytestmark = MARKS


async def asked(page: Tab) -> list[str]:
    """What the page has asked of the server since it was opened."""
    return [
        str(name)
        for name in await page.evaluate(
            "performance.getEntriesByType('resource').map(entry => new URL(entry.name).pathname)"
            ".filter(path => path.startsWith('/page-api/'))"
        )
    ]


async def test_answers_and_files_survive_a_reload(page: Tab, note: Path) -> None:
    await page.choose("#files", [note, note])
    await settled(page, 2)
    said = await page.text(".headline")
    await reload(page)
    await settled(page, 2)
    assert await page.text(".headline") == said
    assert await page.text(".note h2") == "Maria.ogg"
    await page.click(".more")
    await page.until("document.querySelector('.play')")
    assert await asked(page) == []


async def test_answers_change_their_language_without_being_made_again(
    page: Tab, note: Path, service: Service
) -> None:
    await page.choose("#files", [note])
    await settled(page, 1)
    spanish = texts_for("es", "es")
    await page.click(".languages a[lang=es]")
    await page.until(
        "document.documentElement?.lang === 'es' && document.querySelector('.headline')"
    )
    headlines = [spanish.say("verdict", key) for key in ("synthetic", "human", "inconclusive")]
    headlines += [spanish.say("verdict", f"leans_{side}") for side in ("human", "synthetic")]
    await page.until(f"{headlines!r}.includes(document.querySelector('.headline').innerText)")
    assert await asked(page) == ["/page-api/words"]
    await page.open(f"{service.address}/")  # without ?lang=
    assert await page.evaluate("document.documentElement.lang") == "es"


async def test_a_file_that_was_under_way_is_sent_again(page: Tab, note: Path) -> None:
    slow = {"latency": 0, "downloadThroughput": -1, "uploadThroughput": 300}
    await page.send("Network.enable")
    await page.send("Network.emulateNetworkConditions", offline=False, **slow)
    await page.choose("#files", [note])
    await page.until("document.querySelector('.note[data-state=sending]')")
    await page.evaluate("new Promise(done => setTimeout(done, 300))")  # it is kept by then
    await page.send(
        "Network.emulateNetworkConditions", offline=False, **{**slow, "uploadThroughput": -1}
    )
    await reload(page)
    await settled(page, 1)
    assert await page.text(".headline") in VERDICTS


async def test_two_tabs_send_a_file_once_and_both_show_its_answer(page: Tab, note: Path) -> None:
    await page.evaluate(
        "navigator.locks.request('ouvido-queue', () => new Promise(done => { window.go = done }));"
        "null"
    )
    await page.choose("#files", [note])
    await page.until("document.querySelector('.note[data-state=sending]')")
    await page.evaluate("new Promise(done => setTimeout(done, 300))")  # it is kept by then
    await page.evaluate("window.other = open(location.href); null")
    await page.until("other.document.querySelector('.note[data-state=sending]')")
    await page.evaluate("go()")
    for document in ("document", "other.document"):
        await page.until(f"{document}.querySelector('.note[data-state=answered]')")
    sent = [
        len(
            await page.evaluate(
                f"{window}.performance.getEntriesByName("
                "new URL('page-api/answers?lang=en', location).href).map(entry => entry.name)"
            )
        )
        for window in ("window", "other")
    ]
    assert sum(sent) == 1
    await page.evaluate("other.close()")


async def test_what_a_tab_was_sending_when_it_was_closed_is_not_lost_for_the_other(
    page: Tab, service: Service
) -> None:
    async with wire(service.address) as network:
        network.most = 200_000  # the first tab gets no further
        await page.open(f"{network.address}/")
        await page.evaluate("open(location.href, 'first'); null")
        await page.until("open('', 'first').document.querySelector('#files')")
        await page.evaluate(
            "{const first = open('', 'first'), carried = new first.DataTransfer();"
            "carried.items.add(new first.File([new Uint8Array(1e6).fill(7)], 'x.ogg'));"
            "first.document.dispatchEvent("
            "new first.DragEvent('drop', {dataTransfer: carried, cancelable: true}));}"
        )
        await asyncio.wait_for(network.silent.wait(), 60)
        await page.evaluate("new Promise(done => setTimeout(done, 300))")  # it is kept by then
        await reload(page)
        await page.until("document.querySelector('.note[data-state=sending]')")
        network.mend()
        await page.evaluate("open('', 'first').close()")
        await settled(page, 1)  # sent by the tab that is left
        assert await page.text(".error") == ENGLISH.error("unknown_file", 20 * 2**20)
        await page.open("about:blank")


async def test_one_button_forgets_everything(page: Tab, note: Path) -> None:
    await page.choose("#files", [note])
    await settled(page, 1)
    await page.evaluate("window.confirm = () => true")
    await page.click("#clear")
    cleared = ENGLISH.say("page", "cleared")
    await page.until(f"document.querySelector('#news').textContent === {cleared!r}")
    await reload(page)
    assert not await page.evaluate("document.querySelector('.note')")
    assert await page.evaluate("document.querySelector('.lead') !== null")


async def test_another_tab_forgets_with_it(page: Tab, note: Path) -> None:
    await page.choose("#files", [note])
    await settled(page, 1)
    await page.evaluate("window.other = open(location.href); null")
    await page.until("other.document.querySelector('.note[data-state=answered]')")
    await page.evaluate("window.confirm = () => true")
    await page.click("#clear")
    await page.until("other.document.querySelector('.lead')")
    assert not await page.evaluate("other.document.querySelector('.note')")
    await page.evaluate("other.close()")


async def test_without_its_file_a_note_says_what_is_left_and_promises_no_sound(
    page: Tab, note: Path
) -> None:
    await page.evaluate(
        "{const put = IDBObjectStore.prototype.put;"
        "IDBObjectStore.prototype.put = function (note) {"
        "  if (note.file) throw new Error('no room');"
        "  return put.call(this, note);"
        "};}"
    )
    await page.choose("#files", [note])
    await settled(page, 1)
    await page.until("document.querySelector('.play')")
    keys = ENGLISH.say("page", "keys")
    await page.evaluate("document.querySelector('.reading').open = true")
    assert keys in await page.text(".reading")
    await reload(page)
    await page.until("document.querySelector('.reading')")
    await page.evaluate("document.querySelector('.reading').open = true")
    assert ENGLISH.say("page", "spectrogram") in await page.text(".reading")
    assert keys not in await page.text(".reading")
    assert ENGLISH.say("page", "file_gone") in await page.text(".player")
    assert not await page.evaluate("document.querySelector('.play')")


async def test_a_note_that_was_removed_stays_away(page: Tab, note: Path) -> None:
    await page.choose("#files", [note, note])
    await settled(page, 2)
    await page.click(".remove")
    await page.until("document.querySelectorAll('.note').length === 1")
    await reload(page)
    await settled(page, 1)


async def test_a_browser_that_keeps_nothing_says_so(page: Tab, note: Path) -> None:
    await page.evaluate("IDBObjectStore.prototype.put = () => { throw new Error('no room'); }")
    await page.choose("#files", [note])
    await settled(page, 1)
    assert await page.text(".headline") in VERDICTS
    words = ENGLISH.say("page", "not_kept")
    assert words in await page.text(".kept")
