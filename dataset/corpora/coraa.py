"""CORAA ASR 1.1: spontaneous and prepared Portuguese: interviews, talks, conversations."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

from dataset.acquisition import hub
from dataset.acquisition.corpus import Corpus, Found, Remark, Remote
from dataset.acquisition.reading import NO_SOUND, Contents, one_line, root
from dataset.manifest import SPLITS, Clip

LICENCE = "CC-BY-NC-ND-4.0"
MIRROR = "gabrielrstan/CORAA-v1.1"  # the authors' own copies are on Google Drive
COLUMNS = {"file_path", "text"}


def clips(folder: Path) -> Iterator[Found]:
    """What the tables of the splits name."""
    place = root(folder, "metadata_*_final.csv")
    contents = Contents(folder, place)
    for split in SPLITS:
        metadata = place / f"metadata_{split}_final.csv"
        if not metadata.exists():
            continue
        if not (place / split).exists():
            reason = f"no recording: the whole folder {split}/ is missing"
            yield Remark(contents.name(metadata), reason)
            continue
        for row in contents.table(metadata, COLUMNS):
            path = contents.take(place / row["file_path"])
            if path is None:
                yield Remark(contents.name(place / row["file_path"]), NO_SOUND)
                continue
            portugal = row.get("variety", "").lower().endswith("pt_pt")
            speaker = _speaker(PurePosixPath(row["file_path"]))
            yield Clip(
                file=contents.name(path),
                label="human",
                system="human",
                family="human",
                language="pt-PT" if portugal else "pt-BR",
                speaker=f"coraa-{speaker}" if speaker else "",
                text=one_line(row["text"]),
                pair=f"coraa-{path.stem}",
                source=f"coraa-{row.get('dataset', '').lower()}".rstrip("-"),
                licence=LICENCE,
                split=split,
            )
    yield from contents.remarks()


def _speaker(path: PurePosixPath) -> str:
    """As far as the paths tell; those of ALIP and of NURC-SP do not."""
    if "NURC_RE" in path.parts:
        return path.parent.name  # a session
    if "CORAL" in path.parts and (match := re.search(r"_CO_(.+)$", path.stem)):
        return match[1]
    if any(part.startswith("Ted_part") for part in path.parts):
        return path.stem.rpartition("-")[0]  # a talk
    return ""


def files() -> Sequence[Remote]:
    """The smaller splits. The train split (59 GB) is not in one piece there: see `by_hand`."""
    ours = ("dev.zip", "test.zip", "metadata_dev_final.csv", "metadata_test_final.csv")
    return hub.listing(MIRROR, "main", lambda name: name in ours)


CORAA = Corpus(
    name="coraa",
    what="290 h of spontaneous and prepared Portuguese, 16 kHz; the command gets dev and test",
    page="https://github.com/nilc-nlp/CORAA",
    licence=LICENCE,
    gigabytes=3.5,  # unverified; dev and test
    unpacked=4.0,  # unverified; dev and test
    files=files,
    by_hand="For train, download train.zip and metadata_train_final.csv by the links on the page",
    clips=clips,
)
