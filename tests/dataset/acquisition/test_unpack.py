"""Nothing of an archive lands outside its target, and a stopped unpacking goes on."""

import gzip
import io
import shutil
import tarfile
import zipfile
from pathlib import Path

import pytest

from dataset.acquisition.corpus import Remark
from dataset.acquisition.disk import DiskFull
from dataset.acquisition.unpack import CLIMBS, Damaged, unpack
from tests.dataset.acquisition.test_download import Usage
from tests.dataset.corpora.archives import Content, tarred, zipped

CLIMBING = {
    "../out.txt": b"x",
    "fine/../../out.txt": b"x",
    "/tmp/ouvido-out.txt": b"x",  # noqa: S108  # it must not get there
    "C:/out.txt": b"x",
    "fine/in.txt": b"in",
}


def archive(folder: Path, name: str, content: Content) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(zipped(content) if name.endswith(".zip") else tarred(content))
    return path


def files(folder: Path) -> list[str]:
    paths = (path for path in folder.rglob("*") if path.is_file() and path.name[0] != ".")
    return sorted(path.relative_to(folder).as_posix() for path in paths)


@pytest.mark.parametrize("name", ["a.zip", "a.tar.gz"])
def test_names_with_blanks_and_accents_arrive_as_they_are(tmp_path: Path, name: str) -> None:
    content = {"José da Silva/não é.txt": "é".encode(), "empty.txt": b""}
    assert unpack(archive(tmp_path, name, content), tmp_path / "out") == []
    assert files(tmp_path / "out") == ["José da Silva/não é.txt", "empty.txt"]
    assert (tmp_path / "out/José da Silva/não é.txt").read_text(encoding="utf-8") == "é"


def test_names_that_a_zip_does_not_declare_as_utf8_are_read_as_such(tmp_path: Path) -> None:
    plain = zipped({"n__o.txt": b"x"})
    (tmp_path / "a.zip").write_bytes(plain.replace(b"n__o.txt", "não.txt".encode()))
    unpack(tmp_path / "a.zip", tmp_path / "out")
    assert files(tmp_path / "out") == ["não.txt"]


@pytest.mark.parametrize("name", ["a.zip", "a.tar.gz"])
def test_paths_that_climb_out_are_refused_one_by_one(tmp_path: Path, name: str) -> None:
    remarks = unpack(archive(tmp_path / "here", name, CLIMBING), tmp_path / "here/deep/out")
    outside = [file for file in CLIMBING if file != "fine/in.txt"]
    assert remarks == [Remark(file, CLIMBS) for file in outside]
    assert files(tmp_path) == [f"here/{name}", "here/deep/out/fine/in.txt"]
    assert not Path("/tmp/ouvido-out.txt").exists()  # noqa: S108


def test_links_and_devices_are_refused(tmp_path: Path) -> None:
    members = []
    for name, kind in (("link", tarfile.SYMTYPE), ("hard", tarfile.LNKTYPE), ("dev", b"3")):
        member = tarfile.TarInfo(name)
        member.type, member.linkname = kind, "../../etc"
        members.append(member)
    path = tmp_path / "a.tar.gz"
    path.write_bytes(tarred({"in.txt": b"in"}, *members))
    remarks = unpack(path, tmp_path / "out")
    assert [remark.file for remark in remarks] == ["link", "hard", "dev"]
    assert files(tmp_path / "out") == ["in.txt"]


def test_a_link_in_a_zip_is_refused(tmp_path: Path) -> None:
    member = zipfile.ZipInfo("link")
    member.external_attr = 0o120777 << 16
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as file:
        file.writestr(member, "/etc")
    assert [remark.file for remark in unpack(tmp_path / "a.zip", tmp_path / "out")] == ["link"]


def test_a_link_that_lies_in_the_target_is_not_followed_out(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "out/way").symlink_to(tmp_path / "elsewhere")
    remarks = unpack(archive(tmp_path, "a.zip", {"way/x.txt": b"x"}), tmp_path / "out")
    assert remarks == [Remark("way/x.txt", CLIMBS)]
    assert files(tmp_path / "elsewhere") == []


@pytest.mark.parametrize("name", ["a.zip", "a.tar.gz"])
def test_a_second_time_only_what_is_missing_is_written(tmp_path: Path, name: str) -> None:
    path = archive(tmp_path, name, {"whole.txt": b"12345", "half.txt": b"12345", "no.txt": b"1"})
    (tmp_path / "out").mkdir()
    (tmp_path / "out/whole.txt").write_bytes(b"abcde")  # kept: it has the right length
    (tmp_path / "out/half.txt").write_bytes(b"12")
    unpack(path, tmp_path / "out")
    assert (tmp_path / "out/whole.txt").read_bytes() == b"abcde"
    assert (tmp_path / "out/half.txt").read_bytes() == b"12345"
    assert files(tmp_path / "out") == ["half.txt", "no.txt", "whole.txt"]


