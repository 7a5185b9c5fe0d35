"""All conversations in all languages become pages of three phones, and the pages pictures."""

import asyncio
import re
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from bot.settings import LANGUAGES
from tests.chromium import chromium
from tests.fake_telegram import FakeTelegram
from tests.service import Service, running
from tests.walkthrough import in_groups, in_private
from tests.walkthrough.notes import Notes
from tests.walkthrough.phone import page
from tests.walkthrough.walk import Conversation, Walk

SCREEN = {"width": 1280, "height": 800, "deviceScaleFactor": 1, "mobile": False}  # three phones
SETTINGS = {"DONATIONS_MB": "100"}  # all that people may meet
TOLD = 3000  # characters of what the service wrote after it failed
TALL = 760  # pixels of chat that a phone shows at once; no text of ours should be longer

# What no person should ever read: a placeholder, a message's key, marks that isolate directions.
RAW = r"/[{}\u2066-\u2069]|\b[a-z]+-[a-z]+_[a-z_]+\b|\bNone\b|\bnan\b/"
FAULTS = f"""(() => {{
  const faults = [];
  const say = (what, element) => {{
    const words = element.innerText.slice(0, 60);
    faults.push(`${{element.closest('.phone').lang}}: ${{what}}: ${{words}}`);
  }};
  for (const key of document.querySelectorAll('.key'))
    if (key.scrollWidth > key.clientWidth) say('the label is cut off', key);
  for (const text of document.querySelectorAll('.bot .text, .toast, .alert')) {{
    if (text.offsetHeight > {TALL}) say('longer than a screen', text);
    if (text.scrollWidth > text.clientWidth) say('wider than the screen', text);
  }}
  for (const text of document.querySelectorAll('.bot .text, .key, .toast, .alert'))
    if ({RAW}.test(text.innerText)) say('raw', text);
  return faults;
}})()"""


async def pages(notes: Notes, only: Sequence[str] = ()) -> tuple[dict[str, str], list[str]]:
    """By the name of the step: the HTML of its three phones; and what went wrong."""
    faults: list[str] = []
    async with FakeTelegram() as telegram, running(telegram, **SETTINGS) as service:
        await telegram.until(lambda: ("short_description", "es") in telegram.methods.profile.texts)
        tales = (tell(telegram, service, notes, language, faults, only) for language in LANGUAGES)
        told = await asyncio.gather(*tales)
        if "Traceback" in service.written:
            faults.append(service.written[service.written.index("Traceback") :][:TOLD])
    steps = dict.fromkeys(step for screens in told for step in screens)
    return {step: page([screens.get(step, "") for screens in told]) for step in steps}, faults


async def tell(
    telegram: FakeTelegram,
    service: Service,
    notes: Notes,
    language: str,
    faults: list[str],
    only: Sequence[str],
) -> dict[str, str]:
    """All conversations in one language, each of somebody new; the screens by their steps."""
    conversations: dict[str, Conversation] = in_private.CONVERSATIONS | in_groups.CONVERSATIONS
    for name in in_private.commands(telegram, language):
        conversations[f"command {name}"] = partial(in_private.command, name)
    screens: dict[str, str] = {}
    for title in only or conversations:
        conversation = conversations[title]
        walk = Walk(telegram, service, telegram.person("Maria", language.lower()))
        await conversation(walk, notes)
        screens |= {f"{title}, {step}": html for step, html in walk.screens.items()}
        faults += [f"{title}, {language}: {fault}" for fault in walk.faults]
    return screens


async def draw(folder: Path, notes: Notes, only: Sequence[str] = ()) -> list[str]:
    """Write a PNG a step and `index.html`; the faults that were met on the way and seen."""
    folder.mkdir(parents=True, exist_ok=True)
    drawn, faults = await pages(notes, only)
    return faults + await photograph(drawn, folder)


async def photograph(drawn: dict[str, str], folder: Path) -> list[str]:
    """A PNG of each page, and what people could not read there."""
    faults, names = [], []
    async with chromium("--allow-file-access-from-files") as tab:
        await tab.send("Emulation.setDeviceMetricsOverride", **SCREEN)
        for number, (step, html) in enumerate(drawn.items(), start=1):
            name = f"{number:02}-{re.sub(r'[^a-z0-9]+', '-', step.lower())}"
            (folder / f"{name}.html").write_text(html, encoding="utf-8")
            await tab.open((folder / f"{name}.html").absolute().as_uri())
            await tab.until("[...document.images].every(image => image.complete)")
            faults += [f"{step}: {fault}" for fault in await tab.evaluate(FAULTS)]
            await tab.screenshot(folder / f"{name}.png")
            names.append(name)
    _index(folder, names)
    return faults


def _index(folder: Path, names: list[str]) -> None:
    rows = "".join(f'<h2>{name}</h2><img src="{name}.png">' for name in names)
    (folder / "index.html").write_text(f'<!DOCTYPE html><meta charset="utf-8">{rows}', "utf-8")
