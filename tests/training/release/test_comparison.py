"""A model is worse where the difference is more than the sources' own, or more than is allowed."""

import math
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from tests.training.answers import answer, crowd
from training.evaluation.figures import figures, split
from training.evaluation.robustness import AS_THEY_ARE
from training.evaluation.scoring import Answer
from training.evaluation.slices import NOTES, PORTUGUESE, people
from training.export.thresholds import answered
from training.release.comparison import Compared, Finding, compare
from training.release.guards import ERRORS, HANDLED_ALARMS, SILENCE, guards

THRESHOLDS = (0.3, 0.7)


def some(apart: float) -> list[Answer]:
    return crowd(apart, clips=120)


def rescored(answers: list[Answer], score: Callable[[Answer], float]) -> list[Answer]:
    """The same clips, answered by another model."""
    return [
        answered(replace(a, verdict=replace(a.verdict, score=score(a))), THRESHOLDS)
        for a in answers
    ]


def found(before: list[Answer], after: list[Answer]) -> dict[str, Compared]:
    return {one.name: one for one in compare(before, after)}


def test_a_model_is_no_worse_than_itself() -> None:
    clips = some(apart=2.0)
    conditions = {AS_THEY_ARE: clips, "room": clips[:80]}
    compared = compare(clips, clips, (conditions, conditions))
    assert {one.finding for one in compared} == {Finding.WITHIN}
    assert [one.name for one in compared if "room" in one.name] == [
        "handling, room: false alarms",
        "handling, room: EER",
    ]


def test_the_rates_are_those_of_the_report() -> None:
    clips = some(apart=1.5)
    same = found(clips, clips)
    report = figures(clips)
    assert same[ERRORS].before == pytest.approx(report.wrong)
    assert same[SILENCE].before == pytest.approx(1.0 - report.answered)
    assert same["EER"].before == pytest.approx(report.eer)
    for who, them in people(clips).items():
        assert same[f"{who}: false alarms"].before == pytest.approx(figures(them).false_alarms)


@pytest.mark.parametrize("group", [NOTES, PORTUGUESE])
def test_a_model_that_accuses_one_group_of_people_is_worse_there(group: str) -> None:
    clips = some(apart=3.0)
    theirs = {id(a) for a in people(clips)[group]}
    clips_after = rescored(clips, lambda a: 0.9 if id(a) in theirs else a.verdict.score)
    assert found(clips, clips_after)[f"{group}: false alarms"].finding == Finding.WORSE
    assert found(clips_after, clips)[f"{group}: false alarms"].finding == Finding.BETTER


def test_what_chance_explains_is_not_held_against_a_model() -> None:
    rng = np.random.default_rng(3)
    clips = crowd(apart=2.0)
    nudged = rescored(clips, lambda a: float(np.clip(a.verdict.score + rng.normal(0, 4e-3), 0, 1)))
    handled = {"room": clips}, {"room": nudged}
    assert all(one.finding != Finding.WORSE for one in compare(clips, nudged, handled))


def test_a_rise_beyond_the_margin_is_refused_even_where_it_may_be_chance() -> None:
    """All of it in one source of thirty: whoever draws sources anew may draw none of it."""
    clips = some(apart=4.0)
    accused = rescored(
        clips, lambda a: 0.9 if a.clip.source == "page 0" and a.clip.label == "human" else 0.01
    )
    before = rescored(clips, lambda a: 0.01)
    one = found(before, accused)[f"{PORTUGUESE}: false alarms"]
    assert one.low <= 0.0
    assert one.after - one.before > 0.02
    assert one.finding == Finding.WORSE


