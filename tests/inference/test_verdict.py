"""Scores become one of four answers, and one JSON form."""

import json
from dataclasses import asdict, replace

import pytest

from inference.verdict import (
    LEAN,
    LEANING,
    Channel,
    Label,
    Reason,
    Segment,
    Verdict,
    Window,
    as_json,
    from_fields,
)


def verdict(score: float, *reasons: Reason) -> Verdict:
    window = Window(0.0, 4.096, score)
    return Verdict(score, (0.3, 0.7), reasons, 3.14159, (window,), "ouvido-0.1.0")


@pytest.mark.parametrize(
    ("score", "label"),
    [(0.01, Label.HUMAN), (0.3, Label.HUMAN), (0.7, Label.SYNTHETIC), (0.99, Label.SYNTHETIC)],
)
def test_a_score_outside_the_thresholds_is_an_answer(score: float, label: Label) -> None:
    assert verdict(score).label is label


PARTS = (
    Segment(0.0, 6.1439, Label.HUMAN, 0.123456),
    Segment(6.1439, 11.25, Label.SYNTHETIC, 0.9),
    Segment(11.25, 20.0, Label.HUMAN, 0.123456),
)


@pytest.mark.parametrize("score", [0.01, 0.5, 0.99])
def test_a_verdict_with_segments_is_mixed_whatever_its_score(score: float) -> None:
    assert replace(verdict(score), segments=PARTS).label is Label.MIXED


def test_a_reason_against_judging_weighs_more_than_segments() -> None:
    assert replace(verdict(0.5, Reason.NOISY), segments=PARTS).label is Label.INCONCLUSIVE


def test_segments_have_a_json_form() -> None:
    told = as_json(replace(verdict(0.5), segments=PARTS))
    assert told["label"] == "mixed"
    assert json.loads(json.dumps(told["segments"])) == [
        {"start": 0.0, "end": 6.14, "label": "human", "probability": 0.1235},
        {"start": 6.14, "end": 11.25, "label": "synthetic", "probability": 0.9},
        {"start": 11.25, "end": 20.0, "label": "human", "probability": 0.1235},
    ]


def test_a_mixed_verdict_comes_back_from_the_store() -> None:
    before = replace(verdict(0.5), segments=PARTS)
    after = from_fields(json.loads(json.dumps(asdict(before))))
    assert after == before
    assert all(isinstance(segment.label, Label) for segment in after.segments)


@pytest.mark.parametrize("reason", Reason)
def test_any_reason_against_judging_leaves_it_open(reason: Reason) -> None:
    assert verdict(0.99, reason).label is Label.INCONCLUSIVE


@pytest.mark.parametrize(
    ("score", "lean"),
    [
        (0.31, Label.HUMAN),
        (1.0 - LEAN, Label.HUMAN),
        (1.01 - LEAN, None),
        (0.5, None),
        (LEAN - 0.01, None),
        (LEAN, Label.SYNTHETIC),
        (0.69, Label.SYNTHETIC),
    ],
)
def test_between_the_thresholds_it_leans_to_the_clearly_likelier_side(
    score: float, lean: Label | None
) -> None:
    found = verdict(score, Reason.UNSURE)
    assert found.lean is lean
    assert as_json(found)["lean"] == (lean.value if lean else None)


def test_an_answer_leans_to_no_side_and_neither_does_what_cannot_be_judged() -> None:
    assert verdict(0.9).lean is None
    assert verdict(0.9, Reason.TOO_SHORT).lean is Label.SYNTHETIC
    for reason in set(Reason) - LEANING:
        assert verdict(0.9, reason).lean is None
        assert verdict(0.9, Reason.UNSURE, reason).lean is None


def test_the_json_form_has_these_fields_and_no_more() -> None:
    assert json.loads(json.dumps(as_json(verdict(0.123456, Reason.NOISY, Reason.UNSURE)))) == {
        "label": "inconclusive",
        "lean": None,
        "score": 0.1235,
        "reasons": ["noisy", "unsure"],
        "seconds": 3.14,
        "duration_seconds": None,
        "heard_seconds": None,
        "channel": None,
        "track": 1,
        "tracks": 1,
        "windows": [{"start": 0.0, "end": 4.1, "score": 0.1235}],
        "model": "ouvido-0.1.0",
        "pictured": True,
        "segments": [],
    }


def test_a_verdict_comes_back_and_one_of_0_4_0_counts_as_pictured() -> None:
    before = replace(verdict(0.9, Reason.TOO_QUIET), pictured=False)
    fields = json.loads(json.dumps(asdict(before)))
    assert from_fields(fields) == before
    for name in ("pictured", "segments", "channel", "track", "tracks"):
        del fields[name]
    assert from_fields(fields) == replace(before, pictured=True)


def test_which_track_and_channel_it_is_about_comes_back() -> None:
    about = replace(verdict(0.9), channel=Channel.RIGHT, track=2, tracks=3)
    assert from_fields(json.loads(json.dumps(asdict(about)))) == about
    told = as_json(about)
    assert (told["channel"], told["track"], told["tracks"]) == ("right", 2, 3)
