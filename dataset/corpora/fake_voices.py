"""Fake Voices: XTTS clones of CETUC's speakers who say CETUC's sentences."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from dataset.acquisition import hub
from dataset.acquisition.corpus import Corpus, Found, Remark, Remote, WrongFolder
from dataset.acquisition.reading import Contents
from dataset.corpora import cetuc
from dataset.manifest import Clip

REPOSITORY = "unfake/fake_voices"
REVISION = "541bf396da524f92a6d6594a0e9952210e7d7e7e"
LICENCE = "MIT by its card, but: XTTS output is CPML (non-commercial), CETUC is research only"
CLONE = re.compile(r"^(\d+)_fake$")  # of a file's stem
NAMELESS = {"MarioJr_Fake": "M014"}  # a folder without the speaker's code
SENTENCES = 1000
NUMBER = re.compile(r"^\d+\s*[-.:|)]?\s+")  # before a sentence


def clips(folder: Path) -> Iterator[Found]:
    """Clones, each in a pair with the recording of CETUC whose sentence it says."""
    contents = Contents(folder)
    clones = [path for path in contents.all() if CLONE.match(path.stem)]
    if not clones:
        raise WrongFolder(f"{folder} holds no clones named like 1_fake.wav: is it Fake Voices?")
    codes = {_code(path.relative_to(folder)) for path in clones} - {""}
    splits = cetuc.official_split(contents, folder, codes)
    yield from cetuc.unsplit(codes - splits.keys())
    sentences: list[str] = []  # unverified: that line N is what N_fake.wav says
    for words in folder.rglob("transcriptions.txt"):
        lines = [line.strip() for line in contents.lines(words) if line.strip()]
        if len(lines) == SENTENCES:
            sentences = [NUMBER.sub("", line) for line in lines]
        else:  # nothing says which line is whose then
            reason = f"no transcript: {len(lines)} lines for {SENTENCES} sentences"
            yield Remark(contents.name(words), reason, taken=True)
    for path in clones:
        number = int(path.stem.partition("_")[0])
        code = _code(path.relative_to(folder))
        if not code or not 1 <= number <= SENTENCES:
            yield Remark(contents.name(path), "no speaker: neither its name nor its folder's tells")
            continue
        # 1_fake.wav says sentence 0000: found from the lengths of texts and clones by the protocol
        # of the XFakeSong project, which compared the neighbouring numbers as well.
        yield Clip(
            file=contents.name(path),
            label="synthetic",
            system="xtts",
            family="tts",
            language="pt-BR",
            speaker=f"cetuc-{code}",
            sex=code[0].lower(),
            text=sentences[number - 1] if sentences else "",
            pair=f"cetuc-{code}-{number - 1:04}",
            source="fake-voices",
            licence=LICENCE,
            split=splits.get(code, ""),
        )
    yield from contents.remarks()


def _code(path: Path) -> str:
    match = cetuc.SPEAKER.search(path.as_posix())
    if match:
        return match[1]
    return next((NAMELESS[part] for part in path.parts if part in NAMELESS), "")


def files() -> Sequence[Remote]:
    ours = (".zip", ".rar", "transcriptions.txt")
    return hub.listing(REPOSITORY, REVISION, lambda name: name.endswith(ours))


FAKE_VOICES = Corpus(
    name="fake-voices",
    what="XTTS clones of CETUC's speakers, each paired with its human recording; 140 h, 24 kHz",
    page=f"https://huggingface.co/datasets/{REPOSITORY}",
    licence=LICENCE,
    gigabytes=40.0,  # unverified: 101 archives of about 400 MB
    unpacked=48.0,  # 140 h of 24 kHz in 32-bit float
    files=files,
    clips=clips,
)
