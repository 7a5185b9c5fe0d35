"""The file of all figures says what the tables say."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from inference.registry import default_model
from tests.training.answers import answer, crowd
from training.evaluation.figures import figures, leans
from training.evaluation.robustness import AS_THEY_ARE
from training.evaluation.slices import ALL_CLIPS
from training.export.thresholds import answered
from training.report import numbers
from training.report.numbers import FILE

ANSWERS = [
    replace(a, clip=replace(a.clip, family="tts" if a.clip.label == "synthetic" else "human"))
    for a in crowd(2.0, clips=60)
]
ACCUSED = [answered(a, (0.0, 0.01)) for a in ANSWERS]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("figures") / "new"
    conditions = {"handling": {AS_THEY_ARE: ANSWERS, "room": ACCUSED}}
    baselines = {"other": {a.clip.file: 1.0 - a.verdict.score for a in ANSWERS}}
    numbers.write(default_model(), "dev", ANSWERS, folder, conditions, baselines, {"synthetic"})
    return json.loads((folder / FILE).read_text())


def test_every_slice_has_its_numbers(told: Any) -> None:
    found, every = figures(ANSWERS), told["slices"][ALL_CLIPS]
    assert every["human"] == found.human
    assert every["eer"] == pytest.approx(found.eer)
    assert every["low"] <= every["eer"] <= every["high"]
    assert (every["sources"], every["human_sources"], every["synthetic_sources"]) == (30, 30, 20)
    assert {"false_alarms", "misses", "answered"} <= set(every)
    assert told["by"]["family"]["tts"]["synthetic"] == found.synthetic
    assert told["by"]["systems"]["met in training"]["synthetic"] == found.synthetic
    assert told["model"] == default_model().stem


def test_every_slice_says_how_often_its_leans_are_right(told: Any) -> None:
    every, found = told["leans"][ALL_CLIPS], leans(ANSWERS)
    assert every["human"] == found.human > 0
    assert every["right"] == pytest.approx(found.right)
    assert set(told["leans"]) == set(told["slices"])


def test_a_condition_says_whom_it_turned_into_what(told: Any) -> None:
    room = told["conditions"]["handling"]["room"]
    plain = figures(ANSWERS)
    assert room["more_people_called_machines"] == pytest.approx(1.0 - plain.false_alarms)
    assert room["more_machines_called_people"] == pytest.approx(-plain.misses)
    assert (room["eer_change"], room["eer_change_low"], room["eer_change_high"]) == (0.0, 0.0, 0.0)
    assert "eer_change" not in told["conditions"]["handling"][AS_THEY_ARE]


def test_of_a_peer_only_its_scores_count(told: Any) -> None:
    other = told["peers"]["other"][ALL_CLIPS]
    assert other["eer"] == pytest.approx(1.0 - figures(ANSWERS).eer)
    assert "answered" not in other
    assert set(told["peers"]) == {"other", default_model().stem}


def test_what_is_not_known_is_null(tmp_path: Path) -> None:
    numbers.write(default_model(), "dev", [answer("human", 0.1)], tmp_path, {}, {}, set())
    text = (tmp_path / FILE).read_text()
    assert "NaN" not in text
    assert json.loads(text)["slices"][ALL_CLIPS]["eer"] is None
