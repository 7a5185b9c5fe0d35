"""A clip of the data set, and the table `manifest.csv` that lists them."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from pathlib import Path

from dataset.files import unfinished

NAME = "manifest.csv"
LOST = "the manifest lists it, but it is not there"
LABELS, SPLITS = ("human", "synthetic", "noise"), ("train", "dev", "test")
SOUNDS = {".ogg", ".opus", ".oga", ".wav", ".mp3", ".flac", ".m4a", ".aac", ".amr", ".webm"}


class ManifestError(ValueError):
    """A table of clips that cannot be read."""


@dataclass(frozen=True)
class Clip:
    """One recording and what is known about it. Unknown facts are empty."""

    file: str  # path below the manifest's folder
    label: str  # "human", "synthetic" or "noise" (no speech)
    system: str = ""  # what spoke: "human" or the name of a synthesiser
    family: str = ""  # "tts", "vc", "vocoder", "codec", "formant", "hmm", "human", "noise"
    language: str = ""  # BCP 47: "pt-BR", "en", …
    speaker: str = ""
    sex: str = ""  # "f", "m"
    text: str = ""  # what is said
    pair: str = ""  # the same recording or sentence in human and synthetic form shares a pair
    channel: str = ""  # what it went through after it was spoken, e.g. "telegram-old"
    source: str = ""  # the corpus or repository
    licence: str = ""
    seconds: float = 0.0
    collection: str = ""  # where it came from, e.g. "products"; see `training.evaluation.slices`
    split: str = ""  # "train", "dev", "test"; the last one, scripts/pipeline looks for it there


def read(folder: Path) -> list[Clip]:
    """Clips of a folder: of its manifest, or else of its subfolders human/, synthetic/, noise/."""
    table = folder / NAME
    if not table.exists():
        return _from_subfolders(folder)
    known = {field.name for field in fields(Clip)}
    with table.open(newline="", encoding="utf-8-sig") as file:  # Excel puts a mark in front
        rows = csv.DictReader(file)
        try:
            missing = {"file", "label"} - set(rows.fieldnames or ())
            if missing:
                lacks = f"lacks the columns {sorted(missing)} (separated by commas)"
                raise ManifestError(f"{table} {lacks}")
            return [_clip({key: row[key] or "" for key in row if key in known}) for row in rows]
        except UnicodeDecodeError as error:
            raise ManifestError(f"{table} is not UTF-8 text") from error
        except (csv.Error, ValueError) as error:
            raise ManifestError(f"{table}, line {rows.line_num}: {error}") from error


def of_split(folder: Path, split: str) -> list[Clip]:
    """The clips of a folder that can be scored: human and synthetic ones of a split.

    Raises ManifestError where there is none.
    """
    found = [c for c in read(folder) if c.split == split and c.label != "noise"]
    if not found:
        raise ManifestError(f"{folder} has no clips of the split {split!r}")
    return found


def present(clips: Iterable[Clip], folder: Path) -> tuple[list[Clip], list[str]]:
    """The clips whose files are in `folder`, and the files of the others, sorted."""
    there: list[Clip] = []
    lost: set[str] = set()
    for clip in clips:
        if (folder / clip.file).is_file():
            there.append(clip)
        else:
            lost.add(clip.file)
    return there, sorted(lost)


def write(clips: Iterable[Clip], folder: Path) -> None:
    names = [field.name for field in fields(Clip)]
    with unfinished(folder / NAME) as new, new.open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(names)
        table.writerows([getattr(clip, name) for name in names] for clip in clips)


def _clip(facts: dict[str, str]) -> Clip:
    path = Path(facts["file"])
    if path.is_absolute() or ".." in path.parts:
        raise ManifestError(f"{path} is not below the folder of its {NAME}")
    for value, known in (facts["label"], LABELS), (facts.get("split", ""), (*SPLITS, "")):
        if value not in known:
            names = ", ".join(name or "nothing" for name in known)
            raise ManifestError(f"{value!r} is none of {names}")
    seconds = float(facts.pop("seconds", "") or 0.0)
    return replace(Clip(**facts), seconds=seconds)  # type: ignore[arg-type]  # only texts are left


def _from_subfolders(folder: Path) -> list[Clip]:
    clips = [
        Clip(
            file=str(path.relative_to(folder)),
            label=label,
            system=path.parent.name,
            source=path.parent.name,
        )
        for label in LABELS
        for path in sorted((folder / label).rglob("*"))
        if path.suffix.lower() in SOUNDS
    ]
    if not clips:
        raise ManifestError(f"{folder} has neither {NAME} nor sounds in human/ and synthetic/")
    return clips
