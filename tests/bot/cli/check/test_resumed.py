"""Many files, a run that is killed twice, and a network that answers at once (instant_check)."""

import csv
import math
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.cli.check.judging import AHEAD
from tests.bot.cli.check.instant_worker import content, is_broken

ROOT = Path(__file__).parents[4]
JOBS = 2
FOLDER = 1000  # files
TEXT_EVERY = 200  # files stands one that is passed over
WAIT = 60.0  # s until something must have happened
GROWTH = 8 * 1024**2  # bytes; the names of 100,000 paths would be 10 MB, their verdicts 100
MARGIN = 50  # files after which a run that is to be killed hangs, lest it ends on a busy machine
HALF = 9  # bytes that a power cut leaves out


def folder_of(parent: Path, count: int) -> Path:
    """A folder of folders with `count` files that are sound, and some that are not."""
    folder = parent / "notes"
    for number in range(count):
        inner = folder / f"{number // FOLDER:03}"
        inner.mkdir(parents=True, exist_ok=True)
        (inner / f"{number:06}.ogg").write_bytes(content(number))
        if number % TEXT_EVERY == 0:
            (inner / f"{number:06}.txt").write_bytes(b"no sound")
    return folder


class Run:
    """`ouvido check notes --csv table.csv`, begun in a folder."""

    def __init__(self, parent: Path, hang_from: float = math.inf) -> None:
        self.table = parent / "table.csv"
        self.errors = parent / f"errors-{time.monotonic_ns()}"
        environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "LANGUAGE": "en",
            "JUDGED": str(parent / "judged"),
            "HANG_FROM": str(hang_from),
        }
        command = [sys.executable, "-P", "-m", "tests.bot.cli.check.instant_check", "notes"]
        command += ["--csv", self.table.name, "--jobs", str(JOBS)]
        with self.errors.open("wb") as errors:
            self.process = subprocess.Popen(
                command,
                cwd=parent,
                env=environment,
                stdout=subprocess.PIPE,
                stderr=errors,
                # A shell's job in the background ignores it, and so would the command.
                preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
            )

    def wait_for(self, rows: int) -> None:
        """Until the table has so many rows, or the run has ended."""
        written, last = -1, time.monotonic()  # the heading is no row
        self.table.touch()
        with self.table.open("rb") as table:
            while written < rows and self.process.poll() is None:
                new = table.read()
                written += new.count(b"\n")
                last = time.monotonic() if new else last
                assert time.monotonic() < last + WAIT, f"no row after row {written}"
                time.sleep(0.002)

    def memory(self) -> int:
        """Bytes that the process holds in memory."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return 1024 * int(status.partition("VmRSS:")[2].split()[0])

    def kill(self) -> None:
        self.process.kill()
        assert self.process.wait(WAIT) == -signal.SIGKILL
        self.close()

    def close(self) -> None:
        assert self.process.stdout is not None
        assert self.process.stdout.read() == b""
        self.process.stdout.close()

    def end(self) -> tuple[int, str]:
        """The exit code and the last line on standard error."""
        code = self.process.wait(30 * WAIT)
        self.close()
        return code, self.errors.read_text().splitlines()[-1]


def rows(table: Path) -> Iterator[dict[str, str]]:
    with table.open(newline="") as opened:
        yield from csv.DictReader(opened)


@pytest.mark.parametrize(
    "count",
    [600, pytest.param(100_000, marks=[pytest.mark.slow, pytest.mark.exhaustive])],
)
def test_each_of_many_files_is_judged_once_by_a_run_that_is_killed_twice(
    tmp_path: Path, count: int
) -> None:
    folder = folder_of(tmp_path, count)
    chance = random.Random(count)
    for share in (chance.uniform(0.2, 0.4), chance.uniform(0.5, 0.8)):
        least = int(count * share)
        run = Run(tmp_path, least + MARGIN)
        run.wait_for(least)
        run.kill()
        whole = run.table.read_bytes()
        run.table.write_bytes(whole[:-HALF])  # half a row, as a power cut leaves it
    before = len(list(rows(run.table))) - 1
    code, last = (run := Run(tmp_path)).end()
    failed = sum(is_broken(number) for number in range(count))
    assert code == 1
    assert last.endswith(f"Had a row already: {before:,}.")
    found = {row["path"]: row for row in rows(run.table)}
    assert len(list(rows(run.table))) == len(found) == count
    assert sorted(found) == sorted(
        str(path.relative_to(tmp_path)) for path in folder.rglob("*.ogg")
    )
    for path, row in found.items():
        number = int(Path(path).stem)
        told = "" if is_broken(number) else f"{number % 10_000 / 10_000:.4f}"
        assert (row["probability"], bool(row["error"])) == (told, is_broken(number))
    assert sum(bool(row["error"]) for row in found.values()) == failed
    judged = Counter((tmp_path / "judged").read_text().splitlines())
    assert len(judged) == count
    # What was begun when the run was killed, and the row that was cut in half.
    assert judged.total() - count <= 2 * (JOBS * AHEAD + 1)
    assert Run(tmp_path).end()[1].startswith("Heard: 0. Not heard: 0.")


@pytest.mark.slow
@pytest.mark.exhaustive  # test_judging holds with a few files that none is taken too early
def test_memory_does_not_grow_with_the_files(tmp_path: Path) -> None:
    first, count = 10_000, 100_000
    folder_of(tmp_path, count)
    run = Run(tmp_path)
    run.wait_for(first)
    early = run.memory()
    run.wait_for(count - 100)
    late = run.memory()
    print(f"{early / 1024**2:.1f} MB after {first} files, {late / 1024**2:.1f} MB after {count}")
    assert run.end()[0] == 1
    assert late - early < GROWTH


def test_ctrl_c_keeps_what_is_done_and_says_how_to_go_on(tmp_path: Path) -> None:
    folder_of(tmp_path, 600)
    run = Run(tmp_path, hang_from=100 + MARGIN)
    run.wait_for(100)
    run.process.send_signal(signal.SIGINT)
    code, last = run.end()
    assert (code, last) == (
        130,
        "Stopped. What is done is kept; the same command goes on from here.",
    )
    *others, _ = run.errors.read_text().splitlines()
    assert all(line.endswith(".txt: passed over: not sound") for line in others)
    assert run.table.read_bytes().endswith(b"\n")
    before = len(list(rows(run.table)))
    assert 100 <= before < 600
    assert Run(tmp_path).end()[1].endswith(f"Had a row already: {before}.")
    assert len(list(rows(run.table))) == 600
