"""The band in which nothing is said: errors first, every group of people, then answers."""

import numpy as np
import pytest

from inference.verdict import Label, Reason
from tests.training.answers import answer, crowd
from training.band import FALSE_ALARMS, WRONG, Band, answered, choose
from training.evaluation import figures
from training.served import Answer
from training.slices import EVERYBODY, NOTES, PORTUGUESE, people


def with_band(answers: list[Answer], band: Band) -> list[Answer]:
    return [answered(one, band.thresholds) for one in answers]


def test_a_good_model_keeps_its_promise_on_sources_the_band_was_not_chosen_on() -> None:
    band = choose(crowd(apart=4.0, seed=1))
    assert band.holds
    assert band.answered > 0.8
    there = with_band(crowd(apart=4.0, seed=2, clips=3000), band)  # other clips of other sources
    assert figures(there).wrong <= WRONG
    assert figures(there).answered == pytest.approx(band.answered, abs=0.05)
    chance = 0.01  # 300 people chose
    for group in people(there).values():
        assert figures(group).false_alarms <= FALSE_ALARMS + chance


def test_a_worse_model_answers_less_before_it_errs_more() -> None:
    good, worse = choose(crowd(apart=4.0)), choose(crowd(apart=2.5))
    assert worse.holds
    assert worse.answered < good.answered - 0.1
    assert worse.wrong <= WRONG


def test_a_model_that_cannot_hold_says_so() -> None:
    band = choose(crowd(apart=0.7))
    assert not band.holds
    assert band.wrong > WRONG


def test_sources_that_differ_are_not_hidden_by_choosing_on_them() -> None:
    """In each source the classes are as far apart, but no threshold suits two of them."""
    alike, different = choose(crowd(apart=3.0)), choose(crowd(apart=3.0, drift=1.5))
    assert alike.holds
    assert different.answered < alike.answered
    chosen_on = figures(with_band(crowd(apart=3.0, drift=1.5), different))
    assert chosen_on.wrong <= WRONG < different.wrong


@pytest.mark.parametrize("group", [NOTES, PORTUGUESE])
def test_no_group_of_people_pays_for_the_others(group: str) -> None:
    """A quarter of them sounds like machines to the model: the band leaves room for them."""
    place = "phone" if group == NOTES else "page"
    language = "en" if group == NOTES else "pt-BR"
    scores = [0.9] * 12 + [0.1] * 36
    some = [answer("human", s, f"{place} {i % 9}", language=language) for i, s in enumerate(scores)]
    easy = crowd(apart=5.0)
    assert choose(easy).above < 0.9
    band = choose([*easy, *some])
    assert band.above > 0.9
    assert figures(with_band(some, band)).false_alarms == 0.0


def test_refused_clips_are_no_errors_and_no_answers() -> None:
    refused = [answer("human", 0.99, f"page {i % 8}", refused=True) for i in range(300)]
    clips = crowd(apart=4.0)
    assert choose([*clips, *refused]).thresholds == pytest.approx(choose(clips).thresholds, abs=0.1)
    assert choose([*clips, *refused]).answered < choose(clips).answered - 0.1


@pytest.mark.parametrize(
    "answers",
    [
        [],
        [answer("human", 0.1, "page")],
        [
            answer(label, score, "page")
            for label, score in (("human", 0.1), ("synthetic", 0.9)) * 50
        ],
        [answer("human", 0.1, str(i)) for i in range(90)],
        crowd(apart=4.0)[::40],
    ],
    ids=["nothing", "one clip", "one source", "one class", "few clips"],
)
def test_without_evidence_nothing_is_answered(answers: list[Answer]) -> None:
    assert choose(answers) == Band()
    assert not Band().holds


def test_another_band_changes_the_answer_and_keeps_the_doubts() -> None:
    unsure = answer("human", 0.5, "page")
    assert unsure.verdict.label == Label.INCONCLUSIVE
    assert answered(unsure, (0.2, 0.5)).verdict.label == Label.SYNTHETIC
    assert answered(unsure, (0.6, 0.7)).verdict.label == Label.HUMAN
    noisy = answer("human", 0.5, "page", refused=True)
    assert answered(noisy, (0.6, 0.7)).verdict.reasons == (Reason.NOISY,)


def test_guarded_people_are_all_those_of_portuguese_and_those_who_were_recorded_alone() -> None:
    page = [answer("human", 0.1, "page", language="pt-BR"), answer("synthetic", 0.9, "page")]
    note = answer("human", 0.1, "phone", language="en")
    found = people([*page, note])
    assert {name: len(group) for name, group in found.items()} == {
        PORTUGUESE: 1,
        NOTES: 1,
        EVERYBODY: 2,
    }
    assert found[NOTES] == [note]
    assert np.isnan(figures(people([])[EVERYBODY]).false_alarms)
