"""The words for a comparison: the measured rates stand in them, and none claims a proof."""

import re

import pytest

from bot.texts import LANGUAGES, texts_for
from bot.views import comparison as view
from inference.speaker.comparison import Comparison, card
from inference.verdict import Reason

THRESHOLDS = (0.1, 0.9)


def found(
    chance: float, suspicious: tuple[Reason, ...] = (), known: tuple[Reason, ...] = ()
) -> Comparison:
    return Comparison(0.7, chance, THRESHOLDS, suspicious, known)


def words(comparison: Comparison, language: str = "en") -> str:
    return view.words(comparison, texts_for(language, "en"))


def test_alike_is_told_with_how_often_copies_are() -> None:
    said = words(found(0.99))
    assert "does not rule out a clone" in said
    numbers = [int(number) for number in re.findall(r"\d+(?= in 100)", said)]
    rates = card().clones_as_same, card().same_as_same, card().others_as_same
    assert numbers == [min(max(round(100 * rate.share), 1), 99) for rate in rates]


def test_unlike_is_told_with_how_often_that_is_a_mistake() -> None:
    said = words(found(0.01))
    assert "by mistake for" in said
    assert f"{round(100 * card().same_as_different.share)} in 100 of the same person" in said
    assert f"{round(100 * card().clones_as_different.share)} in 100 clones" in said


def test_neither_is_told_with_the_pairs_of_which_nothing_was_said() -> None:
    said = words(found(0.5))
    rest = 1.0 - card().same_as_same.share - card().same_as_different.share
    assert f"({round(100 * rest)} in 100 pairs)" in said


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("chance", [0.01, 0.5, 0.99])
def test_no_language_says_never_always_or_a_placeholder(language: str, chance: float) -> None:
    said = words(found(chance), language)
    assert not re.search(r"\b0 (in|em|de)\b|100 %|100%|[{}]", said)
    assert len(said) < 600  # a phone's screen


def test_obstacles_are_told_of_the_note_that_has_them() -> None:
    said = words(found(0.99, (Reason.TOO_SHORT,), (Reason.NOISY, Reason.CLIPPED))).splitlines()
    assert said[0] == "🤔 I can't compare these voices."
    assert said[1] == "The message that you doubt: there is less than 3 seconds of speech."
    assert said[2].startswith("The real voice: there is too much noise")
    assert "recorded too loud" in said[2]
    assert "The real voice" not in words(found(0.5, (Reason.NOISY,)))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("reason", Reason)
def test_every_obstacle_has_words_in_every_language(language: str, reason: Reason) -> None:
    assert "{" not in words(found(0.5, (reason,), (reason,)), language)
