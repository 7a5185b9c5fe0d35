"""CETUC: 101 Brazilians read the same 1,000 sentences.

Two public layouts: the hub has one archive a speaker below train/, dev/ and test/; alcaim.tar.gz
and FalaBrasil's DVC have one folder a speaker and no split. In both, M001-0000.wav lies beside
M001-0000.txt.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from dataset.acquisition import hub
from dataset.acquisition.corpus import Corpus, Found, Remark, Remote, WrongFolder
from dataset.acquisition.reading import NO_TEXT, Contents
from dataset.manifest import SPLITS, Clip

REPOSITORY = "falabrasil/cetuc"
REVISION = "6dbc8081d35fff5bdd133d8a12b8a11f91959b01"
LICENCE = "research only (PUC-Rio to LaPS); the hub's card says MIT"
SPEAKER = re.compile(r"_([FM]\d{3})(?![0-9])")
RECORDING = re.compile(r"([FM]\d{3})-(\d{4})$")  # of a file's stem
NO_SPLIT = "no split: neither this copy nor the hub tells it of "


def clips(folder: Path) -> Iterator[Found]:
    """Recordings with their transcripts; what lacks the one or the other is remarked on."""
    contents = Contents(folder)
    recordings = contents.all()
    codes = {match[1] for path in recordings if (match := RECORDING.search(path.stem))}
    if not codes:
        raise WrongFolder(f"{folder} holds no recordings named like M001-0000.wav: is it CETUC?")
    splits = official_split(contents, folder, codes)
    yield from unsplit(codes - splits.keys())
    for path in recordings:
        match = RECORDING.search(path.stem)
        words = path.with_suffix(".txt")
        spoken = contents.transcript(words) if words.exists() else ""
        if not match:
            yield Remark(contents.name(path), "not in the table: its name is not like M001-0000")
        elif not spoken:
            yield Remark(contents.name(path), NO_TEXT)
        else:
            yield _clip(contents.name(path), match[1], match[0], spoken, splits)
    yield from contents.remarks()
    yield from _lonely_transcripts(folder, contents)


def official_split(contents: Contents, folder: Path, codes: set[str]) -> dict[str, str]:
    """Speaker's code → train, dev or test: by folders, else FalaBrasil's lists, else the hub."""
    found = {}
    for path in folder.rglob("*"):
        below = path.relative_to(folder)
        split = next((part for part in below.parts if part in SPLITS), "")
        if split and (match := SPEAKER.search(below.as_posix())):
            found[match[1]] = split
    for split in SPLITS:  # what FalaBrasil's split_cetuc.sh writes
        for lists in folder.rglob(f"{split}.list"):
            found |= dict.fromkeys(SPEAKER.findall(contents.text(lists)), split)
    if codes <= found.keys():
        return found
    try:
        names = [remote.name for remote in files()]
    except hub.Unreachable:
        return found
    on_hub = {m[1]: Path(name).parts[1] for name in names if (m := SPEAKER.search(name))}
    return on_hub | found


def unsplit(codes: set[str]) -> Iterator[Remark]:
    for code in sorted(codes):
        yield Remark(".", f"{NO_SPLIT}{code}", taken=True)


def files() -> Sequence[Remote]:
    return hub.listing(REPOSITORY, REVISION, lambda name: name.endswith(".tar.gz"))


def _clip(file: str, code: str, stem: str, spoken: str, splits: dict[str, str]) -> Clip:
    return Clip(
        file=file,
        label="human",
        system="human",
        family="human",
        language="pt-BR",
        speaker=f"cetuc-{code}",
        sex=code[0].lower(),
        text=spoken,
        pair=f"cetuc-{stem}",  # Fake Voices has the same names for its clones
        source="cetuc",
        licence=LICENCE,
        split=splits.get(code, ""),
    )


def _lonely_transcripts(folder: Path, contents: Contents) -> Iterator[Remark]:
    for path in sorted(folder.rglob("*.txt")):
        expected = RECORDING.search(path.stem) and not path.name.startswith("._")
        if expected and not contents.take(path.with_suffix(".wav")):
            yield Remark(contents.name(path), "no recording: a transcript stands alone")


CETUC = Corpus(
    name="cetuc",
    what="101 speakers of Brazilian Portuguese read the same 1,000 sentences; 145 h, 16 kHz",
    page=f"https://huggingface.co/datasets/{REPOSITORY}",
    licence=LICENCE,
    gigabytes=13.9,  # 101 archives of about 138 MB
    unpacked=16.7,  # datasets/cetuc.dvc of FalaBrasil: 16,689,615,123 bytes in 202,001 files
    files=files,
    clips=clips,
)
