"""Recordings that people give for training: a sound file and a JSON file of facts in
DATA_DIR/donations, without names; who gave which is in the database alone.
"""

import json
import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import Store, donations
from bot.db.tables import Donation, Person
from bot.settings import Settings
from inference.decoding.containers import sniff
from inference.verdict import Verdict

OWN = "own"  # truth: the giver's own voice
ENGINES = ("xtts", "elevenlabs", "openai", "other", "unknown")  # truth: a machine said it
TRUTHS = (OWN, *ENGINES)

MOST_BYTES = 5 * 1024**2  # of one recording; five minutes of a voice note take 1 MB
A_DAY = 10  # donations of one person
LICENCE = "given for training by its speaker or maker, who may have it erased; not to be passed on"
# By container; videos are not taken, for they show faces.
SUFFIXES = {
    "ogg": ".oga",
    "mp3": ".mp3",
    "wav": ".wav",
    "flac": ".flac",
    "aac": ".aac",
    "amr": ".amr",
    "mov": ".m4a",
}


class Declined(Exception):
    """A donation is refused; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Gift:
    """A recording that somebody wants to give."""

    data: bytes
    sha256: str
    truth: str  # one of TRUTHS
    language: str  # of who gives it, BCP 47
    verdict: Verdict


def folder_of(settings: Settings) -> Path:
    """Return the folder of the donations; it may not exist yet."""
    return settings.data_dir / "donations"


async def check(store: Store, settings: Settings, person: int, size: int) -> None:
    """Check that a person may give `size` bytes more; raises Declined."""
    async with store.session() as session:
        await _check(session, settings, person, size)


async def give(store: Store, settings: Settings, person: int, gift: Gift) -> str:
    """Store a recording and the person's consent; return its id. Raises Declined and OSError."""
    kind = sniff(gift.data)
    if kind not in SUFFIXES:
        raise Declined("no_sound")
    name, now = secrets.token_hex(8), int(time.time())
    async with store.session() as session:
        await _check(session, settings, person, len(gift.data))
        if await donations.has_given(session, person, gift.sha256):
            raise Declined("known")
        giver = await session.get(Person, person) or Person(id=person)
        giver.donor_pseudonym = giver.donor_pseudonym or secrets.token_hex(4)
        giver.donate_consent_at = now
        session.add(giver)
        session.add(
            Donation(
                id=name,
                person_id=person,
                sha256=gift.sha256,
                truth=gift.truth,
                size=len(gift.data),
                donated_at=now,
            )
        )
        donor = giver.donor_pseudonym
    # Only now: a recording whose owner is not noted could never be erased.
    try:
        _write(folder_of(settings), name, SUFFIXES[kind], gift, donor, now)
    except OSError:  # the disk is full
        await erase(store, settings, person, name)
        raise
    return name


async def given(store: Store, person: int) -> Sequence[Donation]:
    """Return a person's donations, the latest first."""
    async with store.session() as session:
        return await donations.of(session, person)


async def erase(store: Store, settings: Settings, person: int, name: str | None = None) -> int:
    """Delete one of a person's recordings by its id, or all; return how many there were."""
    async with store.session() as session:
        theirs = [row.id for row in await donations.of(session, person)]
    names = [each for each in theirs if name in (None, each)]
    for each in names:
        for path in folder_of(settings).glob(f"*{each}.*"):  # begun ones have a dot before
            path.unlink(missing_ok=True)
    async with store.session() as session:
        await donations.forget(session, names)
    return len(names)


async def _check(session: AsyncSession, settings: Settings, person: int, size: int) -> None:
    """Compare with the limits on one file, one person's day and the folder; raises Declined."""
    if not settings.donations_mb:
        raise Declined("off")
    if size > MOST_BYTES:
        raise Declined("too_large")
    totals = await donations.totals(session, person)
    if totals.size + size > settings.donations_mb * 1024**2:
        raise Declined("full")
    if totals.today >= A_DAY:
        raise Declined("enough_today")


def _write(folder: Path, name: str, suffix: str, gift: Gift, donor: str, now: int) -> None:
    """Write the sound, then the facts, each to a temporary file that is renamed when whole."""
    facts: dict[str, Any] = {
        "file": f"{name}{suffix}",
        "truth": "human" if gift.truth == OWN else "synthetic",
        "engine": "" if gift.truth == OWN else gift.truth,
        "language": gift.language,
        "date": datetime.fromtimestamp(now, UTC).date().isoformat(),
        "speaker": donor,
        "score": round(gift.verdict.score, 4),
        "model": gift.verdict.model,
        "sha256": gift.sha256,
        "licence": LICENCE,
    }
    folder.mkdir(mode=0o700, exist_ok=True)
    text = json.dumps(facts, indent=1, ensure_ascii=False).encode()
    for file, data in ((facts["file"], gift.data), (f"{name}.json", text)):
        begun = folder / f".{file}"
        begun.touch(mode=0o600)
        begun.write_bytes(data)
        begun.rename(folder / file)
