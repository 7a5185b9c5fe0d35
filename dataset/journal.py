"""A step that can be stopped at any moment: what is finished stands in `journal.jsonl`.

One line a finished item, written in one piece. The next call with the same items does only the
others; what failed is tried again. `failed.csv` lists what has no result, and why.
"""

import csv
import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TypeVar

from dataset.manifest import Clip
from dataset.pool import Failed, Pool

NAME, FAILED = "journal.jsonl", "failed.csv"
Item = TypeVar("Item")


class Journal:
    """The clips that a step has made so far, by the key of the item they were made from."""

    def __init__(self, folder: Path, step: str) -> None:
        """`step` names the command and all that changes its results, e.g. its seed."""
        folder.mkdir(parents=True, exist_ok=True)
        self._folder, self._step = folder, step
        self._done = dict(self._read())
        self._failed: list[tuple[str, str]] = []

    def work_through(
        self,
        make: Callable[[], Callable[[Item], Sequence[Clip]]],
        items: Sequence[Item],
        key: Callable[[Item], str],
        pool: Pool,
    ) -> list[Clip]:
        """The clips of all items, in their order; only what the journal lacks is worked on."""
        missing = [item for item in items if key(item) not in self._done]
        results = pool.each(make, missing, self._step)
        with (self._folder / NAME).open("a", encoding="utf-8") as file:
            for item, result in zip(missing, results, strict=True):
                if isinstance(result, Failed):
                    self._failed.append((key(item), result.reason))
                    continue
                self._done[key(item)] = list(result)
                line = {"step": self._step, "key": key(item), "clips": [asdict(c) for c in result]}
                file.write(json.dumps(line, ensure_ascii=False) + "\n")
                file.flush()
        return [clip for item in items for clip in self._done.get(key(item), [])]

    def note(self, key: str, reason: str) -> None:
        """Something found out beside the work, for `failed.csv`."""
        self._failed.append((key, reason))

    @property
    def failed(self) -> list[tuple[str, str]]:
        """Keys and reasons of this run."""
        return self._failed

    def close(self) -> None:
        """Leave `failed.csv` as this run found things; earlier steps' lines stay."""
        path = self._folder / FAILED
        others = [row for row in _rows(path) if row[1] != self._step]
        with path.open("w", newline="", encoding="utf-8") as file:
            table = csv.writer(file)
            table.writerow(("file", "step", "reason"))
            table.writerows([*others, *((key, self._step, why) for key, why in self._failed)])

    def summary(self) -> str:
        """How many failed, the commonest reasons first; empty when none did."""
        if not self._failed:
            return ""
        reasons = Counter(why for _, why in self._failed).most_common(5)
        lines = [f"{len(self._failed)} failed ({self._folder / FAILED}):"]
        return "\n".join([*lines, *(f"  {count} × {why}" for why, count in reasons)])

    def _read(self) -> Iterator[tuple[str, list[Clip]]]:
        path = self._folder / NAME
        if not path.exists():
            return
        text = path.read_text(encoding="utf-8")
        whole = text[: text.rfind("\n") + 1]
        if whole != text:  # killed in the middle of a line
            path.write_text(whole, encoding="utf-8")
        for line in whole.splitlines():
            entry = json.loads(line)
            if entry["step"] == self._step:
                yield entry["key"], [Clip(**clip) for clip in entry["clips"]]


def _rows(path: Path) -> list[list[str]]:
    if not path.exists():
        return []
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.reader(file))[1:]
