"""A PostgreSQL server of our own for tests: Debian's `postgresql`, on a socket in a folder."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

NOBODY = "nobody"  # PostgreSQL refuses to run as root


def program(name: str) -> str | None:
    """The path of one of PostgreSQL's programs; Debian keeps them off the PATH."""
    installed = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return shutil.which(name) or (str(installed[-1]) if installed else None)


@dataclass
class Server:
    """A server that can be stopped and started again."""

    folder: str
    user: str | None

    @property
    def address(self) -> str:
        """As DATABASE_URL has it."""
        return f"postgresql://ouvido@/postgres?host={self.folder}"

    def start(self) -> None:
        options = f"-c listen_addresses='' -c unix_socket_directories={self.folder} -c fsync=off"
        self._control("-o", options, "-l", f"{self.folder}/log", "-w", "start")

    def stop(self) -> None:
        self._control("-m", "immediate", "stop")

    def _control(self, *arguments: str) -> None:
        pg_ctl = program("pg_ctl")
        assert pg_ctl
        _run([pg_ctl, "-D", f"{self.folder}/data", *arguments], self.user, self.folder)


@contextmanager
def server() -> Iterator[Server]:
    """An empty server that runs."""
    initdb = program("initdb")
    assert initdb
    user = NOBODY if os.geteuid() == 0 else None
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        if user:
            os.chown(folder, pwd.getpwnam(user).pw_uid, -1)
        arguments = ["--username=ouvido", "--auth=trust", "--no-sync", "--encoding=UTF8"]
        _run([initdb, *arguments, "--locale=C", "-D", f"{folder}/data"], user, folder)
        server = Server(folder, user)
        server.start()
        try:
            yield server
        finally:
            server.stop()


@contextmanager
def running() -> Iterator[str]:
    """The address of an empty server, as DATABASE_URL has it."""
    with server() as started:
        yield started.address


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
