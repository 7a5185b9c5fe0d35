"""Clips whose class or score is given away by something on purpose."""

from dataclasses import replace

import numpy as np
import pytest

from dataset.manifest import Clip
from inference.speech import Measures
from inference.verdict import Verdict
from training.evaluation.scoring import Answer
from training.report.audit import TOGETHER, Told, audit, confounders


def answer(label: str, score: float, source: str, seconds: float, language: str) -> Answer:
    measures = Measures(4.0, -20.0, 30.0, 7000.0, 0.0, np.ones(200, np.bool_))
    clip = Clip("x.ogg", label, label, label, language, source=source)
    return Answer(clip, Verdict(score, (0.3, 0.7), (), 4.0, (), "test-1"), seconds, 0.1, measures)


@pytest.fixture(scope="module")
def told() -> dict[str, Told]:
    """Synthetic clips are longer; the score rises where a clip is French, whoever speaks."""
    rng = np.random.default_rng(2)
    return audit(
        [
            answer(
                label,
                0.6 * (language == "fr") + 0.2 * (label == "synthetic") + rng.uniform(0, 0.2),
                f"{number % 10}",
                rng.uniform(1, 3) + 2 * (label == "synthetic"),
                language,
            )
            for number in range(100)
            for label in ("human", "synthetic")
            for language in ("fr", "en")
        ]
    )


def test_it_finds_a_class_that_is_longer(told: dict[str, Told]) -> None:
    assert told["length"].truth > 0.9
    assert told["language"].truth < 0.55


def test_it_finds_a_score_that_follows_the_language(told: dict[str, Told]) -> None:
    assert told["language"].opinion > 0.95
    assert 0.7 < told["language"].explained < 0.95
    assert told["language"].rank > 0.7
    assert told["language"].within > 0.8
    assert told[TOGETHER].explained > told["language"].explained


def test_what_follows_the_class_alone_is_no_nuisance_within_it(told: dict[str, Told]) -> None:
    assert told["length"].rank > 0.2
    assert told["length"].within < 0.0
    assert abs(told["length"].plain) < 0.15


def test_a_fact_that_is_the_same_everywhere_tells_nothing(told: dict[str, Told]) -> None:
    assert told["bandwidth"].rank < 0.1
    assert told["bandwidth"].explained <= 0.0
    assert told["bandwidth"].plain == 0.0


def test_a_score_that_follows_the_length_is_seen_at_once() -> None:
    rng = np.random.default_rng(3)
    lengths = rng.uniform(1.0, 8.0, 60)
    some = [answer("human", 0.1 * s, str(i % 6), s, "en") for i, s in enumerate(lengths)]
    assert audit(some)["length"].plain == pytest.approx(1.0)


def test_one_source_alone_can_not_be_crossed() -> None:
    one = answer("human", 0.1, "a", 2.0, "en")
    found = audit([one, replace(one, seconds=3.0)])
    assert np.isnan(found["length"].explained)


def test_the_clips_of_a_source_are_counted() -> None:
    some = [answer("human", 0.1, source, 2.0, "en") for source in "aab"]
    assert confounders(some)["clips of the source"].ravel().tolist() == [2.0, 2.0, 1.0]
