"""Files and folders as they were given become the files to judge, found one after the other."""

import os
import stat
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from bot.cli.arguments import STANDARD_INPUT, NotFound, look
from inference.decoding.containers import sniff

HEAD = 1024**2  # bytes that are read to know a file: a cover may stand before the sound


class PassedOver(StrEnum):
    """Why a file that was found in a folder is not judged: a key of words in `check.ftl`."""

    NO_SOUND = "no_sound"
    EMPTY = "empty"
    NO_FILE = "no_file"  # a pipe, a socket, a device
    FOLDER_LINK = "folder_link"  # not followed: it may lead in circles
    DEAD_LINK = "dead_link"


@dataclass(frozen=True)
class Input:
    """Something to judge, and how it is called in the answers."""

    name: str  # as it was given, or as it was found in a folder that was
    path: Path
    is_found: bool = False


def inputs(
    arguments: list[str], standard_input: Path | None, ours: Collection[Path] = ()
) -> Iterator[Input]:
    """Everything to judge in the order given, folders in the order of names.

    `ours`, absolute paths, are left out of folders: what `check` itself writes.
    """
    for argument in arguments:
        if argument == STANDARD_INPUT and standard_input:
            yield Input(argument, standard_input)
        elif is_folder(argument):
            for path in _walk(Path(argument), ours):
                yield Input(str(path), path, is_found=True)
        else:
            yield Input(argument, Path(argument))


def is_folder(argument: str) -> bool:
    return argument != STANDARD_INPUT and os.path.isdir(argument)  # noqa: PTH112 - never raises


def place(argument: str) -> Path:
    """Where it stands, without links to folders and `..` on the way; a link to a file stays one."""
    path = Path(argument)
    if is_folder(argument):
        return Path(os.path.realpath(path))
    return Path(os.path.realpath(path.parent)) / path.name


def distinct(arguments: list[str]) -> list[str]:
    """The arguments without those that another one is or holds, so that no file comes twice."""
    folders = {place(argument) for argument in arguments if is_folder(argument)}
    kept: dict[Path, str] = {}
    for argument in arguments:
        if argument == STANDARD_INPUT:
            kept[Path(STANDARD_INPUT)] = argument
        elif folders.isdisjoint((where := place(argument)).parents):
            kept.setdefault(where, argument)
    return list(kept.values())


def _walk(folder: Path, ours: Collection[Path]) -> Iterator[Path]:
    """All that is no folder, and folders that can't be listed; one folder's names in memory."""
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        try:
            with os.scandir(here) as entries:
                found = sorted((each.name, each.is_dir(follow_symlinks=False)) for each in entries)
        except OSError:
            yield here  # `passes_over` tells why
            continue
        inner = []
        for name, is_inner in found:
            path = here / name
            if path.absolute() in ours:
                continue
            if is_inner:
                inner.append(path)
            else:
                yield path
        waiting += reversed(inner)


def passes_over(file: Input) -> PassedOver | None:
    """Why it is not judged, by its kind and first bytes; raises NotFound where it can't be read.

    What was named itself is judged whatever it is.
    """
    if not file.is_found:
        look(file.path)
        return None
    try:
        mode = file.path.stat().st_mode
        if stat.S_ISDIR(mode):
            if file.path.is_symlink():
                return PassedOver.FOLDER_LINK
            raise NotFound(f"{file.name} is a folder that can't be listed")
        if not stat.S_ISREG(mode):
            return PassedOver.NO_FILE
        with file.path.open("rb") as opened:
            head = opened.read(HEAD)
    except OSError as error:
        is_link = os.path.islink(file.path)  # noqa: PTH114 - never raises
        if is_link and not isinstance(error, PermissionError):
            return PassedOver.DEAD_LINK
        raise NotFound(str(error)) from error
    if not head:
        return PassedOver.EMPTY
    return None if sniff(head) else PassedOver.NO_SOUND
