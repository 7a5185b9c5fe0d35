"""The real service as a process of its own: `python -m bot` with nothing but the given settings."""

import asyncio
import re
import signal
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, fields
from pathlib import Path

from bot.settings import Settings, name_of
from tests.fake_telegram import FakeTelegram

REPOSITORY = Path(__file__).parents[1]
# Said to be empty, so that nobody's `.env` decides what is tested.
DEFAULTS = {name_of(setting): "" for setting in fields(Settings)}
START_SECONDS, END_SECONDS = 120, 60


@dataclass
class Service:
    """A running service and what it wrote."""

    process: asyncio.subprocess.Process
    folder: Path  # its TMPDIR is `folder/tmp`, its DATA_DIR `folder/data`
    output: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    readers: list[asyncio.Task[None]] = field(default_factory=list)
    address: str = ""  # of the page

    @property
    def written(self) -> str:
        return "\n".join(self.output + self.errors)

    @property
    def left(self) -> list[Path]:
        """Files that it has left on the disk, apart from its store."""
        files = [path for path in self.folder.rglob("*") if path.is_file()]
        return [path for path in files if not path.name.startswith(("ouvido.db", "answered"))]

    def remembers(self, trace: bytes) -> bool:
        """Whether these bytes stand in what it keeps."""
        stores = (self.folder / "data").rglob("ouvido.db*")
        return any(trace in path.read_bytes() for path in stores)

    async def ends(self, by: signal.Signals | None = None) -> int:
        """The exit code, after a signal or by itself."""
        if by and self.process.returncode is None:
            self.process.send_signal(by)
        code = await asyncio.wait_for(self.process.wait(), END_SECONDS)
        await asyncio.gather(*self.readers)
        return code


async def start(folder: Path, telegram: FakeTelegram | None, **settings: str) -> Service:
    """Start it; with a `telegram` it is told where that is."""
    for name in ("tmp", "data"):
        (folder / name).mkdir(exist_ok=True)
    environment = {"TMPDIR": str(folder / "tmp"), "PATH": "/usr/bin:/bin", "OUVIDO_PORT": "0"}
    if telegram:
        environment |= {"TELEGRAM_API_URL": telegram.url, "TELEGRAM_BOT_TOKEN": telegram.token}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        cwd=REPOSITORY,
        env=DEFAULTS | environment | {"DATA_DIR": str(folder / "data")} | settings,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stdout
    assert process.stderr
    service = Service(process, folder)
    for stream, lines in ((process.stdout, service.output), (process.stderr, service.errors)):
        service.readers.append(asyncio.create_task(_read(stream, lines)))
    return service


@asynccontextmanager
async def running(telegram: FakeTelegram | None, **settings: str) -> AsyncIterator[Service]:
    """A service that is ready, and ended afterwards as an operator would end it."""
    with tempfile.TemporaryDirectory() as folder:
        service = await start(Path(folder), telegram, **settings)
        try:
            await ready(service, telegram)
            yield service
            assert await service.ends(signal.SIGTERM) == 0, service.written
        finally:
            if service.process.returncode is None:
                service.process.kill()
                await service.ends()


async def ready(service: Service, telegram: FakeTelegram | None) -> None:
    """Wait until the page is served and Telegram is asked for updates."""
    asked = len(telegram.calls) if telegram else 0
    async with asyncio.timeout(START_SECONDS):
        while not service.address or (telegram and not _listens(telegram, asked)):
            assert service.process.returncode is None, service.written
            found = re.search(r"page is at (http://[\d.]+:\d+)", service.written)
            service.address = found[1] if found else ""
            await asyncio.sleep(0.02)


def _listens(telegram: FakeTelegram, since: int) -> bool:
    methods = {call.method for call in telegram.calls[since:]}
    return bool(methods & {"getUpdates", "setWebhook"})


async def _read(stream: asyncio.StreamReader, lines: list[str]) -> None:
    async for line in stream:
        lines.append(line.decode().rstrip())
