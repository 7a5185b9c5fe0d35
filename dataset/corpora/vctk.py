"""VCTK 0.92: 110 speakers of English, two microphones at once; the second is the one used."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from dataset.acquisition.corpus import Corpus, Found, Remark, Remote
from dataset.acquisition.reading import NO_TEXT, Contents, root
from dataset.manifest import Clip

LICENCE = "CC-BY-4.0"
MICROPHONE = "_mic2"
SOUND = "wav48_silence_trimmed"
NO_SOUND = "no recording: a transcript without a recording of the second microphone"


def clips(folder: Path) -> Iterator[Found]:
    """Recordings of the second microphone that have a transcript.

    p280 has none of that microphone, p315 no transcripts, p362 not all: they are remarked on.
    """
    place = root(folder, SOUND, "txt")
    contents = Contents(folder, place / SOUND)
    sexes = _sexes(contents.lines(place / "speaker-info.txt"))
    said = {path.stem: path for path in sorted((place / "txt").glob("*/[!.]*.txt"))}
    for path in contents.all():
        sentence = path.stem.removesuffix(MICROPHONE)
        if not path.stem.endswith(MICROPHONE):
            continue  # the same speech by the other microphone
        words = said.pop(sentence, None)
        spoken = contents.transcript(words) if words else ""
        if not spoken:
            yield Remark(contents.name(path), NO_TEXT)
            continue
        speaker = path.parent.name
        yield Clip(
            file=contents.name(path),
            label="human",
            system="human",
            family="human",
            language="en",
            speaker=speaker,
            sex=sexes.get(speaker, ""),
            text=spoken,
            pair=f"vctk-{sentence}",
            source="vctk",
            licence=LICENCE,
        )
    yield from contents.remarks()
    for words in said.values():
        yield Remark(contents.name(words), NO_SOUND)


def _sexes(table: Sequence[str]) -> dict[str, str]:
    """Columns by blanks: ID AGE GENDER ACCENTS REGION, of which the last may be several words."""
    rows = [line.split() for line in table[1:]]
    return {row[0]: row[2].lower() for row in rows if len(row) > 2 and row[2] in ("F", "M")}


def files() -> Sequence[Remote]:
    address = "https://datashare.is.ed.ac.uk/bitstream/handle/10283/3443/VCTK-Corpus-0.92.zip"
    checksum = "sha256:f96258be9fdc2cbff6559541aae7ea4f59df3fcaf5cf963aae5ca647357e359c"
    return (Remote(address, "VCTK-Corpus-0.92.zip", checksum=checksum),)  # as torchaudio has it


VCTK = Corpus(
    name="vctk",
    what="110 speakers of English read newspapers; 44 h, 48 kHz flac",
    page="https://datashare.ed.ac.uk/handle/10283/3443",
    licence=LICENCE,
    gigabytes=11.7,
    unpacked=12.0,  # unverified; flac does not grow much
    files=files,
    clips=clips,
)
