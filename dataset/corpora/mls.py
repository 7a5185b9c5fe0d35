"""Multilingual LibriSpeech, Portuguese: volunteers read books of LibriVox aloud."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from dataset.acquisition.corpus import Corpus, Found, Remark, Remote
from dataset.acquisition.reading import Contents, one_line, root
from dataset.manifest import SPLITS, Clip

LICENCE = "CC-BY-4.0"
NO_SOUND = "no recording: a transcript stands alone"


def clips(folder: Path) -> Iterator[Found]:
    """The lines of transcripts.txt, "SPEAKER_BOOK_NUMBER<tab>text", with audio/SPEAKER/BOOK/."""
    place = root(folder, "*/transcripts.txt")
    contents = Contents(folder, place)
    recordings = {path.stem: path for path in contents.all()}
    sexes = _sexes(contents.lines(place / "metainfo.txt"))
    for split in SPLITS:
        transcripts = place / split / "transcripts.txt"
        for line in contents.lines(transcripts):
            name, _, spoken = line.partition("\t")
            path = recordings.pop(name, None)
            if path is None:
                yield Remark(f"{contents.name(transcripts)}: {name}", NO_SOUND)
                continue
            speaker = name.partition("_")[0]
            yield Clip(
                file=contents.name(path),
                label="human",
                system="human",
                family="human",
                language="pt",  # of Brazil mostly, but nobody noted whose
                speaker=f"librivox-{speaker}",
                sex=sexes.get(speaker, ""),
                text=one_line(spoken),
                pair=f"mls-{name}",
                source="mls-portuguese",
                licence=LICENCE,
                split=split,
            )
    for path in recordings.values():
        yield Remark(contents.name(path), "no transcript: transcripts.txt does not name it")
    yield from contents.remarks()


def _sexes(metainfo: Sequence[str]) -> dict[str, str]:
    """Columns by bars: SPEAKER | GENDER | PARTITION | …"""
    rows = [[cell.strip() for cell in line.split("|")] for line in metainfo]
    return {row[0]: row[1].lower() for row in rows if len(row) > 1 and row[1] in ("F", "M")}


def files() -> Sequence[Remote]:
    name = "mls_portuguese_opus.tar.gz"  # 9.3 GB as flac; the books were mp3 before either
    return (Remote(f"https://dl.fbaipublicfiles.com/mls/{name}", name),)


MLS = Corpus(
    name="mls-portuguese",
    what="volunteers read books aloud in Portuguese; 168 h, 62 speakers, 16 kHz opus",
    page="https://www.openslr.org/94/",
    licence=LICENCE,
    gigabytes=2.5,
    unpacked=2.6,  # opus does not shrink in a tar.gz
    files=files,
    clips=clips,
)
