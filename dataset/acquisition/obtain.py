"""The files of a corpus, from the net or from disk, become a folder its clips can be read from."""

from collections.abc import Iterator
from pathlib import Path

from dataset.acquisition import download
from dataset.acquisition.corpus import Corpus, CorpusError, Remark
from dataset.acquisition.unpack import ARCHIVES, FOREIGN, unpack
from dataset.files import link
from dataset.manifest import SOUNDS

DOWNLOADS, UNPACKED = "downloads", "unpacked"
GIGABYTE = 1_000_000_000
BESIDE = "not unpacked: it lies among sounds; unpack it there, if that has not been done"
BY_PROGRAM = "not unpacked: a RAR or 7z archive; unpack it with unar or 7z beside the others"


class ByHand(CorpusError):
    """A corpus that only people with an account can download."""


def obtain(corpus: Corpus, source: Path | None, target: Path) -> tuple[Path, list[Remark]]:
    """A folder with the corpus' files, and what could not be unpacked.

    `source` is a folder or an archive that is already on disk; without it the corpus is downloaded
    below `target`.
    """
    if source is None:
        source = _downloaded(corpus, target)
    elif not source.exists():
        raise CorpusError(f"{source} does not exist")
    if source.is_dir() and any(path.suffix.lower() in SOUNDS for path in source.rglob("*")):
        archives = (path for path in _files(source) if _is_archive(path))
        return source, [Remark(str(path.relative_to(source)), BESIDE) for path in archives]
    return _unpacked(source, target / UNPACKED)


def _downloaded(corpus: Corpus, target: Path) -> Path:
    if corpus.files is None:
        raise ByHand(
            f"{corpus.name} cannot be downloaded by a program. {corpus.by_hand} ({corpus.page}), "
            f"then: python -m dataset collect {corpus.name} --from PATH --out {target}"
        )
    folder = target / DOWNLOADS
    remotes = corpus.files()
    unpacked = int(corpus.unpacked * GIGABYTE)
    if any((target / UNPACKED).glob("*")):  # much of it may be there already; unpacking asks again
        unpacked = 0
    begun = folder.exists() and any(folder.iterdir())
    sized = any(remote.size for remote in remotes)
    if not begun and not sized:  # no server has told a length yet
        unpacked += int(corpus.gigabytes * GIGABYTE)
    print(f"{corpus.name}: {len(remotes)} files, about {corpus.gigabytes:g} GB")
    download.fetch(remotes, folder, unpacked)
    return folder


def _unpacked(source: Path, target: Path) -> tuple[Path, list[Remark]]:
    files = [source] if source.is_file() else list(_files(source))
    base = source.parent if source.is_file() else source
    if not any(_is_archive(path) for path in files):
        raise CorpusError(f"{source} holds neither sounds nor archives")
    remarks = []
    for path in files:
        place = target / path.parent.relative_to(base)
        if _is_archive(path):
            for remark in unpack(path, place):
                remarks.append(Remark(f"{path.relative_to(base)}: {remark.file}", remark.reason))
        elif path.name.lower().endswith(FOREIGN):
            remarks.append(Remark(str(path.relative_to(base)), BY_PROGRAM))
        else:
            link(path, place / path.name)  # a table that lies beside the archives
    return target, remarks


def _is_archive(path: Path) -> bool:
    return path.name.lower().endswith(ARCHIVES)


def _files(source: Path) -> Iterator[Path]:
    for path in sorted(source.rglob("*")):
        if path.is_file() and path.suffix not in (".part", ".stamp"):
            yield path
