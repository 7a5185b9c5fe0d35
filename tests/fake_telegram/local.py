"""A Bot API server in `--local` mode: it fetches files to its disk and tells where they lie."""

from dataclasses import dataclass
from pathlib import Path

from tests.fake_telegram.files import File


@dataclass(frozen=True)
class LocalServer:
    """The server's working directory."""

    folder: Path  # where it lies in a test
    name: str = ""  # how the server calls it, which may be in another container; "": as it is

    def put(self, token: str, file: File) -> str:
        """Fetch a file as getFile does; its absolute path, as the server calls it.

        What is claimed of its size and not there are zeros.
        """
        path = self.folder / token / file.path
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(file.data)
            with path.open("r+b") as written:
                written.truncate(file.size)
        return f"{self.name or self.folder}/{token}/{file.path}"
