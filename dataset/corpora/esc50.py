"""ESC-50: 2,000 environmental sounds of 50 kinds, 5 s each, in five folds."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from dataset.acquisition.corpus import Corpus, Found, Remark, Remote
from dataset.acquisition.reading import NO_SOUND, Contents, root
from dataset.manifest import Clip

LICENCE = "CC-BY-NC-3.0"
SPLITS = {"4": "dev", "5": "test"}  # fold → split; the others train


def clips(folder: Path) -> Iterator[Found]:
    """Clips cut from one recording are in one fold, so a fold is a source."""
    place = root(folder, "meta/esc50.csv", "audio")
    contents = Contents(folder, place / "audio")
    for row in contents.table(place / "meta" / "esc50.csv", {"filename", "fold", "category"}):
        path = contents.take(place / "audio" / row["filename"])
        if path is None:
            yield Remark(contents.name(place / "audio" / row["filename"]), NO_SOUND)
            continue
        yield Clip(
            file=contents.name(path),
            label="noise",
            system=f"esc50-{row['category']}",
            family="noise",
            source=f"esc50-fold{row['fold']}",
            licence=LICENCE,
            split=SPLITS.get(row["fold"], "train"),
        )
    yield from contents.remarks()


def files() -> Sequence[Remote]:
    # soundata knows MD5 7771e4b9d86d0945acce719c7a59305a, but GitHub makes the archive anew now
    # and then; the archive's own checksums of every file are what counts.
    return (Remote("https://github.com/karoldvl/ESC-50/archive/master.zip", "ESC-50-master.zip"),)


ESC50 = Corpus(
    name="esc50",
    what="2,000 environmental sounds of 50 kinds, 5 s each; 44.1 kHz",
    page="https://github.com/karolpiczak/ESC-50",
    licence=LICENCE,
    gigabytes=0.6,
    unpacked=0.9,  # 2,000 × 5 s × 44.1 kHz × 2 bytes
    files=files,
    clips=clips,
)
