"""ASVspoof 2021, deep fakes: human and synthetic speech of three sources, sent through codecs.

Only a test: the recordings are in four archives, what they are stands in the keys.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from dataset.acquisition.corpus import Corpus, Found, Remark, Remote, WrongFolder
from dataset.acquisition.reading import NO_SOUND, Contents
from dataset.corpora import asvspoof2019

LICENCE = "ODC-By-1.0"
KEYS = "keys/DF/CM/trial_metadata.txt"
SPEAKER, TRIAL, CODEC, ORIGIN, ATTACK, LABEL = range(6)  # columns; then trimming, phase, vocoder


def clips(folder: Path) -> Iterator[Found]:
    """Every trial that the keys name. Its channel is the codec that it went through."""
    keys = next(iter(sorted(folder.rglob(KEYS))), None)
    if keys is None:
        raise WrongFolder(f"{folder} holds no {KEYS}: unpack DF-keys-full.tar.gz there")
    contents = Contents(folder)
    paths = {path.stem: path for path in contents.all()}
    for line in contents.lines(keys):
        columns = line.split()
        if len(columns) <= LABEL:
            raise WrongFolder(f"{keys} has a line of {len(columns)} columns: {line}")
        path = paths.pop(columns[TRIAL], None)
        if path is None:
            yield Remark(f"{columns[TRIAL]}.flac", NO_SOUND)
            continue
        human = columns[LABEL] == "bonafide"
        clip = asvspoof2019.trial(
            contents.name(path), columns[SPEAKER], columns[ATTACK], human, "test"
        )
        ours = columns[ORIGIN] == "asvspoof"  # else of a Voice Conversion Challenge
        yield replace(
            clip,
            system=clip.system if human or ours else f"{columns[ORIGIN]}-{columns[ATTACK]}",
            family=clip.family if human or ours else "vc",
            channel="" if columns[CODEC] == "nocodec" else columns[CODEC],
            source=f"asvspoof2021-df-{columns[ORIGIN]}",
            licence=LICENCE,
        )
    for path in paths.values():
        yield Remark(contents.name(path), "not in the table: the keys do not name it")
    yield from contents.remarks()


def files() -> Sequence[Remote]:
    # MD5 as Zenodo and the challenge's own download script give them.
    parts = (
        "4f2cbae07cf3ede2a1dde3b8d2ee55ea",
        "1578c89ab433c2b60b1dce93bdf8fbec",
        "5497a35f0126e94a1d7a7d26db57b4f7",
        "42b7512ba2943e98a32a53c9608cf83c",
    )
    recordings = tuple(
        Remote(
            f"https://zenodo.org/records/4835108/files/ASVspoof2021_DF_eval_part{n:02}.tar.gz",
            f"ASVspoof2021_DF_eval_part{n:02}.tar.gz",
            checksum=f"md5:{md5}",
        )
        for n, md5 in enumerate(parts)
    )
    keys = Remote(
        "https://www.asvspoof.org/asvspoof2021/DF-keys-full.tar.gz",
        "DF-keys-full.tar.gz",
        checksum="md5:dabbc5628de4fcef53036c99ac7ab93a",
    )
    return (*recordings, keys)


ASVSPOOF_2021 = Corpus(
    name="asvspoof2021-df",
    what="611,829 trials in English by over 100 attacks, through mp3, m4a and ogg; a test only",
    page="https://zenodo.org/records/4835108",
    licence=LICENCE,
    gigabytes=34.5,
    unpacked=36.0,  # unverified; flac does not shrink in a tar.gz
    files=files,
    clips=clips,
)
