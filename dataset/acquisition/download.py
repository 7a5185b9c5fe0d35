"""Files of a corpus come over the net: resumed after a cut, checked, never half a file."""

import fcntl
import hashlib
import os
import random
import time
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

import httpx
from tqdm import tqdm

from dataset.acquisition import answers, disk
from dataset.acquisition.answers import Cut, DownloadFailed
from dataset.acquisition.corpus import CorpusError, Remote

ATTEMPTS = 6  # in a row without a new byte
PAUSE = 1.0  # s before the second attempt, then twice as long each time
TIMEOUT = httpx.Timeout(30.0)  # s without a byte, not for the whole file


class WrongChecksum(CorpusError):
    """A file is not the one that was published."""


def fetch(remotes: Iterable[Remote], folder: Path, room: int = 0) -> list[Path]:
    """Download what is missing. `room` bytes are needed besides, for unpacking."""
    remotes = list(remotes)
    missing = [remote for remote in remotes if not (folder / remote.name).exists()]
    begun = sum(_size(_part(folder / remote.name)) for remote in missing)
    disk.require(folder, max(0, sum(remote.size for remote in missing) - begun) + room)
    with httpx.Client(timeout=TIMEOUT, follow_redirects=True) as client:
        return [_file(client, remote, folder / remote.name) for remote in remotes]


def verify(path: Path, remote: Remote) -> None:
    """Refuse a file that has not the published length or checksum; it stays where it is."""
    if remote.size and path.stat().st_size != remote.size:
        found, published = f"{path.stat().st_size} bytes", f"{remote.size} bytes"
    elif remote.checksum:
        method, _, published = remote.checksum.partition(":")
        with path.open("rb") as file:
            found = hashlib.file_digest(file, method).hexdigest()
    else:
        return
    if found != published:
        raise WrongChecksum(
            f"{path} is not what was published at {remote.url}: it has {found}, not {published}. "
            "Delete it to download it again; if that does not help, the corpus has changed"
        )


def _file(client: httpx.Client, remote: Remote, path: Path) -> Path:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        with disk.told(path.parent):
            _whole(client, remote, _part(path))
        verify(_part(path), remote)
        _part(path).rename(path)
        _stamp(path).unlink(missing_ok=True)
    elif remote.size and path.stat().st_size != remote.size:
        verify(path, remote)  # refuses; a checksum was compared before it got its name
    return path


def _whole(client: httpx.Client, remote: Remote, part: Path) -> None:
    """Try until the file is whole or nothing comes any more."""
    failures = 0
    while True:
        before = _size(part)
        try:
            _attempt(client, remote, part)
        except (Cut, httpx.TransportError) as error:
            failures = failures + 1 if _size(part) <= before else 1
            if failures >= ATTEMPTS:
                raise DownloadFailed(
                    f"{remote.url} gave nothing {ATTEMPTS} times ({error}). What has come is kept "
                    f"in {part}; give the same command again later"
                ) from error
            # Many clients that were cut off together must not come back together.
            time.sleep(PAUSE * 2 ** (failures - 1) * random.uniform(0.5, 1.5))
        else:
            return


def _attempt(client: httpx.Client, remote: Remote, part: Path) -> None:
    """Get the rest of the file, or all of it when the server gives no rests or it has changed."""
    have = _size(part)
    headers = {"Accept-Encoding": "identity"}  # a length in bytes of the file itself
    if have:
        headers["Range"] = f"bytes={have}-"
        if _stamp(part).exists():  # else a changed file would be glued to the old one's beginning
            headers["If-Range"] = _stamp(part).read_text(encoding="ascii")
    with client.stream("GET", remote.url, headers=headers) as answer:
        if answer.status_code == 416 and answers.total(answer) == have:
            return  # nothing was left to get
        if answer.status_code == 416:
            part.unlink()
            raise Cut("the file there is shorter than what is here")
        answers.refuse(answer, remote)
        start = have if answer.status_code == 206 else 0
        if answer.status_code == 206 and answers.start(answer) != have:
            part.unlink()
            raise Cut("the server sent another piece than the one asked for")
        length = int(answer.headers.get("Content-Length", 0))
        disk.require(part.parent, length)
        answers.remember(answer, _stamp(part))
        _write(answer, part, start, start + length, remote.name)


def _write(answer: httpx.Response, part: Path, start: int, total: int, name: str) -> None:
    bar = tqdm(
        total=total or None,
        initial=start,
        desc=name,
        unit="B",
        unit_scale=True,
        disable=None,
    )
    with bar, part.open("ab") as file:
        _lock(file, part)
        if _size(part) > start:
            file.truncate(start)
        for chunk in answer.iter_raw():  # with a size, it would keep a cut one's beginning
            file.write(chunk)
            bar.update(len(chunk))
        file.flush()
        os.fsync(file.fileno())
    if total and _size(part) < total:
        raise Cut(f"{_size(part)} of {total} bytes came")


def _lock(file: BinaryIO, part: Path) -> None:
    """Until the file is closed: two commands that write into one file would leave neither's."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise DownloadFailed(f"another command is downloading {part}") from None
    except OSError:  # some shared disks know no locks
        return


def _part(path: Path) -> Path:
    return path.with_name(f"{path.name}.part")


def _stamp(path: Path) -> Path:
    """Beside `x.zip.part` as beside `x.zip`: `x.zip.stamp`."""
    return path.with_name(f"{path.name.removesuffix('.part')}.stamp")


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0
