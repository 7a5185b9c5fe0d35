"""Scores become one of three answers, and one JSON form."""

import json
from dataclasses import asdict, replace

import pytest

from inference.verdict import Label, Reason, Verdict, Window, as_json, from_fields


def verdict(score: float, *reasons: Reason) -> Verdict:
    window = Window(0.0, 4.096, score)
    return Verdict(score, (0.3, 0.7), reasons, 3.14159, (window,), "ouvido-0.1.0")


@pytest.mark.parametrize(
    ("score", "label"),
    [(0.01, Label.HUMAN), (0.3, Label.HUMAN), (0.7, Label.SYNTHETIC), (0.99, Label.SYNTHETIC)],
)
def test_a_score_outside_the_thresholds_is_an_answer(score: float, label: Label) -> None:
    assert verdict(score).label is label


@pytest.mark.parametrize("reason", Reason)
def test_any_reason_against_judging_leaves_it_open(reason: Reason) -> None:
    assert verdict(0.99, reason).label is Label.INCONCLUSIVE


def test_the_json_form_has_these_fields_and_no_more() -> None:
    assert json.loads(json.dumps(as_json(verdict(0.123456, Reason.NOISY, Reason.UNSURE)))) == {
        "label": "inconclusive",
        "score": 0.1235,
        "reasons": ["noisy", "unsure"],
        "seconds": 3.14,
        "windows": [{"start": 0.0, "end": 4.1, "score": 0.1235}],
        "model": "ouvido-0.1.0",
        "pictured": True,
    }


def test_a_verdict_comes_back_and_one_of_0_4_0_counts_as_pictured() -> None:
    before = replace(verdict(0.9, Reason.TOO_QUIET), pictured=False)
    fields = json.loads(json.dumps(asdict(before)))
    assert from_fields(fields) == before
    del fields["pictured"]
    assert from_fields(fields) == replace(before, pictured=True)
