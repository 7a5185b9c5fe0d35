"""The band in which nothing is said: people's limits, machines' limits, then answers."""

import json
from dataclasses import asdict, replace

import numpy as np
import pytest

from inference.verdict import Label, Reason
from tests.training.answers import answer, crowd
from training.evaluation.figures import figures
from training.evaluation.scoring import Answer
from training.evaluation.slices import (
    EVERYBODY,
    FALSE_ALARMS,
    MISSES,
    NOTES,
    PORTUGUESE,
    limits,
    people,
)
from training.export.thresholds import SCALES, Band, answered, choose, rates


def with_band(answers: list[Answer], band: Band) -> list[Answer]:
    return [answered(one, band.thresholds) for one in answers]


def test_a_good_model_keeps_its_promise_on_sources_the_band_was_not_chosen_on() -> None:
    band = choose(crowd(apart=3.0, seed=1))
    assert band.holds
    assert band.answered > 0.9
    there = with_band(crowd(apart=3.0, seed=2, clips=3000), band)  # other clips of other sources
    chance = 0.02  # 300 people chose
    for group in people(there).values():
        assert figures(group).false_alarms <= FALSE_ALARMS[EVERYBODY] + chance
    assert figures(there).misses <= MISSES + chance
    assert figures(there).answered == pytest.approx(band.answered, abs=0.05)


def test_both_halves_are_told() -> None:
    band = choose(crowd(apart=2.5))
    names = {EVERYBODY, NOTES, PORTUGUESE}
    assert set(band.chosen) == {*names, "misses", "answered", "wrong"}
    assert set(band.false_alarms) == names
    for name, limit in limits(band.scale).items():
        assert band.chosen[name] <= limit + 1e-9  # each half keeps them by itself
    assert band.answered == pytest.approx(band.chosen["answered"], abs=0.05)


def test_as_many_are_answered_as_the_limits_allow() -> None:
    """Of people who all are alike, 4 % stand above the upper threshold and not one more."""
    band = choose(crowd(apart=2.0))
    assert band.holds
    clips = with_band(crowd(apart=2.0), band)
    assert rates(clips)["misses"] <= band.scale * MISSES
    assert figures(clips).misses > band.scale * MISSES - 0.02
    wider = [answered(a, (band.below, band.above - 0.05)) for a in clips]
    assert any(rates(wider)[who] > band.scale * limit for who, limit in FALSE_ALARMS.items())


def test_a_worse_model_answers_less() -> None:
    good, worse = choose(crowd(apart=3.0)), choose(crowd(apart=2.0))
    assert worse.answered < good.answered - 0.1
    assert worse.below < worse.above


def test_a_model_that_knows_nearly_everything_answers_everything() -> None:
    band = choose(crowd(apart=5.0))
    assert band.holds
    assert band.below == band.above
    assert band.answered == 1.0
    assert all(a.verdict.label != Label.INCONCLUSIVE for a in with_band(crowd(apart=5.0), band))


def test_limits_that_break_on_other_sources_are_tightened() -> None:
    """In each source the classes are as far apart, but no threshold suits two of them."""
    different = choose(crowd(apart=3.0, drift=2.5))
    assert different.scale < 1.0
    alike = choose(crowd(apart=3.0))
    assert different.answered < alike.answered


def test_a_model_that_cannot_hold_says_so() -> None:
    """Half of the telephones sound like machines altogether, whichever half is looked at."""
    rng = np.random.default_rng(1)
    phones = [
        answer("human", float(rng.uniform(0.9, 0.99)) if i % 2 else 0.1, f"phone {i}", file=f"p{i}")
        for i in range(40)
    ]
    pages = [
        answer("synthetic", float(rng.uniform(0.6, 0.99)), f"page {i % 10}", file=f"s{i}")
        for i in range(900)
    ]
    people_of_pages = [answer("human", 0.2, f"page {i % 10}", file=f"h{i}") for i in range(200)]
    band = choose([*phones, *pages, *people_of_pages])
    assert not band.holds
    assert band.scale == SCALES[-1]
    assert band.false_alarms[NOTES] > FALSE_ALARMS[NOTES]


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
    clips = crowd(apart=2.5)
    assert choose([*clips, *refused]).thresholds == pytest.approx(choose(clips).thresholds, abs=0.2)
    assert choose([*clips, *refused]).answered < choose(clips).answered - 0.1


def test_copies_of_people_do_not_move_the_lower_threshold() -> None:
    """A vocoder's output is often taken for the person who spoke; that may not cost answers."""
    clips = [
        replace(a, clip=replace(a.clip, family="tts" if a.clip.label == "synthetic" else "human"))
        for a in crowd(apart=2.5)
    ]
    copies = [answer("synthetic", 0.05, f"page {i % 30}", family="vocoder") for i in range(90)]
    assert choose([*clips, *copies]).below > 0.05


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


def test_a_band_is_read_back_from_a_card_of_today_and_of_before() -> None:
    band = choose(crowd(apart=2.5))
    assert Band(**asdict(band)) == band
    old = (
        '{"below": 0.2, "above": 0.8, "allowed": 0.05, "holds": true, "wrong": 0.04,'
        ' "answered": 0.7, "false_alarms": {"all people": 0.03}}'
    )
    assert Band(**json.loads(old)).thresholds == (0.2, 0.8)


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
