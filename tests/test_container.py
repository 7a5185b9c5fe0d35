"""The image and compose.yaml, built and run for real with the limits of a small server."""

import asyncio
import os
import shutil
import socket
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio
from aiohttp import ClientSession

from tests import container_engine, sounds
from tests.container_engine import Engine, Failed, NoEngine
from tests.fake_telegram import TOKEN, FakeTelegram, Person

REPOSITORY = Path(__file__).parents[1]
IMAGE = "ouvido"  # as compose.yaml calls it
PEOPLE, NOTES_EACH = 10, 10  # nobody sends the next note before the last one is answered
NOTES = PEOPLE * NOTES_EACH
MB = 1_000_000  # bytes
# The kernel's own figure for a container counts what it cached of the image's files, too: 111 to
# 254 MB for the same load, as these files had been read before or not.
# A process between fork and exec still has its parent's memory, and tells the same number.
SHARES = """
import os, pathlib, re
shares = set()
for process in pathlib.Path("/proc").glob("[0-9]*"):
    try:
        told = (process / "smaps_rollup").read_text()
    except OSError:  # it ended meanwhile
        continue
    if process.name != str(os.getpid()):
        shares.add(int(re.search("^Pss: *([0-9]+)", told, re.M)[1]))
print(sum(shares) * 1024)
"""
LIMIT = """
import pathlib
names = ("memory.max", "memory/memory.limit_in_bytes")
files = [pathlib.Path("/sys/fs/cgroup", name) for name in names]
print(next(file.read_text() for file in files if file.exists()))
"""
TOUCH = "import pathlib, sys; [pathlib.Path(name, 'x').touch() for name in sys.argv[1:]]"
UNTOUCH = "import pathlib, sys; [pathlib.Path(name, 'x').unlink() for name in sys.argv[1:]]"
FOREIGN = """
import os
names = {"sh", "bash", "dash", "busybox", "perl", "cc", "gcc", "pip", "curl", "apt-get", "dpkg"}
for folder, folders, files in os.walk("/"):
    folders[:] = [name for name in folders if not os.path.ismount(os.path.join(folder, name))]
    for name in folders + files:
        where = os.path.join(folder, name)
        if name == ".env" or name.startswith(("tensorflow", "librosa")) or (
            name in names and name in files and os.access(where, os.X_OK)
        ):
            print(where)
for where in ("/etc/pip.conf", "/usr/local/share/host-ca.pem"):  # where the build's were mounted
    if os.path.exists(where) and os.path.getsize(where):
        print(where)
"""

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="module")]


@dataclass(frozen=True)
class Container:
    """The service as compose runs it; commands run beside the event loop that Telegram needs."""

    engine: Engine
    name: str
    page: str  # its address on this machine

    async def run(self, *arguments: str) -> str:
        return (await asyncio.to_thread(self.engine.run, *arguments)).strip()

    async def python(self, script: str, *arguments: str) -> str:
        """What a script prints inside, where there is no shell."""
        return await self.run("exec", self.name, "python", "-I", "-c", script, *arguments)

    async def inspect(self, what: str) -> str:
        return await self.run("inspect", "--format", "{{" + what + "}}", self.name)

    async def is_healthy(self) -> bool:
        if self.engine.program == "podman":  # it asks by itself only where systemd runs
            try:
                await self.run("healthcheck", "run", self.name)
            except Failed:
                return False
        return await self.inspect(".State.Health.Status") == "healthy"


@pytest.fixture(scope="module")
def engine() -> Engine:
    """An engine that has built the image from the Dockerfile as it stands."""
    try:
        engine = container_engine.find()
    except NoEngine as error:
        if os.environ.get("CI"):
            pytest.fail(f"CI must run containers: {error}")
        pytest.skip(f"THE CONTAINER IS NOT TESTED: {error}")
    engine.build(REPOSITORY, IMAGE)
    return engine


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def telegram() -> AsyncIterator[FakeTelegram]:
    # Every address: the one that the container reaches is there only when the container is.
    async with FakeTelegram(host="0.0.0.0") as telegram:
        yield telegram


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def container(
    engine: Engine, telegram: FakeTelegram, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Container]:
    folder, project = tmp_path_factory.mktemp("operator"), f"ouvido-test-{os.getpid()}"
    port = _free_port()
    shutil.copy(REPOSITORY / "compose.yaml", folder)
    (folder / ".env").write_text(
        f"TELEGRAM_BOT_TOKEN={TOKEN}\n"
        f"TELEGRAM_API_URL=http://{engine.host}:{telegram.port}\n"
        f"OUVIDO_PORT={port}\n"
    )
    try:
        await asyncio.to_thread(engine.compose, folder, project, "up", "-d", "--no-build")
        label = f"label=com.docker.compose.project={project}"
        name = await asyncio.to_thread(engine.run, "ps", "-aq", "--filter", label)
        yield Container(engine, name.strip(), f"http://127.0.0.1:{port}")
    finally:
        await asyncio.to_thread(engine.compose, folder, project, "down", "--volumes")


async def test_the_image_is_small_and_holds_only_what_serving_needs(
    engine: Engine, record_property: Callable[[str, object], None]
) -> None:
    size = int(engine.run("image", "inspect", "--format", "{{.Size}}", IMAGE))
    record_property("The image", f"{size / MB:.0f} MB")
    assert size < 350 * MB  # 14 of them are the private check's WebAssembly
    whole = ("run", "--rm", "--user=0", "--network=none", IMAGE, "python", "-c", FOREIGN)
    found = engine.run(*whole)
    assert not found


