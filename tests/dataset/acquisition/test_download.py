"""Files come whole or are refused with a sentence; a cut costs only what was not there yet."""

import errno
import fcntl
import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from dataset.acquisition import disk, download
from dataset.acquisition.answers import DownloadFailed
from dataset.acquisition.corpus import Remote
from dataset.acquisition.disk import DiskFull
from dataset.acquisition.download import WrongChecksum, fetch
from tests.dataset.corpora.server import Files, serving

BODY = bytes(range(256)) * 4000  # 1,024,000 bytes
MD5 = f"md5:{hashlib.md5(BODY).hexdigest()}"  # noqa: S324  # as corpora publish it


class Usage(NamedTuple):
    total: int
    used: int
    free: int


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(download, "PAUSE", 0.0)


@pytest.fixture
def files() -> Iterator[Files]:
    with serving(Files({"set.zip": BODY})) as served:
        yield served


def test_a_file_comes_whole_and_under_its_own_name_only(files: Files, tmp_path: Path) -> None:
    fetch([Remote(files.url("set.zip"), "part one/set.zip", len(BODY), MD5)], tmp_path)
    assert [path.name for path in (tmp_path / "part one").iterdir()] == ["set.zip"]
    assert (tmp_path / "part one/set.zip").read_bytes() == BODY


def test_after_a_cut_only_the_rest_is_asked_for(files: Files, tmp_path: Path) -> None:
    files.cuts["set.zip"] = [300_000, 400_000]
    fetch([Remote(files.url("set.zip"), "set.zip", checksum=MD5)], tmp_path)
    assert [asked for _, asked in files.asked] == ["", "bytes=300000-", "bytes=700000-"]
    assert files.sent == len(BODY)


def test_the_next_run_goes_on_where_the_last_one_stopped(files: Files, tmp_path: Path) -> None:
    files.cuts["set.zip"] = [300_000, *[0] * download.ATTEMPTS]
    remote = Remote(files.url("set.zip"), "set.zip", checksum=MD5)
    with pytest.raises(DownloadFailed, match=r"set\.zip\.part; give the same command again"):
        fetch([remote], tmp_path)
    files.cuts.clear()
    fetch([remote], tmp_path)
    assert files.asked[-1] == ("set.zip", "bytes=300000-")
    assert files.sent == len(BODY)


def test_a_server_that_ignores_range_sends_it_all_again(files: Files, tmp_path: Path) -> None:
    files.ranges = False
    files.cuts["set.zip"] = [300_000]
    fetch([Remote(files.url("set.zip"), "set.zip", checksum=MD5)], tmp_path)
    assert (tmp_path / "set.zip").read_bytes() == BODY
    assert files.sent == 300_000 + len(BODY)


def test_a_file_that_changed_meanwhile_is_not_glued_to_the_old_one(
    files: Files, tmp_path: Path
) -> None:
    files.cuts["set.zip"] = [300_000, *[0] * download.ATTEMPTS]
    remote = Remote(files.url("set.zip"), "set.zip")
    with pytest.raises(DownloadFailed):
        fetch([remote], tmp_path)
    files.cuts.clear()
    files.content["set.zip"], files.etag = BODY[::-1], '"2"'
    fetch([remote], tmp_path)
    assert (tmp_path / "set.zip").read_bytes() == BODY[::-1]


def test_a_whole_part_needs_nothing_more(files: Files, tmp_path: Path) -> None:
    (tmp_path / "set.zip.part").write_bytes(BODY)
    fetch([Remote(files.url("set.zip"), "set.zip", checksum=MD5)], tmp_path)
    assert files.sent == 0
    assert (tmp_path / "set.zip").exists()


def test_a_part_longer_than_the_file_is_thrown_away(files: Files, tmp_path: Path) -> None:
    (tmp_path / "set.zip.part").write_bytes(BODY + b"more")
    fetch([Remote(files.url("set.zip"), "set.zip", checksum=MD5)], tmp_path)
    assert (tmp_path / "set.zip").read_bytes() == BODY


def test_what_is_there_is_not_asked_for_again(files: Files, tmp_path: Path) -> None:
    remotes = [Remote(files.url("set.zip"), name) for name in ("a.zip", "b.zip")]
    fetch(remotes, tmp_path)
    fetch(remotes, tmp_path)
    assert len(files.asked) == 2


