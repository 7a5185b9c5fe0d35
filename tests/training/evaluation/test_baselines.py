"""Tables of other detectors' scores."""

from pathlib import Path

import pytest

from dataset.manifest import ManifestError
from tests.training.answers import answer
from training.evaluation.baselines import beside, read, write
from training.evaluation.figures import figures

ANSWERS = [
    answer("human", 0.8, file="a.ogg"),
    answer("synthetic", 0.2, file="b.ogg"),
    answer("synthetic", 0.3, file="c.ogg"),
]


def test_what_was_written_is_a_peer_of_the_next_model(tmp_path: Path) -> None:
    write(ANSWERS, tmp_path / "scores.csv")
    assert read(tmp_path / "scores.csv") == {"a.ogg": 0.8, "b.ogg": 0.2, "c.ogg": 0.3}


def test_only_clips_that_all_of_them_scored_are_compared() -> None:
    groups = beside(ANSWERS, "ours", {"one": {"a.ogg": -7.0, "b.ogg": 12.0, "x.ogg": 1.0}})
    assert [a.clip.file for a in groups["ours"]] == ["a.ogg", "b.ogg"]
    assert figures(groups["ours"]).eer == 1.0
    assert figures(groups["one"]).eer == 0.0
    assert groups["one"][0].clip == ANSWERS[0].clip


@pytest.mark.parametrize("text", ["file,points\na.ogg,1\n", "file,score\na.ogg,high\n"])
def test_a_table_that_is_none_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "scores.csv"
    path.write_text(text)
    with pytest.raises(ManifestError, match=r"scores\.csv"):
        read(path)
