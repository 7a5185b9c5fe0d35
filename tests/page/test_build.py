"""What is served is what the sources give, and little enough for a phone."""

import gzip
import json
import re
from pathlib import Path

import pytest

from bot.texts import LANGUAGES, texts_for
from bot.web import markup
from tests.page import constants
from tests.page.frontend import BUILT, SOURCES, installed, npm

FIRST_LOAD = 150_000  # bytes, gzip


@pytest.mark.slow
def test_what_is_served_is_built_from_the_sources(tmp_path: Path) -> None:
    copy = installed(tmp_path)
    npm(copy, "run", "build")
    built, served = contents(tmp_path / "web" / "page"), contents(BUILT)
    assert built.keys() == served.keys(), "cd bot/web/frontend && npm ci && npm run build"
    assert [name for name in built if built[name] != served[name]] == []


def contents(folder: Path) -> dict[str, bytes]:
    """By name, unpacked: another version of zlib compresses to other bytes."""
    files = {path.name: path.read_bytes() for path in folder.iterdir()}
    return {n: gzip.decompress(each) if n.endswith(".gz") else each for n, each in files.items()}


def test_no_compressed_file_holds_the_time_of_its_build() -> None:
    files = list(BUILT.glob("*.gz"))
    assert len(files) == 2
    assert {file.read_bytes()[4:8] for file in files} == {bytes(4)}


def test_the_private_check_has_the_numbers_of_the_server() -> None:
    assert constants.FILE.read_text() == constants.text(), "python -m tests.page.constants"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_load_is_small(language: str) -> None:
    html = markup.page(texts_for(language, "en"), "a-1.0.0", 20 * 2**20, 1800.0, "n")
    paths = [path for path in BUILT.iterdir() if path.suffix not in (".html", ".gz")]
    files = [path.read_bytes() for path in paths]
    assert sum(len(gzip.compress(file)) for file in [html.encode(), *files]) <= FIRST_LOAD


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_given_all_words_that_its_sources_say(language: str) -> None:
    html = markup.page(texts_for(language, "en"), "<b>&", 20 * 2**20, 1800.0, "n")
    found = re.search(r'(?s)<script type="application/json" id="data">(.*?)</script>', html)
    assert found
    words = json.loads(found[1])["words"]
    source = "".join(path.read_text(encoding="utf-8") for path in (SOURCES / "src").rglob("*.ts*"))
    said = set(re.findall(r'say\("(\w+)"\)', source))
    assert len(said) > 40
    assert said - words.keys() == set()
    assert words["model"].endswith("<b>&")


def test_nothing_comes_from_elsewhere() -> None:
    package = json.loads((SOURCES / "package.json").read_text())
    lock = (SOURCES / "package-lock.json").read_text()
    assert '"resolved": "http' not in lock
    for version in [*package["dependencies"].values(), *package["devDependencies"].values()]:
        assert re.fullmatch(r"\d+\.\d+\.\d+", version)
    html = (BUILT / "index.html").read_text()
    assert not re.search(r'(src|href)="(https?:)?//', html)