def test_fewer_answers_are_no_loss_where_they_buy_fewer_errors() -> None:
    clips = some(apart=2.0)
    careful = [answered(a, (0.05, 0.95)) for a in clips]
    compared = found(clips, careful)
    assert compared[ERRORS].finding == Finding.BETTER
    assert compared[SILENCE].finding == Finding.PAID
    muted = rescored(clips, lambda a: 0.5)
    assert found(clips, muted)[SILENCE].finding == Finding.WORSE
    assert found(clips, muted)[ERRORS].finding == Finding.UNKNOWN


def test_what_has_no_clips_is_not_measured() -> None:
    english = [a for a in some(apart=3.0) if a.clip.language == "en"]
    one = found(english, english)[f"{PORTUGUESE}: false alarms"]
    assert (one.clips, one.finding) == (0, Finding.UNKNOWN)
    assert math.isnan(one.low)


def test_only_families_with_clips_enough_are_guarded() -> None:
    many = [answer("synthetic", 0.8, f"page {i % 9}", family="tts") for i in range(100)]
    few = [answer("synthetic", 0.8, f"page {i % 9}", family="codec") for i in range(99)]
    names = [guard.name for guard in guards([*some(apart=3.0)[:9], *many, *few])]
    assert "EER, tts" in names
    assert "EER, codec" not in names
    assert names[0] == f"{PORTUGUESE}: false alarms"


def test_the_new_part_is_guarded_where_there_is_enough_of_it() -> None:
    clips = [
        answer(label, 0.5, f"page {i % 9}", family="tts", file=f"{label}{i}", collection="products")
        for label in ("human", "synthetic")
        for i in range(100)
    ]
    assert "EER, new part" in [guard.name for guard in guards(clips)]
    assert "EER, new part" not in [guard.name for guard in guards(clips[:-1])]
    assert "EER, new part" not in [guard.name for guard in guards(some(apart=3.0))]


def test_a_model_that_accuses_people_in_a_room_is_worse_there() -> None:
    clips = rescored(some(apart=3.0), lambda a: 0.9 if a.clip.label == "synthetic" else 0.1)
    roomy = rescored(clips, lambda a: 0.9)
    compared = {one.name: one for one in compare(clips, clips, ({"room": clips}, {"room": roomy}))}
    assert compared["handling, room: false alarms"].finding == Finding.WORSE
    assert compared["handling, room: EER"].finding == Finding.WORSE
    assert compared["handling: false alarms"].finding == Finding.WORSE
    back = {one.name: one for one in compare(clips, clips, ({"room": roomy}, {"room": clips}))}
    assert back["handling, room: false alarms"].finding == Finding.BETTER


def test_what_is_promised_to_everybody_is_no_loss_after_handling() -> None:
    """The model before said nothing of handled clips; this one accuses 6 % of their people."""
    clips = some(apart=3.0)
    human, _ = split(clips)
    few = {id(a) for a in human[:: len(human) // 7 + 1]}
    silent = rescored(clips, lambda a: 0.5)
    bold = rescored(clips, lambda a: 0.9 if id(a) in few else 0.1)
    compared = {one.name: one for one in compare(clips, clips, ({"room": silent}, {"room": bold}))}
    one = compared["handling, room: false alarms"]
    assert 0.04 < one.after < HANDLED_ALARMS
    assert one.finding == Finding.WITHIN


@pytest.mark.parametrize("side", [0, 1])
def test_handling_that_one_model_was_not_asked_about_is_not_measured(side: int) -> None:
    clips = some(apart=3.0)
    assert found(clips, clips)["handling: EER"].finding == Finding.UNKNOWN
    asked = [{"room": clips}, {"room": clips, "rain": clips}]
    both = (asked[side], asked[1 - side])
    compared = {one.name: one for one in compare(clips, clips, both)}
    assert compared["handling, rain: EER"].finding == Finding.UNKNOWN
    assert compared["handling, room: EER"].finding == Finding.WITHIN


def test_models_are_compared_on_the_same_clips_only() -> None:
    clips = some(apart=3.0)
    with pytest.raises(ValueError, match="same clips"):
        compare(clips, clips[1:])
