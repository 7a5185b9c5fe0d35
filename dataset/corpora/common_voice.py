"""Common Voice: volunteers read sentences into their own telephones and laptops."""

from collections.abc import Iterator
from pathlib import Path

from dataset.acquisition.corpus import Corpus, Found, Remark
from dataset.acquisition.reading import NO_SOUND, Contents, one_line, root
from dataset.manifest import SPLITS, Clip

LICENCE = "CC0-1.0 (its terms forbid to re-host it and to identify speakers)"
COLUMNS = {"client_id", "path", "sentence"}
LEFT_OUT = {
    "invalidated": "not in the table: Common Voice's listeners rejected it",
    "other": "not in the table: too few listeners have judged it",
}


def clips(folder: Path) -> Iterator[Found]:
    """The official splits, and what else was validated, in its speaker's split if there is one."""
    place = root(folder, "validated.tsv", "clips")
    contents = Contents(folder, place / "clips")
    done: set[str] = set()
    split_of: dict[str, str] = {}
    for name in (*SPLITS, "validated"):
        if not (place / f"{name}.tsv").exists():
            continue
        for row in contents.table(place / f"{name}.tsv", COLUMNS, "\t", quotes=False):
            if row["path"] in done:
                continue
            done.add(row["path"])
            if name in SPLITS:
                split_of[row["client_id"]] = name
            yield _found(row, contents, place, split_of.get(row["client_id"], ""))
    for name, reason in LEFT_OUT.items():
        if (place / f"{name}.tsv").exists():
            for row in contents.table(place / f"{name}.tsv", COLUMNS, "\t", quotes=False):
                if contents.take(place / "clips" / row["path"]):
                    yield Remark(contents.name(place / "clips" / row["path"]), reason)
    yield from contents.remarks()


def _found(row: dict[str, str], contents: Contents, place: Path, split: str) -> Found:
    path = place / "clips" / row["path"]
    recording = contents.take(path)
    if recording is None:
        return Remark(contents.name(path), NO_SOUND)
    return Clip(
        file=contents.name(recording),
        label="human",
        system="human",
        family="human",
        language=row.get("locale", ""),
        speaker=f"cv-{row['client_id'][:16]}",
        sex=row.get("gender", "")[:1] if row.get("gender", "")[:1] in ("f", "m") else "",
        text=one_line(row["sentence"]),
        pair=f"cv-{recording.stem}",
        source="common-voice",
        licence=LICENCE,
        split=split,
    )


COMMON_VOICE = Corpus(
    name="common-voice",
    what="volunteers read sentences into their own telephones and laptops, in many languages; mp3",
    page="https://mozilladatacollective.com",
    licence=LICENCE,
    by_hand="Make an account at the Mozilla Data Collective and download the language's archive",
    clips=clips,
)
