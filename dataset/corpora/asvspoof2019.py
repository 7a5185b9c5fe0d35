"""ASVspoof 2019, logical access: human speech and 19 attacks on speaker verification."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from dataset.acquisition.corpus import Corpus, Found, Remark, Remote, WrongFolder
from dataset.acquisition.reading import NO_SOUND, Contents, root
from dataset.manifest import Clip

LICENCE = "ODC-By-1.0"
PROTOCOLS = "ASVspoof2019_LA_cm_protocols"
SPLITS = {"train": "train.trn", "dev": "dev.trl", "eval": "eval.trl"}
ENROLMENT = "not in the table: no line of the protocol (speaker verification's enrolment has none)"

# Wang et al. 2020, "ASVspoof 2019: a large-scale public database", table 1. A13, A14 and A15 are
# text-to-speech whose voice is then converted.
CONVERSION = {"A05", "A06", "A13", "A14", "A15", "A17", "A18", "A19"}


def clips(folder: Path) -> Iterator[Found]:
    """The trials of the protocols; "eval" is called test."""
    place = root(folder, PROTOCOLS, "ASVspoof2019_LA_*/flac")
    contents = Contents(folder, place)
    for split, ending in SPLITS.items():
        protocol = place / PROTOCOLS / f"ASVspoof2019.LA.cm.{ending}.txt"
        for line in contents.lines(protocol):
            columns = line.split()
            if len(columns) != 5:
                raise WrongFolder(f"{protocol} has a line of {len(columns)} columns, not 5: {line}")
            path = place / f"ASVspoof2019_LA_{split}" / "flac" / f"{columns[1]}.flac"
            if contents.take(path) is None:
                yield Remark(contents.name(path), NO_SOUND)
                continue
            yield trial(
                file=contents.name(path),
                speaker=columns[0],
                attack=columns[3],
                human=columns[4] == "bonafide",
                split="test" if split == "eval" else split,
            )
    yield from contents.remarks(ENROLMENT)


def trial(file: str, speaker: str, attack: str, human: bool, split: str) -> Clip:
    """A line of a protocol as a clip."""
    return Clip(
        file=file,
        label="human" if human else "synthetic",
        system="human" if human else f"asvspoof2019-{attack}",
        family="human" if human else "vc" if attack in CONVERSION else "tts",
        language="en",
        speaker=f"asvspoof-{speaker}",
        source="asvspoof2019-la",
        licence=LICENCE,
        split=split,
    )


def files() -> Sequence[Remote]:
    # No checksum is published beside it; the archive has its own of every file.
    return (Remote("https://datashare.ed.ac.uk/bitstream/handle/10283/3336/LA.zip", "LA.zip"),)


ASVSPOOF_2019 = Corpus(
    name="asvspoof2019-la",
    what="121,461 trials in English, human and 19 text-to-speech and conversion attacks; 16 kHz",
    page="https://datashare.ed.ac.uk/handle/10283/3336",
    licence=LICENCE,
    gigabytes=7.6,
    unpacked=7.8,  # unverified; flac does not shrink in a zip
    files=files,
    clips=clips,
)
