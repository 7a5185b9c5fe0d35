"""The files that people or the bot sent, and how a method names one."""

from dataclasses import dataclass
from itertools import count

from tests.fake_telegram.errors import JSON, bad_request

MAX_DOWNLOAD = 20 * 1024 * 1024  # bytes a bot may fetch
MAX_LOCAL_DOWNLOAD = 2000 * 1024 * 1024  # by a server in --local mode
ENDINGS = {"voice": "oga", "audio": "mp3", "video": "mp4", "video_note": "mp4", "photo": "jpg"}


@dataclass(frozen=True)
class File:
    """A file as Telegram knows it."""

    id: str
    kind: str  # voice, audio, video, video_note, document or photo
    path: str
    data: bytes
    size: int  # bytes; may be claimed without the data being there

    @property
    def as_json(self) -> JSON:
        return {"file_id": self.id, "file_unique_id": f"u{self.id}", "file_size": self.size}


class Files:
    """All files of one bot. A file that is sent again by its id stays the same file."""

    def __init__(self) -> None:
        self.files: dict[str, File] = {}
        self._paths: dict[str, File] = {}
        self._file_ids = count(1)

    def keep(self, kind: str, data: bytes, size: int | None = None) -> File:
        return self.keep_as(f"F{kind}{next(self._file_ids):06d}", kind, data, size)

    def keep_as(self, file_id: str, kind: str, data: bytes, size: int | None = None) -> File:
        path = f"{kind}s/{file_id}.{ENDINGS.get(kind, 'bin')}"
        file = File(file_id, kind, path, data, len(data) if size is None else size)
        self.files[file_id] = self._paths[path] = file
        return file

    def file(self, file_id: str) -> File:
        """The file that `getFile` asks for."""
        if file_id not in self.files:
            raise bad_request("wrong file_id or the file is temporarily unavailable")
        return self.files[file_id]

    def sendable(self, file_id: str, kind: str) -> File:
        """The file that is sent once more as what it was."""
        if file_id not in self.files:
            raise bad_request("wrong file identifier/HTTP URL specified")
        file = self.files[file_id]
        if file.kind != kind:
            was, wanted = (name.replace("_", " ").title() for name in (file.kind, kind))
            raise bad_request(f"can't use file of type {was} as {wanted}")
        return file

    def file_at(self, path: str) -> File | None:
        return self._paths.get(path)
