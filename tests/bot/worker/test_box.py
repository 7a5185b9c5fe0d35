"""A process in the box tries what a stranger's code would, and gets nowhere."""

import errno
import json
import platform
import re
import socket
import struct
import subprocess
import sys
from operator import and_, eq, ge
from pathlib import Path
from typing import Any

import pytest

from bot.worker import landlock, seccomp
from bot.worker.box import Box
from bot.worker.process import _environment as environment
from bot.worker.seccomp import ALLOW, ERRNO, KILL, REFUSED
from tests import sounds

HAS_LANDLOCK = pytest.mark.skipif(not landlock.version(), reason="this kernel has no Landlock")
KNOWN = pytest.mark.skipif(
    platform.machine() not in seccomp.ARCHITECTURES, reason="no numbers are known for this machine"
)

# Each attempt's outcome by its name: "done", or the number of the error.
ATTEMPTS = """
import ctypes, json, os, pathlib, socket, subprocess, sys
from bot.worker import box

folder, port, bystander, passed, is_closed = sys.argv[1:]
folder, bystander, passed = pathlib.Path(folder), int(bystander), int(passed)
closed = box.close() if is_closed == "closed" else box.Box()
libc = ctypes.CDLL(None, use_errno=True)

def ptrace():
    if libc.ptrace(16, bystander, None, None):  # PTRACE_ATTACH
        raise OSError(ctypes.get_errno(), "")
    libc.ptrace(17, bystander, None, None)

def datagram():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        sender.sendto(b"hello", ("127.0.0.1", int(port)))

def unix():
    with socket.socket(socket.AF_UNIX) as client:
        client.connect(str(folder / "socket"))

def memfd():
    with os.fdopen(os.memfd_create("own"), "w+b") as own:
        own.write(b"x")
        own.flush()
        assert pathlib.Path(f"/proc/self/fd/{own.fileno()}").read_bytes() == b"x"

attempts = {
    "read the list of users": lambda: pathlib.Path("/etc/passwd").read_bytes(),
    "read the settings": lambda: (folder / ".env").read_bytes(),
    "read the data": lambda: (folder / "data" / "ouvido.db").read_bytes(),
    "list the data": lambda: list((folder / "data").iterdir()),
    "read the environment of another process":
        lambda: pathlib.Path(f"/proc/{bystander}/environ").read_bytes(),
    "list the processes": lambda: os.listdir("/proc"),
    "write into /tmp": lambda: pathlib.Path(f"/tmp/ouvido-box-{os.getpid()}").touch(),
    "write into the data": lambda: (folder / "data" / "new").write_bytes(b"x"),
    "write over the settings": lambda: (folder / ".env").open("r+b"),
    "empty the data": lambda: os.truncate(folder / "data" / "ouvido.db", 5),
    "move the data": lambda: (folder / "data").rename(folder / "moved"),
    "make a folder": lambda: (folder / "made").mkdir(),
    "link to the data": lambda: os.link(folder / "data" / "ouvido.db", folder / "link"),
    "open what was passed for writing": lambda: open(f"/proc/self/fd/{passed}", "r+b"),
    "start a shell": lambda: subprocess.run(["/bin/sh", "-c", "true"], check=True),
    "start Python": lambda: subprocess.run([sys.executable, "-c", ""], check=True),
    "send another process a signal": lambda: os.kill(bystander, 0),
    "open the settings to everybody": lambda: (folder / ".env").chmod(0o666),
    "connect": lambda: socket.create_connection(("127.0.0.1", int(port))).close(),
    "send a datagram": datagram,
    "connect to a socket of this machine": unix,
    "trace another process": ptrace,
    "read what was passed": lambda: os.pread(passed, 6, 0),
    "hold a file in memory": memfd,
}
outcomes = {}
for name, attempt in attempts.items():
    try:
        attempt()
        outcomes[name] = "done"
    except OSError as error:
        outcomes[name] = error.errno
pathlib.Path(f"/tmp/ouvido-box-{os.getpid()}").unlink(missing_ok=True)
print(json.dumps([vars(closed), outcomes]))
"""
STAYS = {"read what was passed", "hold a file in memory"}
BY_SECCOMP = {
    "open the settings to everybody",
    "connect",
    "send a datagram",
    "connect to a socket of this machine",
    "trace another process",
}
# Not everywhere possible without the box either: Yama, a lesser user, a full container.
RARE = {"trace another process", "link to the data"}


