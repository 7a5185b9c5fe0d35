"""The hub's listing of a repository tells what to download, page by page."""

import json
from pathlib import Path

import pytest

from dataset.acquisition import hub
from dataset.acquisition.download import fetch
from tests.dataset.corpora.server import Files, serving

SHA256 = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"  # of "hello"
PAGE = "api/datasets/who/what/tree/main?recursive=true"


def test_all_pages_are_read_and_what_is_wanted_can_be_fetched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = (
        [
            {"type": "directory", "path": "data", "size": 0, "oid": "a"},
            {"type": "file", "path": "README.md", "size": 2, "oid": "b"},
        ],
        [
            {"type": "file", "path": "z.tar.gz", "size": 9, "oid": "c"},
            {
                "type": "file",
                "path": "data/José 1.tar.gz",
                "size": 5,
                "oid": "d",
                "lfs": {"oid": SHA256, "size": 5, "pointerSize": 128},
            },
        ],
    )
    content = {
        PAGE: json.dumps(pages[0]).encode(),
        f"{PAGE}&cursor=2": json.dumps(pages[1]).encode(),
        "datasets/who/what/resolve/main/data/Jos%C3%A9%201.tar.gz": b"hello",
    }
    with serving(Files(content)) as files:
        files.links[PAGE] = f'<{files.url(PAGE)}&cursor=2>; rel="next"'
        monkeypatch.setattr(hub, "HOST", files.address)
        found = hub.listing("who/what", "main", lambda name: name.endswith(".tar.gz"))
        assert [(remote.name, remote.size) for remote in found] == [
            ("data/José 1.tar.gz", 5),
            ("z.tar.gz", 9),
        ]
        assert found[0].checksum == f"sha256:{SHA256}"
        fetch(found[:1], tmp_path)
    assert (tmp_path / "data/José 1.tar.gz").read_bytes() == b"hello"


def test_a_hub_that_does_not_answer_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(Files({PAGE: b"<html>"})) as files:
        monkeypatch.setattr(hub, "HOST", files.address)
        with pytest.raises(hub.Unreachable, match="no listing of who/what"):
            hub.listing("who/what", "main", lambda _: True)
    with pytest.raises(hub.Unreachable):  # the server is gone
        hub.listing("who/what", "main", lambda _: True)
