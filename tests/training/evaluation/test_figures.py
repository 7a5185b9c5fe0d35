"""Figures of answers whose errors were counted by hand."""

import math
from dataclasses import replace

import numpy as np
import pytest

from dataset.manifest import Clip
from inference.speech import Measures
from inference.verdict import Reason, Verdict
from training.evaluation.figures import (
    by,
    change,
    figures,
    interval,
    leans,
    length,
    of_families,
    quiet,
    reasons,
    voice_notes,
    with_all_humans,
)
from training.evaluation.scoring import Answer


def answer(label: str, score: float, source: str = "a", speech: float = 5.0) -> Answer:
    found = (Reason.UNSURE,) if 0.3 < score < 0.7 else ()
    verdict = Verdict(score, (0.3, 0.7), found, speech, (), "test-1")
    measures = Measures(speech, -20.0, 30.0, 7000.0, 0.0, np.ones(int(speech * 50), np.bool_))
    clip = Clip("x.ogg", label, label, label, source=source)
    return Answer(clip, verdict, speech + 1.0, 0.5, measures)


def test_errors_are_shares_of_their_class_and_unsure_is_no_error() -> None:
    answers = [answer("human", score) for score in (0.1, 0.2, 0.5, 0.9)]
    answers += [answer("synthetic", score) for score in (0.2, 0.6, 0.8, 0.8, 0.9)]
    found = figures(answers)
    assert (found.human, found.synthetic) == (4, 5)
    assert found.false_alarms == pytest.approx(1 / 4)
    assert found.misses == pytest.approx(1 / 5)
    assert found.answered == pytest.approx(7 / 9)
    assert found.wrong == pytest.approx((1 / 3 + 1 / 4) / 2)


def test_one_class_alone_has_no_equal_error_rate() -> None:
    found = figures([answer("human", 0.1), answer("human", 0.9)])
    assert math.isnan(found.eer)
    assert math.isnan(found.misses)
    assert found.false_alarms == 0.5


def test_recordings_of_people_are_those_of_sources_without_anything_synthetic() -> None:
    page = [answer("human", 0.1, "page"), answer("synthetic", 0.9, "page")]
    note = answer("human", 0.2, "phone")
    assert voice_notes([*page, note]) == [note]


def test_small_groups_become_one() -> None:
    answers = [answer("human", 0.1, source) for source in "aaabbc"]
    groups = by(answers, lambda a: a.clip.source, least=2)
    assert {name: len(group) for name, group in groups.items()} == {"a": 3, "b": 2, "the others": 1}


@pytest.mark.parametrize(
    ("speech", "row"), [(0.5, "under 1 s"), (1.0, "under 2 s"), (4.0, "4 s or more")]
)
def test_a_length_belongs_to_one_row(speech: float, row: str) -> None:
    assert length(answer("human", 0.1, speech=speech)) == row


def test_the_interval_holds_the_rate_and_widens_with_fewer_sources() -> None:
    rng = np.random.default_rng(1)
    many = [answer("human", rng.beta(2, 3), str(i % 40)) for i in range(400)]
    many += [answer("synthetic", rng.beta(3, 2), str(i % 40)) for i in range(400)]
    low, high = interval(many)
    assert low < figures(many).eer < high
    few = [a for a in many if int(a.clip.source) < 5]
    assert interval(few)[1] - interval(few)[0] > high - low


def test_reasons_are_counted_as_shares() -> None:
    shares = reasons([answer("human", 0.5), answer("human", 0.1)])
    assert shares[Reason.UNSURE] == 0.5
    assert shares[Reason.NOISY] == 0.0


def test_the_figures_of_the_scores_are_there() -> None:
    found = figures([answer("human", 0.2), answer("synthetic", 0.6), answer("synthetic", 0.1)])
    assert found.auc == 0.5
    assert found.accuracy == pytest.approx((1 + 1 / 2) / 2)
    assert found.brier == pytest.approx((0.04 + (0.16 + 0.81) / 2) / 2)
    assert found.cost == 1.0
    assert found.least_cost == 0.5  # at 0.6: no false alarm, one of two missed


def crowd(rng: np.random.Generator, apart: float) -> list[Answer]:
    return [
        answer(label, float(np.clip(rng.normal(0.5 + side * apart / 2, 0.2), 0, 1)), str(i % 12))
        for i in range(240)
        for label, side in (("human", -1), ("synthetic", 1))
    ]


def test_the_change_is_seen_where_there_is_one() -> None:
    rng = np.random.default_rng(5)
    before, worse = (crowd(rng, apart) for apart in (0.4, 0.1))
    assert change(before, before) == (0.0, 0.0)
    low, high = change(before, worse)
    assert 0.0 < low < figures(worse).eer - figures(before).eer < high


def test_one_class_alone_has_no_interval() -> None:
    assert all(map(math.isnan, interval([answer("human", 0.1)])))
    assert all(map(math.isnan, interval([])))


def test_groups_of_synthetic_clips_stand_against_every_human_clip() -> None:
    people = [answer("human", 0.1), answer("human", 0.2)]
    machines = [answer("synthetic", 0.9, source) for source in "aab"]
    groups = with_all_humans([*people, *machines], lambda a: a.clip.source, least=1)
    assert groups == {"a": [*people, *machines[:2]], "b": [*people, machines[2]]}
    assert of_families([*people, *machines], ["tts"]) == people
    assert of_families([*people, *machines], ["synthetic"]) == [*people, *machines]


def test_a_clip_is_as_noisy_as_its_measures_say() -> None:
    assert quiet(answer("human", 0.1)) == "30 dB or more"


def test_leans_are_counted_by_side_and_answers_beside_them() -> None:
    noisy = answer("synthetic", 0.9)
    noisy = replace(noisy, verdict=replace(noisy.verdict, reasons=(Reason.NOISY,)))
    found = leans(
        [
            answer("human", 0.1),  # answered
            answer("synthetic", 0.9),
            answer("human", 0.35),  # leans
            answer("synthetic", 0.36),
            answer("synthetic", 0.65),
            answer("human", 0.5),  # says nothing
            noisy,
        ]
    )
    assert (found.human, found.synthetic) == (2, 1)
    assert (found.human_right, found.synthetic_right) == (0.5, 1.0)
    assert found.right == pytest.approx(2 / 3)
    assert found.answered_or_leaning == pytest.approx(5 / 7)


def test_without_any_lean_there_is_no_share_that_is_right() -> None:
    assert np.isnan(leans([answer("human", 0.1)]).right)