def attempted(folder: Path, state: str) -> tuple[Box, dict[str, Any]]:
    """What becomes of all attempts of a process whose box is "closed" or "open"."""
    (folder / "data").mkdir(parents=True)
    (folder / ".env").write_text("TELEGRAM_BOT_TOKEN=123:hush")
    (folder / "data" / "ouvido.db").write_text("remembered")
    with (
        subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as bystander,
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.socket(socket.AF_UNIX) as local,
        (folder / ".env").open("rb") as passed,
    ):
        try:
            local.bind(str(folder / "socket"))
            local.listen()
            port, number = server.getsockname()[1], passed.fileno()
            command = [sys.executable, "-P", "-c", ATTEMPTS, str(folder), str(port)]
            command += [str(bystander.pid), str(number), state]
            done = subprocess.run(
                command, env=environment(), pass_fds=(number,), capture_output=True, check=True
            )
            server.setblocking(False)
            if state == "closed":
                with pytest.raises(BlockingIOError):  # nobody knocked
                    server.accept()
        finally:
            bystander.kill()
    closed, outcomes = json.loads(done.stdout)
    return Box(**closed), outcomes


def test_each_attempt_would_succeed_without_the_box(tmp_path: Path) -> None:
    closed, outcomes = attempted(tmp_path, "open")
    assert closed == Box()
    assert {name for name, outcome in outcomes.items() if outcome != "done"} <= RARE


@KNOWN
@HAS_LANDLOCK
def test_nothing_of_it_succeeds_in_the_box(tmp_path: Path) -> None:
    closed, outcomes = attempted(tmp_path, "closed")
    assert (closed.landlock, closed.seccomp, closed.missing) == (landlock.version(), True, "")
    if closed.landlock < min(landlock.SCOPES):
        del outcomes["send another process a signal"]
    denied = {name: outcome for name, outcome in outcomes.items() if name not in STAYS}
    assert set(denied.values()) <= {errno.EACCES, errno.EPERM, errno.EXDEV}, denied
    assert {outcomes[name] for name in STAYS} == {"done"}
    assert (tmp_path / "data" / "ouvido.db").read_text() == "remembered"
    assert not (tmp_path / "made").exists()


@KNOWN
def test_without_landlock_there_is_still_no_connection(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without = "from bot.worker import landlock\nlandlock.version = lambda: 0\n"
    monkeypatch.setitem(globals(), "ATTEMPTS", without + ATTEMPTS)
    closed, outcomes = attempted(tmp_path, "closed")
    assert (closed.landlock, closed.seccomp) == (0, True)
    assert "Landlock" in closed.missing
    assert {outcomes[name] for name in BY_SECCOMP} == {errno.EPERM}
    assert outcomes["read the settings"] == "done"  # as the log and the doctor then say


@HAS_LANDLOCK
def test_a_version_that_knows_less_withholds_files_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    older = "from bot.worker import landlock\nlandlock.version = lambda: 1\n"
    monkeypatch.setitem(globals(), "ATTEMPTS", older + ATTEMPTS)
    closed, outcomes = attempted(tmp_path, "closed")
    assert closed.landlock == 1
    for name in ("read the settings", "list the data", "write into the data", "start a shell"):
        assert outcomes[name] == errno.EACCES


@KNOWN
def test_every_refused_call_is_refused() -> None:
    script = (
        "import ctypes, json, sys\n"
        "from bot.worker import seccomp\n"
        "assert seccomp.restrict()\n"
        "libc, errors = ctypes.CDLL(None, use_errno=True), []\n"
        "for number in json.loads(sys.argv[1]):\n"
        "    libc.syscall(ctypes.c_long(number), *6 * [ctypes.c_long(-1)])\n"
        "    errors.append(ctypes.get_errno())\n"
        "print(json.dumps(errors))\n"
    )
    column = seccomp.ARCHITECTURES[platform.machine()][0]
    numbers = [both[column] for both in REFUSED.values() if both[column] is not None]
    newest = [seccomp.CLONE3, seccomp.FIRST_UNKNOWN, 462, 0x4000_0000]
    command = [sys.executable, "-c", script, json.dumps(numbers + newest)]
    done = subprocess.run(command, env=environment(), capture_output=True, check=True)
    assert json.loads(done.stdout) == [errno.EPERM] * len(numbers) + [errno.ENOSYS] * len(newest)


def filtered(machine: str, number: int, argument: int = 0, architecture: int | None = None) -> int:
    """What the kernel would make of a call: the filter, step by step."""
    data = {
        seccomp.NUMBER: number,
        seccomp.ARCHITECTURE: architecture or seccomp.ARCHITECTURES[machine][1],
        seccomp.FIRST_ARGUMENT: argument,
    }
    tests = {seccomp.EQUAL: eq, seccomp.AT_LEAST: ge, seccomp.ANY_BIT: and_}
    steps = list(struct.iter_unpack("=HBBI", seccomp.program(machine)))
    place = value = 0
    while True:
        code, when, unless, given = steps[place]
        place += 1
        if code == seccomp.RETURN:
            return int(given)
        if code == seccomp.LOAD:
            value = data[given]
        else:
            place += when if tests[code](value, given) else unless


@pytest.mark.parametrize("machine", seccomp.ARCHITECTURES)
def test_the_filter_of_each_machine_says_what_it_should(machine: str) -> None:
    column, architecture = seccomp.ARCHITECTURES[machine]
    for both in REFUSED.values():
        if (number := both[column]) is not None:
            assert filtered(machine, number) == ERRNO | errno.EPERM
    clone = seccomp.CLONE[column]
    assert filtered(machine, clone, 0x003D_0F00) == ALLOW  # a thread
    assert filtered(machine, clone, 0x4111) == ALLOW  # vfork
    assert filtered(machine, clone, 0x1000_0011) == ERRNO | errno.EPERM  # a namespace of users
    assert filtered(machine, seccomp.CLONE3) == ERRNO | errno.ENOSYS
    for name, numbers in {"read": (0, 63), "openat": (257, 56), "execve": (59, 221)}.items():
        assert filtered(machine, numbers[column]) == ALLOW, name
    assert filtered(machine, 0, architecture=0x4000_0003) == KILL  # 32 bits
    assert architecture != 0x4000_0003


HEADERS = {
    "x86_64": Path("/usr/include/x86_64-linux-gnu/asm/unistd_64.h"),
    "aarch64": Path("/usr/include/asm-generic/unistd.h"),  # it has no numbers of its own
}


@pytest.mark.parametrize("machine", HEADERS)
def test_the_numbers_are_those_of_the_kernel(machine: str) -> None:
    if not HEADERS[machine].exists():
        pytest.skip("the kernel's headers are not installed")
    defined = re.findall(r"#define __NR(?:3264)?_(\w+)\s+(\d+)\n", HEADERS[machine].read_text())
    numbers = {name: int(number) for name, number in defined}
    column = seccomp.ARCHITECTURES[machine][0]
    ours = {name: both[column] for name, both in REFUSED.items()} | {"clone3": seccomp.CLONE3}
    for name, number in (ours | {"clone": seccomp.CLONE[column]}).items():
        assert numbers.get(name, number) == number, name  # older headers lack the newest
        if machine == "x86_64":
            assert number is not None


def test_a_kernel_without_both_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    from bot.worker import box

    def refused() -> bool:
        raise OSError(errno.EINVAL, "seccomp: Invalid argument")

    monkeypatch.setattr(landlock, "version", lambda: 0)
    monkeypatch.setattr(seccomp, "restrict", refused)
    closed = box.close()
    assert str(closed) == "nothing"
    assert "Landlock" in closed.missing
    assert "seccomp: Invalid argument" in closed.missing
    assert str(Box(3, True)) == "Landlock ABI 3, seccomp"


def test_a_machine_of_unknown_numbers_refuses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platform, "machine", lambda: "riscv64")
    assert not seccomp.restrict()


