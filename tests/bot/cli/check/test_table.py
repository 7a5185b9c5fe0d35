"""The table: what a row says, what counts as one, and what is no table of ours."""

import csv
import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cli.check.table import COLUMNS, Table, TableError, cell
from bot.settings import SettingError
from bot.worker.pool import Detection
from inference.errors import Undecodable
from inference.verdict import Label, Reason, Segment
from tests.bot.stand_ins import EVIDENCE, verdict

FOUND = Detection("ab" * 32, verdict(), EVIDENCE)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as opened:
        return list(csv.DictReader(opened))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "table.csv"


def test_a_row_says_what_the_json_says(path: Path) -> None:
    parts = (Segment(0.0, 4.25, Label.HUMAN, 0.0312), Segment(4.25, 9.0, Label.SYNTHETIC, 0.95))
    mixed = replace(verdict(), segments=parts, duration_seconds=9.0, heard_seconds=6.0)
    leaning = verdict(0.7, (Reason.NARROW_BAND, Reason.TOO_SHORT))
    with Table(path) as table:
        table.add("notes/a.ogg", FOUND)
        table.add("notes/b.ogg", replace(FOUND, verdict=mixed))
        table.add("notes/c.ogg", replace(FOUND, verdict=leaning))
        table.add("notes/d.ogg", Undecodable("no sound"))
    plain, parted, unsure, failed = rows(path)
    assert list(plain) == list(COLUMNS)
    assert [*plain.values()] == [
        "notes/a.ogg", "ab" * 32, "synthetic", "0.8700", "", "", "", "", "", "12.34",
        "ouvido-9.9.9", "",
    ]  # fmt: skip
    assert parted["answer"] == "mixed"
    assert parted["segments"] == "0.00-4.25 human 0.0312; 4.25-9.00 synthetic 0.9500"
    assert (parted["duration_seconds"], parted["heard_seconds"]) == ("9.00", "6.00")
    assert (unsure["answer"], unsure["lean"]) == ("inconclusive", "synthetic")
    assert unsure["reason"] == "narrow_band too_short"
    assert (failed["error"], failed["answer"], failed["sha256"]) == ("undecodable", "", "")


def test_rows_are_known_again_and_errors_counted(path: Path) -> None:
    names = ["notes/a.ogg", "a,b.ogg", 'say "hi".ogg', "ação.ogg", "=1.ogg"]
    with Table(path) as table:
        for name in names:
            table.add(name, FOUND)
        table.add("new\nline.ogg", Undecodable())
        table.add("-", FOUND)
    with Table(path) as table:
        assert all(map(table.has, [*names, "./notes//a.ogg", "new\nline.ogg"]))
        assert not any(map(table.has, ["notes/b.ogg", "new\\nline.ogg", "-"]))
        assert table.failed == 1
    assert len(path.read_bytes().splitlines()) == 8


@pytest.mark.parametrize("missing", [1, 2, 20, 60])
def test_half_a_row_is_none_and_is_written_anew(path: Path, missing: int) -> None:
    with Table(path) as table:
        table.add("a.ogg", FOUND)
        table.add('b "quoted, once".ogg', FOUND)
    whole = path.read_bytes()
    path.write_bytes(whole[:-missing])
    with Table(path) as table:
        assert table.has("a.ogg")
        assert not table.has('b "quoted, once".ogg')
        table.add('b "quoted, once".ogg', FOUND)
    assert path.read_bytes() == whole


@pytest.mark.parametrize("size", [0, 1, 30, len(",".join(COLUMNS))])
def test_half_a_heading_begins_a_table(path: Path, size: int) -> None:
    path.write_text(",".join(COLUMNS)[:size])
    Table(path).__exit__(None, None, None)
    assert path.read_text() == ",".join(COLUMNS) + "\n"


@pytest.mark.parametrize(
    "content",
    [b"my novel", b"name,age\nAna,33\n", b"\xff\xfe\n", b"\0" * 40, b"\n", b'"\n'],
)
def test_a_file_that_is_no_table_stays_as_it_is(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(SettingError, match="holds something else than a table of check"):
        Table(path)
    assert path.read_bytes() == content


def test_a_line_that_is_no_row_is_told_by_its_number(path: Path) -> None:
    Table(path).__exit__(None, None, None)
    content = path.read_bytes() + b"a.ogg,human\n"
    path.write_bytes(content)
    with pytest.raises(SettingError, match=r"Line 2 of --csv .* is no row"):
        Table(path)
    assert path.read_bytes() == content


def test_a_table_saved_by_a_spreadsheet_is_still_one(path: Path) -> None:
    with Table(path) as table:
        table.add("a.ogg", FOUND)
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    with Table(path) as table:
        assert table.has("a.ogg")
        table.add("b.ogg", FOUND)
    assert [row["path"] for row in rows(path)] == ["a.ogg", "b.ogg"]


def test_one_run_at_a_time_writes_a_table(path: Path) -> None:
    with Table(path), pytest.raises(SettingError, match="is being written by another check"):
        Table(path)
    Table(path).__exit__(None, None, None)


def test_where_no_table_can_be_is_told(tmp_path: Path) -> None:
    for wrong in (tmp_path, tmp_path / "absent" / "table.csv"):
        with pytest.raises(SettingError, match=r"--csv .* can't be written: \w"):
            Table(wrong)


def test_a_full_disk_names_the_table() -> None:
    with pytest.raises(TableError, match=r"^/dev/full: No space left on device$"):
        Table(Path("/dev/full"))


NAMES = st.binary(min_size=1, max_size=20).filter(lambda name: not {0, 47} & {*name})


@given(NAMES, NAMES)
def test_different_names_have_different_cells_of_one_printable_line(one: bytes, two: bytes) -> None:
    names = sorted({os.fsdecode(one), os.fsdecode(two)} - {"-", "."})
    cells = {cell(name) for name in names}
    assert len(cells) == len(names)
    for each in cells:
        assert each.isprintable() or not each.isascii()
        assert len(each.encode().splitlines()) == 1
        assert not each.startswith(("=", "+", "-", "@"))
