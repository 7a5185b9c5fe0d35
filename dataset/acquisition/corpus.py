"""What a public corpus is: where its files are, what they cost, and how its clips are read."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from dataset.manifest import Clip


class CorpusError(Exception):
    """A corpus cannot be had; the message says why, and what would help."""


class WrongFolder(CorpusError):
    """The files given are not laid out as this corpus is."""


@dataclass(frozen=True)
class Remote:
    """A file to download."""

    url: str
    name: str  # path below the folder of downloads
    size: int = 0  # bytes; 0: unknown before the server tells
    checksum: str = ""  # "md5:…" or "sha256:…"; empty where none is published


@dataclass(frozen=True)
class Remark:
    """Something that is wrong with a file. What stands before the colon is its kind."""

    file: str  # path below the corpus' folder
    reason: str
    taken: bool = False  # the file is in the manifest all the same


Found = Clip | Remark


@dataclass(frozen=True)
class Corpus:
    """A public collection of recordings."""

    name: str
    what: str  # one line
    page: str  # where people read about it
    licence: str
    clips: Callable[[Path], Iterator[Found]]  # of an unpacked copy, files relative to it
    gigabytes: float = 0.0  # to download; 0: unknown
    unpacked: float = 0.0  # gigabytes on disk after that; 0: unknown
    files: Callable[[], Sequence[Remote]] | None = None  # None: it must be fetched by hand
    by_hand: str = ""  # how, when it must be