@KNOWN
@HAS_LANDLOCK
def test_a_decoder_in_the_box_hears_what_it_hears_outside(tmp_path: Path) -> None:
    """A light version of `tests.inference.decoding.test_odd_files`: a container of each library."""
    script = (
        "import hashlib, pathlib, sys\n"
        "from bot.worker import box\n"
        "from inference.decoding.audio import decode\n"
        "notes = [pathlib.Path(name).read_bytes() for name in sys.argv[2:]]\n"
        "assert sys.argv[1] == 'open' or box.close().landlock\n"
        "for note in notes:\n"
        "    print(hashlib.sha256(decode(note, 300).tobytes()).hexdigest())\n"
    )
    files = []
    for container in ("ogg", "m4a", "mp3", "wav", "flac", "amr", "webm"):
        files.append(tmp_path / f"note.{container}")
        files[-1].write_bytes(sounds.encode(sounds.speech(2.0), container))
    heard = [
        subprocess.run(
            [sys.executable, "-P", "-c", script, state, *map(str, files)],
            env=environment(),
            capture_output=True,
            check=True,
        ).stdout
        for state in ("open", "closed")
    ]
    assert heard[0] == heard[1]
    assert len(heard[0].split()) == len(files)


@HAS_LANDLOCK
def test_a_program_with_shared_libraries_starts_in_the_box_and_no_other_one() -> None:
    script = (
        "import subprocess, sys\n"
        "from bot.worker import box\n"
        "from inference.decoding import ffmpeg\n"
        "ffmpeg.programs = lambda: [sys.argv[1]]\n"
        "assert box.close().landlock\n"
        "print(subprocess.run([sys.argv[1], 'heard'], capture_output=True).stdout)\n"
        "subprocess.run([sys.argv[2]])\n"
    )
    command = [sys.executable, "-P", "-c", script, "/bin/echo", "/bin/true"]
    done = subprocess.run(command, env=environment(), capture_output=True, check=False)
    assert done.stdout == b"b'heard\\n'\n"
    assert b"PermissionError" in done.stderr
