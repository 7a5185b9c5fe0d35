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
SHARES = (
    "cat /proc/[0-9]*/smaps_rollup | "
    "awk '/^Pss:/ && !told[$2]++ { sum += $2 } END { print sum * 1024 }'"
)
LIMIT = "cat /sys/fs/cgroup/memory.max || cat /sys/fs/cgroup/memory/memory.limit_in_bytes"

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="module")]


@dataclass(frozen=True)
class Container:
    """The service as compose runs it; commands run beside the event loop that Telegram needs."""

    engine: Engine
    name: str
    page: str  # its address on this machine

    async def run(self, *arguments: str) -> str:
        return (await asyncio.to_thread(self.engine.run, *arguments)).strip()

    async def shell(self, script: str) -> str:
        """What a script prints inside."""
        return await self.run("exec", self.name, "sh", "-c", script)

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
    assert size < 420 * MB  # 14 of them are the private check's WebAssembly
    script = (
        "for name in cc gcc pip curl; do command -v $name; done;"
        "find / -xdev -name .env -o -xdev -name 'tensorflow*' -o -xdev -name 'librosa*';"
        "cat /etc/pip.conf /usr/local/share/host-ca.pem"  # where the build's were mounted
    )
    found = engine.run(
        "run", "--rm", "--user=0", "--network=none", IMAGE, "sh", "-c", f"{script}; true"
    )
    assert not found


async def test_it_turns_healthy_and_shows_its_page(container: Container) -> None:
    async with asyncio.timeout(120):
        while not await container.is_healthy():
            await asyncio.sleep(0.5)
    async with ClientSession() as browser, browser.get(container.page) as answer:
        assert "<title>" in await answer.text()


async def test_it_may_do_nothing_but_its_work(container: Container) -> None:
    assert await container.shell("id -u") == "10001"
    status = await container.shell("cat /proc/1/status")
    assert "CapEff:\t0000000000000000" in status
    assert "NoNewPrivs:\t1" in status
    for folder in ("/", "/etc", "/opt/ouvido", "/var"):
        with pytest.raises(Failed, match="Read-only file system"):
            await container.shell(f"touch {folder}/x")
    await container.shell("touch /data/x /tmp/x && rm /data/x /tmp/x")
    assert int(await container.shell(f"({LIMIT}) 2>/dev/null")) == 512 * 1024**2


async def test_its_doctor_finds_it_well(container: Container) -> None:
    found = await container.shell("ouvido doctor")
    assert "\n✗" not in found
    assert found.endswith("Ouvido is well.")


async def test_a_backup_is_made_beside_the_bot_and_comes_back_elsewhere(
    container: Container,
) -> None:
    await container.shell("ouvido backup - > /tmp/backup.zip")
    with pytest.raises(Failed, match="A bot runs on /data: stop it first"):
        await container.shell("ouvido restore --replace /tmp/backup.zip")
    back = await container.shell("DATA_DIR=/tmp/new ouvido restore - < /tmp/backup.zip")
    assert back.startswith("Back is what was there at ")
    await container.shell("rm -r /tmp/backup.zip /tmp/new")


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
    await container.run(*privileged, IMAGE, "sh", "-c", f"kill -9 {process}")
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
        memory.append(int(await container.shell(f"({SHARES}) 2>/dev/null")))
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
