"""The folder of pictures and long tables."""

from pathlib import Path

import pytest
from PIL import Image

from inference.registry import default_model
from tests.training.answers import answer, crowd
from training.report import details

ANSWERS = crowd(2.0)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("figures") / "new"
    baselines = {"other": {a.clip.file: 1.0 - a.verdict.score for a in ANSWERS}}
    details.write(default_model(), ANSWERS, folder, {"codecs": {"a telephone": ANSWERS}}, baselines)
    return folder


def test_every_source_has_its_line(folder: Path) -> None:
    page = (folder / "details.md").read_text()
    assert "nan" not in page
    for source in {a.clip.source for a in ANSWERS}:
        assert f"\n|{source}|" in page
    assert "\n|a telephone|" in page
    tables = [part for part in page.split("\n\n") if part.startswith("|")]
    for table in tables:
        assert len({line.count("|") for line in table.splitlines()}) == 1


def test_the_pictures_show_the_scores(folder: Path, tmp_path: Path) -> None:
    details.write(default_model(), crowd(0.5), tmp_path, {}, {})
    for name in ("scores.png", "det.png", "reliability.png"):
        with Image.open(folder / name) as picture, Image.open(tmp_path / name) as other:
            assert min(picture.size) > 400
            assert picture.tobytes() != other.tobytes()


def test_the_same_scores_are_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    details.write(default_model(), ANSWERS, tmp_path, {}, {})
    for name in ("scores.png", "reliability.png"):
        assert (tmp_path / name).read_bytes() == (folder / name).read_bytes()


def test_one_class_alone_has_a_histogram_and_no_curve(tmp_path: Path) -> None:
    details.write(default_model(), [answer("human", 0.1)], tmp_path, {}, {})
    assert {path.name for path in tmp_path.iterdir()} == {"details.md", "scores.png"}
