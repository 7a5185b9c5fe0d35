"""UrbanSound8K: 8,732 sounds of ten kinds from city streets, at most 4 s each, in ten folds."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from dataset.acquisition.corpus import Corpus, Found, Remark, Remote
from dataset.acquisition.reading import NO_SOUND, Contents, root
from dataset.manifest import Clip

LICENCE = "CC-BY-NC-3.0"  # the archive's README; Zenodo's page shows CC-BY-NC-4.0
TABLE = "metadata/UrbanSound8K.csv"
SPLITS = {"9": "dev", "10": "test"}  # fold → split; the others train
VOICES = "not noise: children at play are heard speaking"


def clips(folder: Path) -> Iterator[Found]:
    """Slices of one recording are in one fold, so a fold is a source."""
    place = root(folder, TABLE, "audio")
    contents = Contents(folder, place / "audio")
    for row in contents.table(place / TABLE, {"slice_file_name", "fold", "class"}):
        path = place / "audio" / f"fold{row['fold']}" / row["slice_file_name"]
        if contents.take(path) is None:
            yield Remark(contents.name(path), NO_SOUND)
        elif row["class"] == "children_playing":
            yield Remark(contents.name(path), VOICES)
        else:
            yield Clip(
                file=contents.name(path),
                label="noise",
                system=f"urbansound8k-{row['class']}",
                family="noise",
                source=f"urbansound8k-fold{row['fold']}",
                licence=LICENCE,
                split=SPLITS.get(row["fold"], "train"),
            )
    yield from contents.remarks()


def files() -> Sequence[Remote]:
    return (
        Remote(
            "https://zenodo.org/records/1203745/files/UrbanSound8K.tar.gz",
            "UrbanSound8K.tar.gz",
            checksum="md5:9aa69802bbf37fb986f71ec1483a196e",
        ),
    )


URBANSOUND8K = Corpus(
    name="urbansound8k",
    what="8,732 sounds of ten kinds from city streets, at most 4 s each; many rates, many stereo",
    page="https://zenodo.org/records/1203745",
    licence=LICENCE,
    gigabytes=6.0,
    unpacked=7.1,
    files=files,
    clips=clips,
)
