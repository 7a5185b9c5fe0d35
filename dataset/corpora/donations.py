"""Donations: recordings that people gave to a bot of ours, each with its facts beside it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dataset.acquisition.corpus import Corpus, Found, Remark, WrongFolder
from dataset.acquisition.reading import NO_SOUND, Contents
from dataset.files import sha256
from dataset.manifest import Clip

LICENCE = "given for training by its speaker or maker, who may have it erased; not to be passed on"
CHANGED = "damaged: not the recording that was given"
UNCLEAR = "not in the table: its facts can't be read"
NEEDED = {"file", "truth", "engine", "language", "speaker", "sha256", "licence"}


def clips(folder: Path) -> Iterator[Found]:
    """What the facts say. Whether it is true, nobody has checked."""
    contents = Contents(folder)
    told = {path: _facts(path) for path in sorted(folder.rglob("[!.]*.json"))}
    if not any(told.values()):
        raise WrongFolder(f"{folder} holds no recording with its facts in a .json beside it")
    for path, facts in told.items():
        if facts is None:
            yield Remark(contents.name(path), UNCLEAR)
            continue
        sound = contents.take(path.with_name(facts["file"]))
        if sound is None:
            yield Remark(contents.name(path.with_name(facts["file"])), NO_SOUND)
        elif sha256(sound) != facts["sha256"]:
            yield Remark(contents.name(sound), CHANGED)
        else:
            yield _clip(contents.name(sound), facts)
    yield from contents.remarks()


def _clip(file: str, facts: dict[str, Any]) -> Clip:
    human = facts["truth"] == "human"
    return Clip(
        file=file,
        label=facts["truth"],
        system="human" if human else facts["engine"],
        # Whoever does not know the program doesn't know whether it read or converted either.
        family="human" if human else "" if facts["engine"] in ("other", "unknown") else "tts",
        language=facts["language"],
        # One of both classes: the voice that a machine has is often its maker's own.
        speaker=f"donor-{facts['speaker']}",
        source="donations",
        licence=facts["licence"],
    )


def _facts(path: Path) -> dict[str, Any] | None:
    """What stands beside a recording; None where that is not what a bot wrote."""
    try:
        facts = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:  # no JSON, or no UTF-8
        return None
    if not isinstance(facts, dict) or not all(isinstance(facts.get(key), str) for key in NEEDED):
        return None
    plain = Path(facts["file"]).name == facts["file"]
    return facts if plain and facts["truth"] in ("human", "synthetic") else None


DONATIONS = Corpus(
    name="donations",
    what="recordings that people gave to your bot, own voices and machines', as they told it",
    page="docs/corpora.md",
    licence=LICENCE,
    by_hand="Name the bot's DATA_DIR/donations",
    clips=clips,
)
