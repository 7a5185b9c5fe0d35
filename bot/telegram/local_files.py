"""Files of a Bot API server in `--local` mode: getFile names a path on the server's disk.

The server keeps them in its working directory (its `--dir`), those of each bot in a folder called
like the bot's token: `/var/lib/telegram-bot-api/123456:AAF…/voice/file_0.oga`.
"""

import os
import stat
from pathlib import Path, PurePosixPath

from inference.errors import DetectionError


class LocalFileUnreadable(DetectionError):
    """The file lies on the server's disk where the bot can't read it: the operator must mend it."""

    code = "unreadable"

    def __init__(self, what: str, advice: str) -> None:
        """`what` names the path and what stands in the way, `advice` what to mount or change."""
        super().__init__(f"{what}: {advice}")
        self.what, self.advice = what, advice


def locate(path: str, token: str, folder: Path | None) -> Path:
    """Return the file behind a path of getFile as it is called here, without symbolic links.

    `folder` is where the server's working directory is mounted; None: under the server's own name.
    Nothing outside of the bot's own folder in it is ever returned. Raises LocalFileUnreadable.
    """
    parts = PurePosixPath(path).parts
    if token not in parts:
        raise LocalFileUnreadable(
            f"{path} is in no folder called like this bot's token",
            "a Bot API server in --local mode keeps its files so; nothing else is opened",
        )
    at = parts.index(token)
    server = Path(*parts[:at])
    root = (folder or server) / token
    here = root.joinpath(*parts[at + 1 :])
    try:
        file = here.resolve(strict=True)
        if not file.is_relative_to(root.resolve()):
            raise LocalFileUnreadable(
                f"{here} leads out of {root}, to {file}", "nothing there is opened"
            )
        if not stat.S_ISREG(file.stat().st_mode):
            raise LocalFileUnreadable(f"{here} is no file", "nothing else is opened")
        file.open("rb").close()
    except OSError as error:
        what = f"{here} can't be read ({error.strerror})"
        raise LocalFileUnreadable(what, _advice(here, server, folder, error)) from error
    return file


def _advice(here: Path, server: Path, folder: Path | None, error: OSError) -> str:
    """What to mount, or whose file it is."""
    if isinstance(error, PermissionError):
        barrier = next((p for p in (*reversed(here.parents), here) if not _opens(p)), here)
        return f"{_owned(barrier)}; run the bot as that user or in that group"
    if folder is None:
        return (
            f"mount the server's working directory {server} (its --dir) here and "
            "name the mounted folder in TELEGRAM_API_DIR"
        )
    return (
        f"TELEGRAM_API_DIR={folder} must be the server's working directory {server}, "
        "the same volume and not a copy"
    )


def _opens(path: Path) -> bool:
    """Whether this user may enter a folder or read a file; what can't be seen counts as open."""
    try:
        wanted = os.X_OK if stat.S_ISDIR(path.stat().st_mode) else os.R_OK
        return os.access(path, wanted, effective_ids=True)
    except OSError:
        return True


def _owned(path: Path) -> str:
    us = f"the bot is {os.geteuid()}:{os.getegid()}"
    try:
        found = path.stat()
    except OSError:
        return us
    owner, mode = f"{found.st_uid}:{found.st_gid}", stat.filemode(found.st_mode)
    return f"{path} belongs to {owner} ({mode}) and {us}"
