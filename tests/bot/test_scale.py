"""Number, words and bar of an answer say the same P(machine)."""

import re

import pytest

from bot.scale import BAR, MARKER, SURENESS, bar, is_judged, sureness
from bot.texts import LANGUAGES, texts_for
from inference.verdict import Label, Reason, percent
from tests.bot.stand_ins import verdict


@pytest.mark.parametrize(
    ("score", "number"),
    [
        (0.8999, 89), (0.9, 90), (0.29, 29), (0.2001, 21), (0.5, 50), (0.499, 50), (0.0001, 1),
        (0.9999, 99),
    ],
)  # fmt: skip
def test_a_number_is_never_more_certain_than_the_model(score: float, number: int) -> None:
    assert percent(score) == number


@pytest.mark.parametrize(
    ("chance", "word"),
    [(0.97, "very"), (0.90, "very"), (0.899, "fairly"), (0.75, "fairly"), (0.749, "hardly")],
)
def test_the_words_change_at_the_same_numbers_for_both_sides_in_every_language(
    chance: float, word: str
) -> None:
    assert sureness(chance) == sureness(1.0 - chance) == word
    for language in LANGUAGES:
        texts = texts_for(language, "en")
        for score in (chance, 1.0 - chance):
            found = verdict(score)
            said = texts.say("sure", f"{word}_{found.label}", percent=percent(score))
            assert texts.chance(found) == [said]
            assert said in texts.verdict(found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_word_is_another_one_and_each_number_is_that_of_the_machine(language: str) -> None:
    texts = texts_for(language, "en")
    machine = texts.say("page", "machine")
    for label in (Label.HUMAN, Label.SYNTHETIC):
        said = [texts.say("sure", f"{word}_{label}", percent=7) for word in SURENESS]
        assert len(set(said)) == len(SURENESS)
        assert all(re.search(rf"7 ?%.*{machine}", each) for each in said)


@pytest.mark.parametrize("score", [n / 100 for n in range(1, 100)])
def test_the_marker_of_a_bar_lies_in_the_zone_of_the_answer(score: float) -> None:
    reasons = (Reason.UNSURE,) if 0.4 < score < 0.6 else ()
    found = verdict(score, reasons)
    zones = bar(found).split("│")
    assert [len(zone) for zone in zones] == [16, 8, 16]
    assert sum(map(len, zones)) == BAR
    zone = {Label.HUMAN: 0, Label.INCONCLUSIVE: 1, Label.SYNTHETIC: 2}[found.label]
    assert [MARKER in each for each in zones] == [place == zone for place in range(3)]


def test_what_was_not_judged_has_no_number_to_show() -> None:
    assert is_judged(verdict(0.9))
    assert is_judged(verdict(0.5, (Reason.UNSURE,)))
    assert is_judged(verdict(0.5, (Reason.NARROW_BAND,)))
    assert not is_judged(verdict(0.9, (Reason.NARROW_BAND,)))
    assert not is_judged(verdict(0.5, (Reason.NOISY,)))
