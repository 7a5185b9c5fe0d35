"""Where pictures and reports of `--out` go: a place of its own for each file."""

import json
import os
import resource
import signal
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cli.check.keeping import Tree, keep_picture
from bot.settings import Settings
from bot.texts import texts_for
from bot.worker.pool import Detection
from tests.bot.stand_ins import EVIDENCE, verdict
from tests.bot.views.test_report import picture

SETTINGS = Settings(max_minutes=720)
ENGLISH = texts_for("en", "en")
FOUND = Detection("ab" * 32, verdict(), EVIDENCE, picture())


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def kept(*named: str, judged: list[str] | None = None) -> list[str]:
    """The files in `out`, without their three endings, after what was named was judged."""
    for name in named:
        if name.endswith("/"):
            Path(name).mkdir(parents=True, exist_ok=True)
    tree = Tree(Path("out"), [*named], SETTINGS)
    for name in judged or [*named]:
        assert tree.keep(name, FOUND, "ouvido-9.9.9", ENGLISH)
    files = sorted(str(path.relative_to("out")) for path in Path("out").rglob("*.*"))
    stems = sorted({os.path.splitext(name)[0] for name in files})  # noqa: PTH122
    assert len(files) == 3 * len(stems)
    return stems


def test_a_file_has_a_picture_and_two_reports() -> None:
    assert kept("a.ogg") == ["a.ogg.ouvido"]
    assert Path("out/a.ogg.ouvido.jpg").read_bytes() == FOUND.picture
    told = json.loads(Path("out/a.ogg.ouvido.json").read_bytes())
    assert told["file"]["sha256"] == FOUND.sha256
    assert told["settings"]["max_seconds"] == 43_200
    with pypdfium2.PdfDocument("out/a.ogg.ouvido.pdf") as document:
        assert "87% chance" in document[0].get_textpage().get_text_range()


def test_the_tree_is_that_of_the_folder() -> None:
    judged = ["notes/a.ogg", "notes/a.mp3", "notes/sub/a.ogg", "notes/sub/deep/b"]
    assert kept("notes/", judged=judged) == [
        "a.mp3.ouvido", "a.ogg.ouvido", "sub/a.ogg.ouvido", "sub/deep/b.ouvido",
    ]  # fmt: skip


def test_several_folders_stand_beside_each_other() -> None:
    judged = ["one/a.ogg", "two/a.ogg", "a.ogg"]
    assert kept("one/", "two/", "a.ogg", judged=judged) == [
        "a.ogg.ouvido", "one/a.ogg.ouvido", "two/a.ogg.ouvido",
    ]  # fmt: skip


def test_files_from_anywhere_stay_within_the_folder(tmp_path: Path) -> None:
    Path("inner").mkdir()
    os.chdir("inner")
    outer = str(tmp_path / "b.ogg")
    assert kept("../a.ogg", "c.ogg", outer, "-") == [
        "a.ogg.ouvido", "b.ogg.ouvido", "inner/c.ogg.ouvido", "standard-input.ouvido",
    ]  # fmt: skip


def test_names_at_the_limit_stay_apart() -> None:
    long = ["ã" * 120 + end for end in ("aaaaaaa.ogg", "bbbbbbb.ogg")]
    stems = kept(*long)
    assert len(stems) == 2
    assert all(len(os.fsencode(f"{stem}.json")) <= 255 for stem in stems)


@given(st.sets(st.binary(min_size=1, max_size=6).filter(lambda n: not {0, 47} & {*n}), max_size=6))
def test_no_two_files_have_one_place(names: set[bytes]) -> None:
    decoded = [os.fsdecode(name) for name in names - {b".", b"..", b"-"}]
    tree = Tree(Path("out"), decoded, SETTINGS)
    assert len({tree._base(name) for name in [*decoded, "-"]}) == len(decoded) + 1


def test_a_second_run_writes_over_its_own_files_and_no_others() -> None:
    Path("a.ogg.jpg").write_bytes(b"holiday")
    for _ in range(2):
        assert Tree(Path(), ["a.ogg"], SETTINGS).keep("a.ogg", FOUND, "", ENGLISH)
    assert Path("a.ogg.jpg").read_bytes() == b"holiday"
    assert sorted(path.name for path in Path().iterdir()) == [
        "a.ogg.jpg", "a.ogg.ouvido.jpg", "a.ogg.ouvido.json", "a.ogg.ouvido.pdf",
    ]  # fmt: skip


def test_what_cannot_be_kept_is_told_in_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    Path("out").write_bytes(b"")  # a file in its place
    assert not Tree(Path("out"), ["a.ogg"], SETTINGS).keep("a\n.ogg", FOUND, "", ENGLISH)
    told = capsys.readouterr().err
    assert told.startswith("The report of a\\n.ogg can't be kept: ")
    assert told.count("\n") == 1


def test_a_full_disk_ends_the_run_instead_of_each_file() -> None:
    Path("a.ogg.ouvido.part").symlink_to("/dev/full")
    with pytest.raises(OSError, match="No space left on device"):
        Tree(Path(), ["a.ogg"], SETTINGS).keep("a.ogg", FOUND, "", ENGLISH)


def test_what_could_not_be_written_to_its_end_leaves_nothing() -> None:
    """A limit on a file's size stands for the full disk: a part is written before the error."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    Path("out").mkdir()
    resource.setrlimit(resource.RLIMIT_FSIZE, (600, before[1]))  # what is said of it is shorter
    try:
        assert not Tree(Path("out"), ["a.ogg"], SETTINGS).keep(
            "a.ogg", FOUND, "ouvido-9.9.9", ENGLISH
        )
        assert not keep_picture(picture(), Path("out"), "a.ogg")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)
    assert [*Path("out").iterdir()] == []
