"""What the documentation names is there: commands, options, files, headings, figures."""

import os
import re
from collections.abc import Callable
from itertools import takewhile
from pathlib import Path

import pytest

from bot.__main__ import USAGE
from dataset.__main__ import main as dataset
from training.__main__ import main as training

ROOT = Path(__file__).parents[1]
ENGLISH, PORTUGUESE = ROOT / "README.md", ROOT / "README.pt-BR.md"
READMES = (ENGLISH, PORTUGUESE)
DOCS = sorted((ROOT / "docs").glob("*.md"))
PAGES = [*sorted(ROOT.glob("*.md")), *DOCS, *sorted((ROOT / "docs" / "figures").glob("*.md"))]
LIVING = [page for page in PAGES if page.name != "CHANGELOG.md"]  # which tells of what was
OPTION = r"(?<![\w-])--[a-z-]+"
COMMANDS: dict[str, Callable[[], int]] = {"dataset": dataset, "training": training}


def _name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def _text(page: Path) -> str:
    """A page, commands that go over several lines made one line."""
    return page.read_text(encoding="utf-8").replace("\\\n", " ")


def _outside_code(page: Path) -> str:
    return re.sub(r"```.*?```|`[^`\n]*`", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)


def _blocks(page: Path) -> list[str]:
    """The blocks of code, fences left out."""
    return re.findall(r"^```\w*\n(.*?)^```$", _text(page), flags=re.DOTALL | re.MULTILINE)


def _headings(page: Path) -> list[str]:
    without = re.sub(r"^```.*?^```$", "", _text(page), flags=re.DOTALL | re.MULTILINE)
    return re.findall(r"^#+ .+$", without, flags=re.MULTILINE)


def _anchor(heading: str) -> str:
    """The name that GitHub gives to a heading."""
    words = heading.lstrip("#").strip().lower()
    return re.sub(r"[^\w\- ]", "", words).replace(" ", "-")


def _said(page: Path) -> list[tuple[str, list[str], set[str]]]:
    """Package, subcommands and options of every `python -m` of ours on a page."""
    said = []
    for package, rest in re.findall(r"python -m (bot|dataset|training)\b([^`\n#|]*)", _text(page)):
        names = takewhile(re.compile(r"[a-z][a-z0-9-]*[a-z0-9]").fullmatch, rest.split())
        said.append((package, list(names), set(re.findall(OPTION, rest))))
    return said


@pytest.mark.parametrize("page", LIVING, ids=_name)
def test_every_script_is_there_and_can_be_called(page: Path) -> None:
    for name in re.findall(r"(?<![\w/.])scripts/(\w[\w-]*(?:\.py)?)", _text(page)):
        script = ROOT / "scripts" / name
        assert script.is_file(), name
        assert script.suffix or os.access(script, os.X_OK), name


@pytest.mark.parametrize("page", LIVING, ids=_name)
def test_every_command_and_option_is_known(
    page: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for package, names, options in _said(page):
        if package == "bot":
            assert not names or f"ouvido {names[0]}" in USAGE
            continue
        monkeypatch.setattr("sys.argv", [package, *names, "--help"])
        with pytest.raises(SystemExit) as ended:
            COMMANDS[package]()
        told = capsys.readouterr()
        assert ended.value.code == 0, f"{package} {names}: {told.err}"
        assert options <= set(re.findall(OPTION, told.out)), f"{package} {names}"


@pytest.mark.parametrize("page", LIVING, ids=_name)
def test_the_command_line_of_the_bot_knows_what_it_is_told(page: Path) -> None:
    called = r"(?:^|[`$] ?)(?:scripts/run|ouvido|docker compose .* ouvido ouvido) ([a-z]+)"
    for name in re.findall(called, _text(page), flags=re.MULTILINE):
        assert f"ouvido {name}" in USAGE


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_every_link_leads_to_a_file_and_a_heading(page: Path) -> None:
    for link in re.findall(r"\]\(([^)\s]+)\)", _outside_code(page)):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = page.parent / path if path else page
        assert target.exists(), link
        assert target.resolve().is_relative_to(ROOT), link
        if anchor:
            assert anchor in map(_anchor, _headings(target)), link


def test_the_index_of_the_documentation_names_every_page() -> None:
    index = _text(ROOT / "docs" / "README.md")
    assert [page.name for page in DOCS if f"({page.name})" not in index] == ["README.md"]


def test_the_paths_that_contributing_names_are_there() -> None:
    ours = r"`((?:bot|inference|dataset|training|tests|docs)/[\w./-]*)`"
    paths = re.findall(ours, _text(ROOT / "CONTRIBUTING.md"))
    assert paths
    assert [path for path in paths if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("page", READMES, ids=_name)
def test_the_readme_is_read_in_three_minutes(page: Path) -> None:
    assert len(_text(page).split()) <= 650


def test_both_readmes_say_the_same() -> None:
    assert _levels(ENGLISH) == _levels(PORTUGUESE)
    assert len(_blocks(ENGLISH)) == len(_blocks(PORTUGUESE))
    assert _typed(ENGLISH) == _typed(PORTUGUESE)
    assert f"]({PORTUGUESE.name})" in _text(ENGLISH)
    assert f"]({ENGLISH.name})" in _text(PORTUGUESE)


def _levels(page: Path) -> list[int]:
    return [len(heading) - len(heading.lstrip("#")) for heading in _headings(page)]


def _typed(page: Path) -> list[str]:
    """What is to be typed, comments left out; in blocks that show answers, the lines after `$`."""
    typed = []
    for block in _blocks(page):
        lines = block.splitlines()
        typed += [line for line in lines if line.startswith("$ ")] or lines
    return [line.partition("  #")[0].strip() for line in typed]


def test_both_readmes_show_the_figures_of_the_model_card() -> None:
    card = _text(ROOT / "MODEL_CARD.md")
    model = card.splitlines()[0].removeprefix("# Model card: ")
    english, portuguese = (_figures(page) for page in READMES)
    assert f"`{model}`" in english
    assert f"`{model}`" in portuguese
    shares = _shares(english)
    assert shares
    assert _shares(portuguese) == shares
    assert [share for share in shares if f"{share} %" not in card] == []


def _figures(page: Path) -> str:
    """What stands between the marks, which another model replaces."""
    begin, end = "<!-- figures: training evaluate -->", "<!-- end of figures -->"
    figures, mark, _ = _text(page).partition(begin)[2].partition(end)
    assert mark, f"{page.name} has no {begin} … {end}"
    return figures


def _shares(text: str) -> list[str]:
    """The percentages, with a decimal point; versions and thousands are none."""
    return [share.replace(",", ".") for share in re.findall(r"\b\d+[.,]\d(?=[ )])", text)]
