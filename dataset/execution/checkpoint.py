"""A step that can be stopped at any moment: what is finished stands in `journal.jsonl`.

One line a finished item, written in one piece. The next call with the same items does only the
others; what failed is tried again. `failed.csv` lists what has no result, and why.
"""

import csv
import fcntl
import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO, TypeVar

from dataset.execution.pool import Failed, Pool
from dataset.files import unfinished
from dataset.manifest import Clip

NAME, FAILED = "journal.jsonl", "failed.csv"
Item = TypeVar("Item")


@dataclass(frozen=True)
class Outcome:
    """Result of a step."""

    made: int  # clips
    failed: int  # items without a result, and what else was noted
    summary: str  # how many failed and the commonest reasons; empty when none did


class InUse(Exception):
    """Another command is at work in the folder."""


class Journal:
    """The clips that a step has made so far, by the key of the item they were made from."""

    def __init__(self, folder: Path, step: str, writes: bool = False) -> None:
        """`step` names the command and all that changes its results, e.g. its seed.

        A step that `writes` its clips into the folder makes those again that are gone from there.
        """
        folder.mkdir(parents=True, exist_ok=True)
        self._folder, self._step, self._writes = folder, step, writes
        self._failed: list[tuple[str, str]] = []

    def work_through(
        self,
        make: Callable[[], Callable[[Item], Sequence[Clip]]],
        items: Sequence[Item],
        key: Callable[[Item], str],
        pool: Pool,
    ) -> list[Clip]:
        """The clips of all items, in their order; only what the journal lacks is worked on.

        Raises InUse.
        """
        wanted = {key(item): item for item in items}
        with (self._folder / NAME).open("a+b") as file:
            self._lock(file)
            done = {name: clips for name, clips in self._read(file) if name in wanted}
            missing = {name: item for name, item in wanted.items() if name not in done}
            results = pool.each(make, list(missing.values()), self._step)
            for name, result in zip(missing, results, strict=True):
                if isinstance(result, Failed):
                    self._failed.append((name, result.reason))
                    continue
                done[name] = list(result)
                line = {"step": self._step, "key": name, "clips": [asdict(c) for c in result]}
                file.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")
                file.flush()
        return [clip for name in wanted for clip in done.get(name, [])]

    def note(self, key: str, reason: str) -> None:
        """Something found out beside the work, for `failed.csv`."""
        self._failed.append((key, reason))

    @property
    def failed(self) -> list[tuple[str, str]]:
        """Keys and reasons of this run."""
        return self._failed

    def close(self, made: int) -> Outcome:
        """Leave `failed.csv` as this run found things; earlier steps' lines stay."""
        path = self._folder / FAILED
        others = [row for row in _rows(path) if row[1] != self._step]
        # Names on disk need not be UTF-8.
        with (
            unfinished(path) as new,
            new.open("w", newline="", encoding="utf-8", errors="backslashreplace") as file,
        ):
            table = csv.writer(file)
            table.writerow(("file", "step", "reason"))
            table.writerows([*others, *((key, self._step, why) for key, why in self._failed)])
        return Outcome(made, len(self._failed), self._summary())

    def _summary(self) -> str:
        if not self._failed:
            return ""
        reasons = Counter(why for _, why in self._failed).most_common(5)
        lines = [f"{len(self._failed)} failed ({self._folder / FAILED}):"]
        return "\n".join([*lines, *(f"  {count} × {why}" for why, count in reasons)])

    def _lock(self, file: BinaryIO) -> None:
        """Until the file is closed, or this process has ended in whatever way."""
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise InUse(f"another command is writing into {self._folder}") from None
        except OSError:  # some shared disks know no locks
            return

    def _read(self, file: BinaryIO) -> Iterator[tuple[str, list[Clip]]]:
        file.seek(0)
        whole = 0
        for line in file:
            if not line.endswith(b"\n"):  # killed in the middle of a line
                break
            whole += len(line)
            try:
                entry = json.loads(line)
            except ValueError:  # the machine itself went down
                continue
            if entry["step"] == self._step:
                clips = [Clip(**clip) for clip in entry["clips"]]
                if not self._writes or all((self._folder / clip.file).exists() for clip in clips):
                    yield entry["key"], clips
        file.truncate(whole)


def _rows(path: Path) -> list[list[str]]:
    if not path.exists():
        return []
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.reader(file))[1:]
