"""In-the-Wild: 58 celebrities and politicians, really and faked, as found on the net."""

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from dataset.acquisition.corpus import Corpus, Found, Remark, Remote
from dataset.acquisition.reading import NO_SOUND, Contents, root
from dataset.manifest import Clip

LICENCE = "CC-BY-SA-4.0"  # by its card on the hub; its own page once said Apache-2.0


def clips(folder: Path) -> Iterator[Found]:
    """What meta.csv names. What made the fakes is not known."""
    place = root(folder, "meta.csv")
    contents = Contents(folder, place)
    for row in contents.table(place / "meta.csv", {"file", "speaker", "label"}):
        path = contents.take(place / row["file"])
        if path is None:
            yield Remark(contents.name(place / row["file"]), NO_SOUND)
            continue
        human = row["label"] == "bona-fide"
        yield Clip(
            file=contents.name(path),
            label="human" if human else "synthetic",
            system="human" if human else "in-the-wild",
            family="human" if human else "",
            language="en",
            speaker=f"itw-{hashlib.sha256(row['speaker'].encode()).hexdigest()[:8]}",
            source="in-the-wild",
            licence=LICENCE,
            split="test",  # it was made as one
        )
    yield from contents.remarks()


def files() -> Sequence[Remote]:
    address = "https://huggingface.co/datasets/mueller91/In-The-Wild/resolve/main/"
    return (Remote(f"{address}release_in_the_wild.zip", "release_in_the_wild.zip"),)


IN_THE_WILD = Corpus(
    name="in-the-wild",
    what="31,779 clips of 58 public figures, 20.7 h human and 17.2 h fake, English; a test only",
    page="https://huggingface.co/datasets/mueller91/In-The-Wild",
    licence=LICENCE,
    gigabytes=8.2,
    unpacked=8.5,  # unverified
    files=files,
    clips=clips,
)