def test_a_finished_archive_is_not_read_again_but_its_remarks_are_told_again(
    tmp_path: Path,
) -> None:
    path = archive(tmp_path, "a.zip", CLIMBING)
    first = unpack(path, tmp_path / "out")
    (tmp_path / "out/fine/in.txt").unlink()
    assert unpack(path, tmp_path / "out") == first
    assert files(tmp_path / "out") == []


@pytest.mark.parametrize("name", ["a.zip", "a.tar.gz"])
def test_half_an_archive_is_told(tmp_path: Path, name: str) -> None:
    content = {f"{i}.bin": bytes(range(256)) * (i + 1) for i in range(100)}
    path = archive(tmp_path, name, content)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(Damaged, match=r"a\..* is damaged after .* Delete it and get it again"):
        unpack(path, tmp_path / "out")


def test_a_tar_that_was_cut_between_two_files_is_told(tmp_path: Path) -> None:
    path = archive(tmp_path, "a.tar.gz", {"a.txt": b"a", "b.txt": b"b"})
    (tmp_path / "a.tar").write_bytes(gzip.decompress(path.read_bytes())[:1024])
    with pytest.raises(Damaged, match="it lacks its end"):
        unpack(tmp_path / "a.tar", tmp_path / "out")


def test_a_gzip_with_a_wrong_checksum_is_told(tmp_path: Path) -> None:
    path = archive(tmp_path, "a.tar.gz", {"a.txt": b"a"})
    path.write_bytes(path.read_bytes()[:-8] + bytes(8))
    with pytest.raises(Damaged, match="CRC"):
        unpack(path, tmp_path / "out")


def test_one_damaged_file_of_a_zip_does_not_cost_the_others(tmp_path: Path) -> None:
    data = zipped({"a.txt": b"aaaa-aaaa", "b.txt": b"bbbb-bbbb"})
    (tmp_path / "a.zip").write_bytes(data.replace(b"aaaa-aaaa", b"aaaa+aaaa", 1))
    remarks = unpack(tmp_path / "a.zip", tmp_path / "out")
    assert [remark.reason.partition("(")[0] for remark in remarks] == ["not unpacked: damaged "]
    assert files(tmp_path / "out") == ["b.txt"]


def test_an_encrypted_file_is_refused(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.txt": b"a"}))
    data[6] |= 1  # the flag in the file's header and in the directory's
    data[data.index(b"PK\1\2") + 8] |= 1
    (tmp_path / "a.zip").write_bytes(data)
    assert [remark.reason for remark in unpack(tmp_path / "a.zip", tmp_path / "out")] == [
        "not unpacked: it is encrypted"
    ]


def test_what_is_no_archive_is_told(tmp_path: Path) -> None:
    for name in ("a.zip", "a.tar.gz"):
        (tmp_path / name).write_bytes(b"<html>sign in</html>" * 50)
        with pytest.raises(Damaged):
            unpack(tmp_path / name, tmp_path / "out")


@pytest.mark.parametrize("name", ["a.zip", "a.tar.gz"])
def test_nothing_is_written_where_there_is_no_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    path = archive(tmp_path, name, {"a.txt": b"a" * 1000})
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(0, 0, 999))
    with pytest.raises(DiskFull, match="1 kB are needed"):
        unpack(path, tmp_path / "out")
    assert files(tmp_path / "out") == []


def test_a_name_that_is_a_file_and_a_folder_is_told(tmp_path: Path) -> None:
    path = archive(tmp_path, "a.tar.gz", {"a": b"file", "a/b": b"below", f"{'x' * 300}": b"long"})
    assert [remark.reason for remark in unpack(path, tmp_path / "out")] == [
        "not unpacked: a file and a folder of that name",
        "not unpacked: its name is too long",
    ]


def test_a_zip_that_lies_about_a_length_is_cut_there(tmp_path: Path) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive_:
        archive_.writestr("bomb.txt", bytes(1_000_000))
    data = file.getvalue().replace((1_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    (tmp_path / "a.zip").write_bytes(data)
    remarks = unpack(tmp_path / "a.zip", tmp_path / "out")
    assert [remark.file for remark in remarks] == ["bomb.txt"]
    assert files(tmp_path / "out") == []