def test_a_busy_server_is_asked_again(files: Files, tmp_path: Path) -> None:
    files.answers["set.zip"] = [503, 429]
    fetch([Remote(files.url("set.zip"), "set.zip", checksum=MD5)], tmp_path)
    assert len(files.asked) == 3


def test_a_wrong_checksum_is_refused_and_nothing_is_deleted(files: Files, tmp_path: Path) -> None:
    remote = Remote(files.url("set.zip"), "set.zip", checksum="md5:" + 32 * "0")
    for _ in range(2):  # the second time without a byte from the net
        with pytest.raises(WrongChecksum, match=r"is not what was published.*Delete it"):
            fetch([remote], tmp_path)
    assert (tmp_path / "set.zip.part").read_bytes() == BODY
    assert not (tmp_path / "set.zip").exists()
    assert files.sent == len(BODY)


def test_another_length_than_published_is_refused(files: Files, tmp_path: Path) -> None:
    with pytest.raises(WrongChecksum, match="1024000 bytes, not 7 bytes"):
        fetch([Remote(files.url("set.zip"), "set.zip", size=7)], tmp_path)


def test_a_file_put_there_by_hand_is_checked_by_its_length(tmp_path: Path) -> None:
    (tmp_path / "set.zip").write_bytes(b"half")
    with pytest.raises(WrongChecksum, match="4 bytes, not 1024000 bytes"):
        fetch([Remote("http://unused.invalid/set.zip", "set.zip", len(BODY))], tmp_path)


def test_two_commands_do_not_write_into_one_file(files: Files, tmp_path: Path) -> None:
    with (tmp_path / "set.zip.part").open("wb") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        with pytest.raises(DownloadFailed, match="another command is downloading"):
            fetch([Remote(files.url("set.zip"), "set.zip")], tmp_path)


@pytest.mark.parametrize(
    ("code", "sentence"), [(401, "an account"), (403, "--from"), (404, "not there any more")]
)
def test_a_refusal_is_told_at_once(files: Files, tmp_path: Path, code: int, sentence: str) -> None:
    files.answers["set.zip"] = [code]
    with pytest.raises(DownloadFailed, match=f"{code}.*{sentence}"):
        fetch([Remote(files.url("set.zip"), "set.zip")], tmp_path)
    assert len(files.asked) == 1


def test_a_web_page_is_not_taken_for_an_archive(files: Files, tmp_path: Path) -> None:
    files.kind = "text/html; charset=utf-8"
    with pytest.raises(DownloadFailed, match="a web page"):
        fetch([Remote(files.url("set.zip"), "set.zip")], tmp_path)


def test_nothing_is_begun_on_a_disk_without_room(
    files: Files, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(0, 0, disk.RESERVE + len(BODY)))
    remote = Remote(files.url("set.zip"), "set.zip", len(BODY))
    with pytest.raises(DiskFull, match=r"1\.0 GB free; 2 MB are needed"):
        fetch([remote], tmp_path, room=len(BODY))
    assert files.asked == []
    fetch([remote], tmp_path)


def test_a_length_that_only_the_server_knows_is_checked_before_the_first_byte(
    files: Files, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(0, 0, disk.RESERVE))
    with pytest.raises(DiskFull, match="1 MB are needed"):
        fetch([Remote(files.url("set.zip"), "set.zip")], tmp_path)
    assert not (tmp_path / "set.zip.part").exists()


def test_a_disk_that_fills_up_meanwhile_keeps_what_came(
    files: Files, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    remote = Remote(files.url("set.zip"), "set.zip", checksum=MD5)
    monkeypatch.setattr("dataset.acquisition.download.os.fsync", full)
    with pytest.raises(DiskFull, match="Make room and give the same command again"):
        fetch([remote], tmp_path)
    monkeypatch.undo()
    fetch([remote], tmp_path)
    assert files.sent == len(BODY)


def test_a_real_small_disk_that_fills_up_is_told(files: Files, tmp_path: Path) -> None:
    """Linux only: writing to /dev/full answers as a full disk does."""
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    (tmp_path / "set.zip.part").symlink_to("/dev/full")
    with pytest.raises(DiskFull, match="is full"):
        fetch([Remote(files.url("set.zip"), "set.zip")], tmp_path)
