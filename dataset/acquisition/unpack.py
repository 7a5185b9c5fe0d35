"""Archives are unpacked: only plain files, only below the target, and on from where it stopped.

Stricter than tarfile's "data" filter: no link, device or folder of an archive is ever made, so
nothing in it can point elsewhere.
"""

import gzip
import json
import re
import tarfile
import zipfile
import zlib
from collections.abc import Generator
from contextlib import closing
from pathlib import Path
from typing import IO

from tqdm import tqdm

from dataset.acquisition import disk
from dataset.acquisition.corpus import CorpusError, Remark
from dataset.files import unfinished

TARS = (".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz")
ARCHIVES = (".zip", *TARS)
FOREIGN = (".rar", ".7z")  # no free library of Python's unpacks them
CHUNK = 1 << 20
UTF8_NAME = 0x800  # flag of a zip's entry
ENCRYPTED = 0x1
LINK = 0xA  # Unix's kind of file, in the highest bits of a zip's attributes
LONGEST_NAME = 250  # bytes; disks take 255, and unfinished files have longer names
NO_FILE = "not unpacked: a link or a device"
CLIMBS = "not unpacked: its path leads out of the target"
Results = Generator[Remark | None, None, None]  # one a file: what is wrong with it
BROKEN = (tarfile.TarError, zipfile.BadZipFile, gzip.BadGzipFile, EOFError, zlib.error, ValueError)


class Damaged(CorpusError):
    """An archive ends early or is none."""


def unpack(archive: Path, target: Path) -> list[Remark]:
    """Put an archive's files below `target`; what could not be, or should not, is remarked on.

    A file that is there with the right length is kept. Raises Damaged and disk.DiskFull.
    """
    done = target / f".{archive.name}.unpacked"
    state = f"{archive.stat().st_size} {archive.stat().st_mtime_ns}"
    if done.exists() and (notes := json.loads(done.read_text(encoding="ascii")))["of"] == state:
        return [Remark(*remark) for remark in notes["remarks"]]
    members = _zip if archive.name.lower().endswith(".zip") else _tar
    target.mkdir(parents=True, exist_ok=True)
    remarks = []
    count = 0
    try:
        with disk.told(target), closing(members(archive, target)) as results:
            for remark in tqdm(results, desc=archive.name, unit="file", disable=None):
                count += 1
                if remark:
                    remarks.append(remark)
    except BROKEN as error:
        raise Damaged(
            f"{archive} is damaged after {count} files ({error}). Delete it and get it again; "
            "what was unpacked is kept"
        ) from error
    notes = {"of": state, "remarks": [(remark.file, remark.reason) for remark in remarks]}
    done.write_text(json.dumps(notes), encoding="ascii")
    return remarks


def _zip(archive: Path, target: Path) -> Results:
    with zipfile.ZipFile(archive) as file:
        members = [member for member in file.infolist() if not member.is_dir()]
        places = {m.filename: _place(target, _name(m)) for m in members}
        missing = [m.file_size for m in members if not _is_there(places[m.filename], m.file_size)]
        disk.require(target, sum(missing))
        for member in members:
            name, path = _name(member), places[member.filename]
            if isinstance(path, Remark):
                yield path
            elif member.external_attr >> 28 == LINK:
                yield Remark(name, NO_FILE)
            elif member.flag_bits & ENCRYPTED:
                yield Remark(name, "not unpacked: it is encrypted")
            elif _is_there(path, member.file_size):
                yield None
            else:
                try:
                    with file.open(member) as content:
                        yield _write(content, path, name)
                except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
                    yield Remark(name, f"not unpacked: damaged ({error})")


def _tar(archive: Path, target: Path) -> Results:
    with tarfile.open(archive) as file:  # not as a stream ("r|*"): that ends silently at a cut
        while member := file.next():
            # It would remember them all, a kilobyte each; typeshed does not know of the list.
            file.members.clear()  # type: ignore[attr-defined]
            path = _place(target, member.name)
            if member.isdir():
                continue
            if isinstance(path, Remark):
                yield path
            elif not member.isfile():
                yield Remark(member.name, NO_FILE)
            elif _is_there(path, member.size):
                yield None
            else:
                disk.require(target, member.size)
                content = file.extractfile(member)
                assert content is not None  # as it is a file
                yield _write(content, path, member.name)
        _check_end(file)


def _check_end(file: tarfile.TarFile) -> None:
    """A tar that was cut between two files, and the checksum that stands at a gzip's end."""
    rest = file.fileobj
    assert rest is not None  # as it is open
    if rest.tell() == file.offset:  # no block of zeros was read
        raise tarfile.ReadError("it lacks its end")
    while rest.read(CHUNK):
        pass


def _write(content: IO[bytes], path: Path, name: str) -> Remark | None:
    """One file, under another name until it is whole."""
    try:
        with unfinished(path) as other, other.open("wb") as file:
            while chunk := content.read(CHUNK):
                file.write(chunk)
    except (NotADirectoryError, IsADirectoryError, FileExistsError):
        return Remark(name, "not unpacked: a file and a folder of that name")
    return None


def _place(target: Path, name: str) -> Path | Remark:
    """Path of a member below `target`, or a remark why it may not be written."""
    parts = name.split("/")
    if name.startswith("/") or ".." in parts or re.match(r"[A-Za-z]:", name) or "\0" in name:
        return Remark(name, CLIMBS)
    if any(len(part.encode()) > LONGEST_NAME for part in parts):
        return Remark(name, "not unpacked: its name is too long")
    path = target / name
    # Whoever made the target may have put a link into it.
    return path if path.resolve().is_relative_to(target.resolve()) else Remark(name, CLIMBS)


def _is_there(path: Path | Remark, size: int) -> bool:
    return isinstance(path, Path) and path.is_file() and path.stat().st_size == size


def _name(member: zipfile.ZipInfo) -> str:
    name = member.filename
    if not member.flag_bits & UTF8_NAME:  # the standard says cp437 then, many programs write UTF-8
        try:
            name = name.encode("cp437").decode("utf-8")
        except UnicodeError:
            name = member.filename
    return name.replace("\\", "/")
