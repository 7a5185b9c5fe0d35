"""The machine: Python and what it needs, memory, disk, the port, the model that listens."""

import io
import json
import os
import platform
import re
import shutil
import socket
import stat
import time
import wave
from collections.abc import AsyncIterator, Iterator
from http.client import HTTPConnection, HTTPException
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from bot.cli.doctor.finding import Finding, doubt, ill, unknown, well
from bot.listening import refusal
from bot.settings import Settings

MEBIBYTE = 1024**2
# Of all processes while one five-minute note is judged, and for each further worker; measured in
# the container (docs/operate.md, "Limits and sizes").
MEMORY, MEMORY_EACH = 290 * MEBIBYTE, 90 * MEBIBYTE
MEMORY_MINUTE, MEASURED = 2 * MEBIBYTE, 5  # of each further minute of a note and worker
DISK, DISK_LOW = 100 * MEBIBYTE, 1024 * MEBIBYTE  # free beside the data: too little, little
SECONDS = 4.0  # for an answer of our own port
CGROUPS = (
    Path("/sys/fs/cgroup/memory.max"),
    Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"),
)


def installed() -> Iterator[Finding]:
    """Python, and the libraries that pyproject.toml asks for."""
    try:
        wanted = [name for name in map(_name, requires("ouvido") or ()) if name]
    except PackageNotFoundError:
        yield unknown("Ouvido is not installed as a package; its libraries were not counted")
        return
    missing = [name for name in wanted if not _is_there(name)]
    if missing:
        yield ill(f"Not installed: {', '.join(missing)}", "Call scripts/install, once.")
    else:
        yield well(f"Python {platform.python_version()} and {len(wanted)} libraries")


def _name(requirement: str) -> str | None:
    """The library of a line such as `aiohttp>=3.11; extra == "bot"`, if the bot needs it here."""
    library, _, condition = requirement.partition(";")
    if condition and 'extra == "bot"' not in condition.replace("'", '"'):
        return None
    found = re.match(r"[\w.-]+", library)
    return found[0] if found else None


def _is_there(library: str) -> bool:
    try:
        version(library)
    except PackageNotFoundError:
        return False
    return True


def contact(settings: Settings) -> Finding:
    """Whether /privacy can say who runs the bot."""
    if settings.contact:
        return well(f"/privacy names who runs it: {settings.contact}")
    return doubt(
        "CONTACT is empty: /privacy and the page name nobody to ask about what is kept",
        "Put a name, an e-mail address, a link or @yourname into .env: CONTACT=…",
    )


def dotenv_mode(dotenv: Path) -> Finding:
    """Whether other users of the machine can read the token that stands in .env."""
    mode = dotenv.stat().st_mode
    if mode & (stat.S_IRGRP | stat.S_IROTH):
        return doubt(
            f"{dotenv} can be read by other users of this machine", f"Call chmod 600 {dotenv}."
        )
    return well(f"{dotenv} can be read by its owner only")


def memory(settings: Settings) -> Finding:
    """What the machine or the container leaves us."""
    further = round(max(0.0, settings.max_minutes - MEASURED)) * MEMORY_MINUTE
    needed = MEMORY + (settings.workers - 1) * MEMORY_EACH + settings.workers * further
    there = _available()
    found = f"{there // MEBIBYTE} MB of memory, {needed // MEBIBYTE} MB wanted"
    if there < needed:
        return ill(found, "Lower WORKERS or MAX_MINUTES, or raise mem_limit in compose.yaml.")
    return well(found)


def _available() -> int:
    """Bytes: what is free here, or the container's limit where that is less."""
    lines = Path("/proc/meminfo").read_text().splitlines()
    free = next(int(line.split()[1]) for line in lines if line.startswith("MemAvailable:")) * 1024
    for path in CGROUPS:
        if path.is_file() and (limit := path.read_text().strip()).isdigit():
            return min(free, int(limit))
    return free


def disk(settings: Settings) -> Finding:
    """Room beside the data."""
    folder = settings.data_dir
    while not folder.exists():  # it is made at the first start
        folder = folder.parent
    if not os.access(folder, os.W_OK):
        return ill(f"{folder} can't be written to", "It must belong to the user that runs Ouvido.")
    free = shutil.disk_usage(folder).free
    found = f"{free // MEBIBYTE} MB free where DATA_DIR is ({settings.data_dir})"
    if free < DISK:
        return ill(found, "Make room: nothing new can be remembered on a full disk.")
    if free < DISK_LOW:
        return doubt(found, "Make room before it runs full.")
    return well(found)


def is_running(settings: Settings) -> bool:
    """Whether Ouvido itself answers where the settings say."""
    connection = HTTPConnection(*_address(settings), timeout=SECONDS)
    try:
        connection.request("GET", "/healthz")
        return "model" in json.loads(connection.getresponse().read())
    except (OSError, HTTPException, ValueError, TypeError):
        return False
    finally:
        connection.close()


def port(settings: Settings, running: bool) -> Finding:
    """Whether the page can be served."""
    host, number = settings.host, settings.port
    if running:
        return well(f"Ouvido is running at port {number} and answers")
    try:
        socket.create_server((host, number), family=_family(host)).close()
    except (OSError, UnicodeError) as error:
        found, advice = refusal(host, number, error)
        return ill(found, f"{advice}.")
    return well(f"Port {number} of {host} is free")


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def _address(settings: Settings) -> tuple[str, int]:
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.host, settings.host), settings.port  # noqa: S104


async def model(settings: Settings) -> AsyncIterator[Finding]:
    """Load the model as the service does and have it judge a sound, through ffmpeg."""
    from bot.captions import captions_of
    from bot.texts import texts_for
    from bot.worker.pool import WorkerPool
    from inference.errors import DetectionError, ModelError

    worker = WorkerPool(settings.model, settings.max_seconds, processes=1, places=1)
    started = time.monotonic()
    try:
        await worker.start()
        yield well(f"{worker.model}: intact, loaded in {time.monotonic() - started:.1f} s")
        yield _box(str(worker.box), worker.box.missing)
        started = time.monotonic()
        captions = captions_of(texts_for(None, settings.language))
        await worker.detect(_silence(), captions=captions)
    except ModelError as error:
        yield ill(f"The model can't be trusted: {error}", "Fetch Ouvido again, or empty MODEL.")
    except DetectionError as error:
        yield ill(f"A sound could not be judged: {error}", "Is ffmpeg whole? Install Ouvido anew.")
    else:
        yield well(f"ffmpeg and the model judged a sound in {time.monotonic() - started:.1f} s")
    finally:
        await worker.close()


def _box(held: str, missing: str) -> Finding:
    """What withholds files and calls of the kernel from the process that opens strangers' files."""
    if not missing:
        return well(f"Decoding box: {held}")
    advice = "Landlock needs Linux 5.13; a container's profile must allow it and seccomp."
    return doubt(f"Decoding box: {held} ({missing})", advice)


def _silence() -> bytes:
    """Two seconds, as a WAV file."""
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(16_000)
        sound.writeframes(bytes(2 * 2 * 16_000))
    return file.getvalue()
