"""What is found in folders, and what of it is passed over."""

import os
import socket
import subprocess
from pathlib import Path

import pytest

from bot.cli.arguments import NotFound
from bot.cli.check.inputs import Input, PassedOver, distinct, inputs, passes_over

NOBODY = 65534  # a user of every Linux
SOUND = b"OggS and so on"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def put(*names: str, content: bytes = SOUND) -> None:
    for name in names:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_bytes(content)


def found(*arguments: str, ours: tuple[str, ...] = ()) -> list[str]:
    return [each.name for each in inputs([*arguments], None, [Path(p).absolute() for p in ours])]


def test_folders_are_walked_in_the_order_of_names_files_first(here: Path) -> None:
    put("notes/b/2.ogg", "notes/a/1.ogg", "notes/z.ogg", "notes/a/deep/0.ogg", "first.ogg")
    walked = ["notes/z.ogg", "notes/a/1.ogg", "notes/a/deep/0.ogg", "notes/b/2.ogg"]
    assert found("first.ogg", "notes", "absent.ogg") == ["first.ogg", *walked, "absent.ogg"]
    assert found("notes/") == walked
    assert found(".") == ["first.ogg", *walked]


def test_what_check_itself_writes_is_no_input(here: Path) -> None:
    put("notes/a.ogg", "notes/out/a.ogg", "notes/table.csv")
    assert found("notes", ours=("notes/out", "notes/table.csv")) == ["notes/a.ogg"]


def test_a_tree_that_is_deeper_than_python_recurses_is_walked(here: Path) -> None:
    names = ["d"] * 1500
    for _ in names:
        Path("d").mkdir()
        os.chdir("d")
    put("a.ogg")
    os.chdir(here)
    assert found("d") == ["/".join([*names, "a.ogg"])]
    subprocess.run(["/bin/rm", "-r", "d"], check=True)  # pytest recurses when it cleans up


def test_a_folder_that_cannot_be_listed_is_told(here: Path) -> None:
    for _ in range(25):  # a path of more than 4,096 bytes
        Path("d" * 200).mkdir()
        os.chdir("d" * 200)
    os.chdir(here)
    [unlisted] = inputs(["d" * 200], None)
    assert len(unlisted.name) > 4000
    with pytest.raises(NotFound):
        passes_over(unlisted)


def test_what_may_not_be_read_is_told(here: Path) -> None:
    put("notes/secret/a.ogg", "notes/b.ogg")
    here.chmod(0o755)
    Path("notes/b.ogg").chmod(0)
    Path("notes/secret").chmod(0)
    user = os.geteuid()
    os.seteuid(user or NOBODY)  # root may read everything
    try:
        unreadable = [*inputs(["notes"], None)]
        assert [each.name for each in unreadable] == ["notes/b.ogg", "notes/secret"]
        for each in unreadable:
            with pytest.raises(NotFound, match=r"ermission denied|can't be listed"):
                passes_over(each)
    finally:
        os.seteuid(user)
        Path("notes/secret").chmod(0o700)


def why(name: str) -> PassedOver | None:
    return passes_over(Input(name, Path(name), is_found=True))


def test_a_file_in_a_folder_is_known_by_its_bytes_not_its_name(here: Path) -> None:
    put("a.txt", "a")
    put("a.ogg", content=b"a letter")
    put("b.ogg", content=b"")
    put("titles", content=b"ID3\4\0\0" + bytes([0, 2, 0, 0]) + b"\0" * 2**15 + b"\xff\xfb\x90\x00")
    assert (why("a.txt"), why("a"), why("titles")) == (None, None, None)
    assert (why("a.ogg"), why("b.ogg")) == (PassedOver.NO_SOUND, PassedOver.EMPTY)


def test_what_is_no_file_is_neither_read_nor_followed(here: Path) -> None:
    put("notes/a.ogg")
    os.mkfifo("pipe.ogg")  # nobody writes: to open it would wait for ever
    Path("dead.ogg").symlink_to("nowhere.ogg")
    Path("loop.ogg").symlink_to("loop.ogg")
    Path("notes/up").symlink_to("..")
    Path("alias.ogg").symlink_to("notes/a.ogg")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket.ogg")
    assert found("notes") == ["notes/a.ogg", "notes/up"]
    assert why("alias.ogg") is None
    for name in ("pipe.ogg", "socket.ogg", "/dev/null"):
        assert why(name) is PassedOver.NO_FILE
    assert (why("dead.ogg"), why("loop.ogg")) == (PassedOver.DEAD_LINK, PassedOver.DEAD_LINK)
    assert why("notes/up") is PassedOver.FOLDER_LINK


def test_a_file_that_goes_while_the_folder_is_read_is_not_found(here: Path) -> None:
    with pytest.raises(NotFound):
        why("gone.ogg")


def test_no_file_comes_twice_whatever_was_named(here: Path) -> None:
    put("notes/sub/a.ogg", "notes2/b.ogg", "c.ogg")
    Path("link.ogg").symlink_to("c.ogg")
    named = ["notes/sub/a.ogg", "c.ogg", "notes/sub", "./c.ogg", "notes", "notes/", "-", "-"]
    assert distinct([*named, "notes2", str(here / "c.ogg"), "link.ogg", "absent"]) == [
        "c.ogg", "notes", "-", "notes2", "link.ogg", "absent",
    ]  # fmt: skip
