"""A worker that answers at once and a Telegram that writes down what it is asked to send."""

import asyncio
import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from telegram.request import BaseRequest

from bot.worker.pool import Detection, WorkerPool
from bot.worker.process import Progress
from inference.drawing.captions import Captions
from inference.metadata.evidence import Evidence, Recorder
from inference.verdict import Reason, Verdict, Window

MEBIBYTE = 1024**2
JPEG = b"\xff\xd8\xff\xe0 a picture"
EVIDENCE = Evidence(
    "ogg", "opus", 12.5, 24.3, 16_000, 1, 312, 60.0, "WhatsApp", None, Recorder.WHATSAPP
)


def verdict(
    score: float = 0.87, reasons: tuple[Reason, ...] = (), model: str = "ouvido-9.9.9"
) -> Verdict:
    """Twelve seconds of speech, the middle of which sounds synthetic."""
    windows = (Window(0.0, 4.0, 0.2), Window(4.0, 8.0, 0.9), Window(8.0, 12.0, 0.3))
    return Verdict(score, (0.4, 0.6), reasons, 12.34, windows, model)


class ReadyWorker(WorkerPool):
    """Answers with what it was given, or raises it; no process is started."""

    def __init__(self, outcome: Verdict | Exception | None = None, places: int = 20) -> None:
        super().__init__(model=None, max_seconds=300.0, processes=1, places=places)
        self.model, self.max_bytes = "ouvido-9.9.9", 20 * MEBIBYTE
        self.card = {"name": "ouvido", "version": "9.9.9"}
        self.card |= {"thresholds": [0.4, 0.6], "narrow_thresholds": None}
        self.outcome = outcome or verdict()
        self.asked: list[bytes] = []
        self.parts: list[tuple[float, float] | None] = []
        self.drawn: list[bool] = []
        self.rewritten: list[str] = []
        self.well = True

    async def detect(
        self,
        source: bytes | Path,
        part: tuple[float, float] | None = None,
        captions: Captions | None = None,
        progress: Progress | None = None,
    ) -> Detection:
        data = source.read_bytes() if isinstance(source, Path) else source
        self.asked.append(data)
        self.parts.append(part)
        self.drawn.append(captions is not None)
        if isinstance(self.outcome, Exception):
            raise self.outcome
        sha256 = hashlib.sha256(data).hexdigest()
        return Detection(sha256, self.outcome, EVIDENCE, JPEG if captions else None)

    async def rewrite(self, picture: bytes, verdict: Verdict, captions: Captions) -> bytes:
        self.rewritten.append(captions.no_proof)
        return picture

    async def answers(self) -> bool:
        return self.well


class Telegram(BaseRequest):
    """Says yes to everything; `sent` holds the name and the parameters of each request."""

    def __init__(self, files: dict[str, bytes] | None = None) -> None:
        self.files = files or {}
        self.sent: list[tuple[str, dict[str, Any]]] = []
        self.refuse: Callable[[str], tuple[int, dict[str, Any]] | None] = lambda name: None

    read_timeout = 1.0

    async def initialize(self) -> None: ...

    async def shutdown(self) -> None: ...

    async def do_request(
        self, url: str, method: str, request_data: Any = None, *args: Any, **kwargs: Any
    ) -> tuple[int, bytes]:
        name = url.partition("?")[0].rpartition("/")[2]
        if "/file/" in url:
            return 200, self.files[name]
        parameters = request_data.parameters if request_data else {}
        self.sent.append((name, parameters))
        if refusal := self.refuse(name):
            return refusal[0], json.dumps({"ok": False, **refusal[1]}).encode()
        return 200, json.dumps({"ok": True, "result": _result(name, parameters)}).encode()

    def answers(self) -> list[tuple[str, dict[str, Any]]]:
        """The messages among what was sent."""
        return [(name, sent) for name, sent in self.sent if name in ("sendMessage", "sendPhoto")]


class Polled(Telegram):
    """Hands out batches of updates, one a poll; instead, an HTTP status or a raw answer."""

    def __init__(self, *batches: list[dict[str, Any]] | int | bytes) -> None:
        super().__init__()
        self.batches = list(batches)
        self.asked: list[dict[str, str]] = []

    @property
    def offsets(self) -> list[int]:
        return [int(asked["offset"]) for asked in self.asked]

    async def do_request(
        self, url: str, method: str, request_data: Any = None, *args: Any, **kwargs: Any
    ) -> tuple[int, bytes]:
        address = urlsplit(url)
        if not address.path.endswith("/getUpdates"):
            return await super().do_request(url, method, request_data, *args, **kwargs)
        self.asked.append(dict(parse_qsl(address.query)))
        if self.asked[-1]["timeout"] == "0":
            return 200, b'{"ok": true, "result": []}'
        if not self.batches:
            await asyncio.Event().wait()
        match self.batches.pop(0):
            case int(code):
                return code, b'{"ok": false, "description": "a bad day"}'
            case bytes(answer):
                return 200, answer
            case batch:
                return 200, json.dumps({"ok": True, "result": batch}).encode()


def _result(name: str, parameters: dict[str, Any]) -> object:
    match name:
        case "getMe":
            return {"id": 1, "is_bot": True, "first_name": "Ouvido", "username": "ouvido_bot"}
        case "getFile":
            return {
                "file_id": parameters["file_id"],
                "file_unique_id": "u",
                "file_path": parameters["file_id"],
            }
        case "sendMessage" | "sendPhoto" | "sendVoice":
            chat = {"id": parameters["chat_id"], "type": "private"}
            photo = {"file_id": "P", "file_unique_id": "p", "width": 1, "height": 1}
            voice = {"file_id": "V", "file_unique_id": "v", "duration": 5}
            media: dict[str, Any] = {"sendPhoto": {"photo": [photo]}, "sendVoice": {"voice": voice}}
            sent = media.get(name, {"text": "a text"})
            return {"message_id": 99, "date": 0, "chat": chat, **sent}
        case "answerGuestQuery":
            return {"inline_message_id": "i"}
        case "getMyCommands":
            return []
        case "getMyDescription":
            return {"description": ""}
        case "getMyShortDescription":
            return {"short_description": ""}
    return True
