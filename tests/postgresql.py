"""A PostgreSQL server of our own for tests: Debian's `postgresql`, on a socket in a folder."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NOBODY = "nobody"  # PostgreSQL refuses to run as root


def program(name: str) -> str | None:
    """The path of one of PostgreSQL's programs; Debian keeps them off the PATH."""
    installed = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return shutil.which(name) or (str(installed[-1]) if installed else None)


@contextmanager
def running() -> Iterator[str]:
    """The address of an empty server, as DATABASE_URL has it."""
    initdb, postgres, pg_ctl = program("initdb"), program("postgres"), program("pg_ctl")
    assert initdb
    assert postgres
    assert pg_ctl
    user = NOBODY if os.geteuid() == 0 else None
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        if user:
            os.chown(folder, pwd.getpwnam(user).pw_uid, -1)
        data = f"{folder}/data"
        arguments = ["--username=ouvido", "--auth=trust", "--no-sync", "--encoding=UTF8"]
        _run([initdb, *arguments, "--locale=C", "-D", data], user, folder)
        options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"
        _run(
            [pg_ctl, "-D", data, "-o", options, "-l", f"{folder}/log", "-w", "start"], user, folder
        )
        try:
            yield f"postgresql://ouvido@/postgres?host={folder}"
        finally:
            _run([pg_ctl, "-D", data, "-m", "immediate", "stop"], user, folder)


def _run(command: list[str], user: str | None, folder: str) -> None:
    done = subprocess.run(
        command,
        user=user,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,  # the server would keep a pipe open
        stderr=subprocess.DEVNULL,
        timeout=120,
    )
    log = Path(folder) / "log"
    assert done.returncode == 0, log.read_text() if log.exists() else command