async def test_it_turns_healthy_and_shows_its_page(container: Container) -> None:
    async with asyncio.timeout(120):
        while not await container.is_healthy():
            await asyncio.sleep(0.5)
    async with ClientSession() as browser, browser.get(container.page) as answer:
        assert "<title>" in await answer.text()


async def test_it_may_do_nothing_but_its_work(container: Container) -> None:
    assert await container.python("import os; print(os.getuid())") == "10001"
    status = await container.python("print(open('/proc/1/status').read())")
    assert "CapEff:\t0000000000000000" in status
    assert "NoNewPrivs:\t1" in status
    for folder in ("/", "/etc", "/opt/ouvido", "/var"):
        with pytest.raises(Failed, match="Read-only file system"):
            await container.python(TOUCH, folder)
    await container.python(TOUCH, "/data", "/tmp")  # noqa: S108
    await container.python(UNTOUCH, "/data", "/tmp")  # noqa: S108
    assert int(await container.python(LIMIT)) == 512 * 1024**2


async def test_its_doctor_finds_it_well(container: Container) -> None:
    found = await container.run("exec", container.name, "ouvido", "doctor")
    assert "\n✗" not in found
    assert found.endswith("Ouvido is well.")


async def test_a_backup_is_made_beside_the_bot_and_comes_back_elsewhere(
    container: Container,
) -> None:
    inside, archive = ("exec", container.name), "/tmp/backup.zip"  # noqa: S108
    await container.run(*inside, "ouvido", "backup", archive)
    with pytest.raises(Failed, match="A bot runs on /data: stop it first"):
        await container.run(*inside, "ouvido", "restore", "--replace", archive)
    elsewhere = ("exec", "--env=DATA_DIR=/tmp/new", container.name)
    back = await container.run(*elsewhere, "ouvido", "restore", archive)
    assert back.startswith("Back is what was there at ")
    clear = "import os, shutil, sys; os.unlink(sys.argv[1]); shutil.rmtree('/tmp/new')"
    await container.python(clear, archive)


async def test_a_hundred_notes_are_answered_in_little_memory(
    container: Container, telegram: FakeTelegram, record_property: Callable[[str, object], None]
) -> None:
    # Each is another one, or the bot would remember it.
    notes = iter([sounds.encode(sounds.speech(10, seed=n), "ogg") for n in range(NOTES)])

    async def talks(person: Person) -> None:
        for _ in range(NOTES_EACH):
            telegram.sends_voice(person, next(notes), duration=10)
            photo = await _photo_for(person, telegram, container)
            assert photo.startswith(b"\xff\xd8")  # JPEG

    people = [telegram.person(f"Person {number}") for number in range(PEOPLE)]
    memory: list[int] = []
    watching = asyncio.create_task(_watch(container, memory))
    started = time.monotonic()
    await asyncio.gather(*map(talks, people))
    seconds = time.monotonic() - started
    watching.cancel()
    figures = f"{NOTES} notes in {seconds:.0f} s; memory {max(memory) / MB:.0f} MB at most"
    record_property("The container on one core", figures)
    assert max(memory) < 320 * MB  # of the 512 that the smallest machine has


async def test_killed_it_comes_back_and_owes_nobody_an_answer(
    container: Container, telegram: FakeTelegram
) -> None:
    note = sounds.encode(sounds.speech(10, seed=NOTES), "ogg")
    waiting = [telegram.person(f"Waiting {number}") for number in range(5)]
    for person in waiting:
        telegram.sends_voice(person, note)
    process = await container.inspect(".State.Pid")
    # From outside, because nothing inside can kill process 1; the engine's own `kill` would count
    # as the operator's wish and not be followed by a restart.
    privileged = ("run", "--rm", "--privileged", "--pid=host", "--user=0", "--network=none")
    kill = f"import os; os.kill({process}, 9)"
    await container.run(*privileged, IMAGE, "python", "-c", kill)
    late = telegram.person("Late")
    telegram.sends_voice(late, note)
    for person in [*waiting, late]:
        await telegram.next_call("sendPhoto", chat=person, seconds=120)
    assert await container.inspect(".State.Pid") != process
    assert int(await container.inspect(".RestartCount")) == 1


async def test_told_to_end_it_ends_at_once_and_has_kept_the_token_to_itself(
    container: Container,
) -> None:
    started = time.monotonic()
    await container.run("stop", "-t", "30", container.name)
    assert time.monotonic() - started < 20
    assert await container.inspect(".State.ExitCode") == "0"
    log = await asyncio.to_thread(container.engine.log, container.name)
    assert "The page is at" in log
    assert TOKEN.partition(":")[2] not in log


async def _watch(container: Container, memory: list[int]) -> None:
    """Note the bytes that all processes inside have, once a second."""
    while True:
        memory.append(int(await container.python(SHARES)))
        await asyncio.sleep(1)


async def _photo_for(person: Person, telegram: FakeTelegram, container: Container) -> bytes:
    try:
        call = await telegram.next_call("sendPhoto", chat=person, seconds=120)
    except TimeoutError:
        log = await asyncio.to_thread(container.engine.log, container.name)
        pytest.fail(f"no answer for {person.name}; the container's log ends:\n{log[-5000:]}")
    return call.files["photo"]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
