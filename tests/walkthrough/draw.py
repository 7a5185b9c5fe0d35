"""A tour becomes pictures: a PNG a step with the phones of all languages side by side."""

import re
from collections.abc import Sequence
from pathlib import Path

from tests.chromium import chromium
from tests.walkthrough.notes import Notes
from tests.walkthrough.tour import tour

SCREEN = {"width": 1280, "height": 800, "deviceScaleFactor": 1, "mobile": False}  # three phones
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


async def draw(folder: Path, notes: Notes, only: Sequence[str] = ()) -> list[str]:
    """Write a PNG a step and `index.html`; the faults that were met on the way and seen."""
    folder.mkdir(parents=True, exist_ok=True)
    drawn, faults = await tour(notes, only)
    return faults + await photograph(drawn, folder)


async def photograph(drawn: dict[str, str], folder: Path) -> list[str]:
    """A PNG of each page, and what people could not read there."""
    faults, names = [], []
    async with chromium("--allow-file-access-from-files") as tab:
        await tab.send("Emulation.setDeviceMetricsOverride", **SCREEN)
        for number, (step, html) in enumerate(drawn.items(), start=1):
            name = f"{number:03}-{re.sub(r'[^a-z0-9]+', '-', step.lower())}"
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
