"""A model's card is read whole and of the right types, or refused."""

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inference.card import Card, Probe
from inference.errors import ModelError
from inference.features import FeatureSpec

CARD = Card("ouvido", "9.9.9", FeatureSpec(), (0.4, 0.6), Probe(0.5, 0.9, -40.0))
ANYTHING = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)


def test_a_card_is_read_as_it_was_written() -> None:
    assert Card.from_json(CARD.to_json()) == CARD


@pytest.mark.parametrize("text", ["", "7", "[]", "{}", "null", "[" * 100_000, '{"a":' * 100_000])
def test_what_is_no_card_is_refused(text: str) -> None:
    with pytest.raises(ModelError, match="card"):
        Card.from_json(text)


@pytest.mark.parametrize(
    "change",
    [
        {"thresholds": ["0.4", "0.6"]},
        {"thresholds": "ab"},
        {"thresholds": [0.1, float("nan")]},
        {"narrow_thresholds": [None, 0.6]},
        {"probe": {"score": None, "speech": 0.9, "level": -40.0}},
        {"spec": {"hop_length": "256"}},
        {"spec": {"hop_length": 256.5}},
        {"spec": {"window": 3}},
        {"name": 3},
        {"version": None},
    ],
    ids=str,
)
def test_a_fact_of_another_type_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(ModelError, match="card"):
        Card.from_json(json.dumps(json.loads(CARD.to_json()) | change))


@given(st.sampled_from([*json.loads(CARD.to_json()), "odd"]), ANYTHING | st.lists(ANYTHING))
def test_no_fact_makes_reading_fail_otherwise(name: str, value: object) -> None:
    with suppress(ModelError):
        card = Card.from_json(json.dumps(json.loads(CARD.to_json()) | {name: value}))
        low, high = card.thresholds
        assert low + high + card.probe.score < float("inf")
