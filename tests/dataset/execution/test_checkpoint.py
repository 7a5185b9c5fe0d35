"""A step that is stopped at any moment goes on where it was, and says what it could not do."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from dataset.execution.checkpoint import InUse, Journal
from dataset.execution.pool import Failed, Pool
from dataset.manifest import Clip


class _Here(Pool):
    """Does the work in this process."""

    def each(self, make: Callable[[], Callable[[Any], Any]], items: Any, label: str) -> Any:
        return map(make(), items)


class _Step:
    """Makes one clip of a number and remembers which it was asked for."""

    def __init__(self, stop_at: int = -1, fail_at: int = -1, text: str = "") -> None:
        self.asked: list[int] = []
        self._stop_at, self._fail_at, self._text = stop_at, fail_at, text

    def __call__(self, number: int) -> Sequence[Clip] | Failed:
        self.asked.append(number)
        if number == self._stop_at:
            raise KeyboardInterrupt
        if number == self._fail_at:
            return Failed("no text")
        return [Clip(f"{number}.flac", "synthetic", text=self._text)]


def _run(folder: Path, step: _Step, items: Sequence[int], writes: bool = False) -> list[str]:
    journal = Journal(folder, "step seed 1", writes)
    made = journal.work_through(lambda: step, items, str, _Here())  # type: ignore[arg-type, return-value]
    journal.close(len(made))
    return [clip.file for clip in made]


def _failures(folder: Path) -> list[str]:
    return (folder / "failed.csv").read_text().splitlines()[1:]


def test_a_stopped_step_does_only_the_rest(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        _run(tmp_path, _Step(stop_at=3), range(6))
    second, third = _Step(), _Step()
    files = [f"{number}.flac" for number in range(6)]
    assert _run(tmp_path, second, range(6)) == files
    assert second.asked == [3, 4, 5]
    assert _run(tmp_path, third, range(6)) == files
    assert third.asked == []


@pytest.mark.parametrize("cut", [1, 2, 20, 80])
def test_a_line_that_was_being_written_is_done_again(cut: int, tmp_path: Path) -> None:
    _run(tmp_path, _Step(), range(3))
    journal = tmp_path / "journal.jsonl"
    whole = journal.read_bytes()
    journal.write_bytes(whole[:-cut])
    again = _Step()
    _run(tmp_path, again, range(3))
    assert again.asked == [2]
    assert journal.read_bytes() == whole


def test_a_line_that_the_disk_lost_is_done_again(tmp_path: Path) -> None:
    _run(tmp_path, _Step(), range(3))
    journal = tmp_path / "journal.jsonl"
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(lines[0] + b"\0" * 50 + b"\n" + lines[2])
    again = _Step()
    assert _run(tmp_path, again, range(3)) == ["0.flac", "1.flac", "2.flac"]
    assert again.asked == [1]


def test_no_letter_of_a_text_breaks_a_line(tmp_path: Path) -> None:
    text = "a\u2028b\x85c\x1ed\r\ne “ção”"
    _run(tmp_path, _Step(text=text), [1])
    again = _Step()
    _run(tmp_path, again, [1])
    assert again.asked == []
    assert json.loads((tmp_path / "journal.jsonl").read_bytes())["clips"][0]["text"] == text


def test_the_same_step_with_another_seed_begins_anew(tmp_path: Path) -> None:
    _run(tmp_path, _Step(), [1])
    step = _Step()
    other = Journal(tmp_path, "step seed 2")
    other.work_through(lambda: step, [1], str, _Here())  # type: ignore[arg-type, return-value]
    assert step.asked == [1]


def test_an_item_that_is_there_twice_is_done_once(tmp_path: Path) -> None:
    step = _Step()
    assert _run(tmp_path, step, [2, 1, 2]) == ["2.flac", "1.flac"]
    assert step.asked == [2, 1]


def test_a_clip_that_is_gone_is_made_again_where_the_step_writes_it(tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / f"{number}.flac").touch()
    _run(tmp_path, _Step(), range(3), writes=True)
    (tmp_path / "1.flac").unlink()
    forgiving, strict = _Step(), _Step()
    _run(tmp_path, forgiving, range(3))
    assert forgiving.asked == []
    _run(tmp_path, strict, range(3), writes=True)
    assert strict.asked == [1]


def test_what_failed_is_listed_and_tried_again(tmp_path: Path) -> None:
    (tmp_path / "failed.csv").write_text("file,step,reason\nx.wav,earlier,empty\n")
    assert _run(tmp_path, _Step(fail_at=1), range(3)) == ["0.flac", "2.flac"]
    assert _failures(tmp_path) == ["x.wav,earlier,empty", "1,step seed 1,no text"]
    again = _Step()
    _run(tmp_path, again, range(3))
    assert again.asked == [1]
    assert _failures(tmp_path) == ["x.wav,earlier,empty"]


def test_the_summary_counts_the_reasons_the_commonest_first(tmp_path: Path) -> None:
    journal = Journal(tmp_path, "step")
    assert journal.close(0).summary == ""
    for file, reason in (("a", "silent"), ("b", "no text"), ("c", "no text")):
        journal.note(file, reason)
    assert journal.close(0).summary.splitlines()[1:] == ["  2 × no text", "  1 × silent"]


def test_a_folder_that_another_command_writes_into_is_left_alone(tmp_path: Path) -> None:
    def nosy(number: int) -> Sequence[Clip]:
        with pytest.raises(InUse, match="another command is writing"):
            _run(tmp_path, _Step(), [1])
        return []

    journal = Journal(tmp_path, "step seed 1")
    assert journal.work_through(lambda: nosy, [0], str, _Here()) == []
    assert _run(tmp_path, _Step(), [1]) == ["1.flac"]
