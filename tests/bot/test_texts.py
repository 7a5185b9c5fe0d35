"""Words: the same keys in every language, short enough, and never more certain than the model."""

import string
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from typing import Any

import pytest

from bot.room import Busy
from bot.settings import LANGUAGES
from bot.texts import LOCALES, synthetic_stretches, texts_for
from bot.worker import ERRORS
from inference.errors import DetectionError
from inference.verdict import Reason, Window
from tests.bot.stand_ins import MEBIBYTE, verdict


def _flat(words: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in words.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield prefix + key, value


def _load(language: str) -> dict[str, str]:
    return dict(_flat(tomllib.loads((LOCALES / f"{language}.toml").read_text(encoding="utf-8"))))


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_every_language_has_the_same_keys_and_placeholders(language: str) -> None:
    ours, theirs = _load(LANGUAGES[0]), _load(language)
    assert ours.keys() == theirs.keys()
    assert {key: _placeholders(text) for key, text in ours.items()} == {
        key: _placeholders(text) for key, text in theirs.items()
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_empty_and_telegram_takes_their_lengths(language: str) -> None:
    words = _load(language)
    assert all(text.strip() for text in words.values())
    assert len(words["profile.description"]) <= 512
    assert len(words["profile.short_description"]) <= 120
    assert max(len(text) for key, text in words.items() if key.startswith("commands.")) <= 256
    assert max(len(text) for text in words.values()) <= 4096


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_and_every_error_has_words(language: str) -> None:
    texts = texts_for(language, "en")
    for reason in Reason:
        assert texts.say("reasons", reason)
        assert texts.say("advice", reason)
    for code in (*ERRORS, Busy.code, DetectionError.code, "not_found"):
        assert "{" not in texts.error(code, 20 * MEBIBYTE)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_longest_caption_fits_under_a_photo(language: str) -> None:
    texts = texts_for(language, "en")
    # An hour in which every other window of four seconds sounds synthetic.
    windows = tuple(Window(4.0 * i, 4.0 * i + 4, 0.99 * (i % 2)) for i in range(900))
    longest = replace(verdict(), windows=windows, seconds=3599.9)
    sets = [reasons for n in range(len(Reason) + 1) for reasons in combinations(Reason, n)]
    captions = [
        texts.verdict(replace(longest, score=s, reasons=r)) for r in sets for s in (0.01, 0.99)
    ]
    assert max(len(caption.encode("utf-16-le")) // 2 for caption in captions) <= 1024


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_caption_never_claims_certainty(language: str) -> None:
    texts = texts_for(language, "en")
    for score in (0.01, 0.4, 0.6, 0.99):
        caption = texts.verdict(verdict(score))
        assert "100" not in caption
        assert " 0" not in caption.replace(" 0:", "")


def test_the_chance_is_rounded_towards_doubt() -> None:
    texts = texts_for("en", "en")
    assert "89% chance that it is a machine" in texts.verdict(verdict(0.8999))
    assert "29% chance" in texts.verdict(replace(verdict(0.29), thresholds=(0.1, 0.2)))
    assert "79% chance that it is a person" in texts.verdict(verdict(0.2001))


def test_the_words_follow_the_number() -> None:
    texts = texts_for("en", "en")
    assert "fairly confident: 93%" in texts.verdict(verdict(0.93))
    assert "somewhat confident: 80%" in texts.verdict(verdict(0.80))
    assert "real doubts: 61%" in texts.verdict(verdict(0.61))


def test_numbers_and_stretches_are_written_as_the_language_does() -> None:
    assert "Ouvi 12,3 s de fala." in texts_for("pt", "en").verdict(verdict())
    assert "I heard 12.3 s of speech." in texts_for("en", "en").verdict(verdict())
    assert "Sonó artificial en: 0:04–0:08." in texts_for("es", "en").verdict(verdict())


def test_overlapping_windows_are_one_stretch() -> None:
    scores = (0.9, 0.9, 0.1, 0.1, 0.1, 0.7)
    windows = tuple(Window(2.0 * i, 2.0 * i + 4, score) for i, score in enumerate(scores))
    stretches = synthetic_stretches(replace(verdict(), windows=windows))
    assert stretches == [(0.0, 6.0), (10.0, 14.0)]


def test_a_recording_synthetic_throughout_is_said_so_without_a_list() -> None:
    windows = (Window(0.0, 4.0, 0.9), Window(2.0, 6.0, 0.8))
    caption = texts_for("en", "en").verdict(replace(verdict(), windows=windows))
    assert "from beginning to end" in caption
    assert "0:00" not in caption


def test_what_cannot_be_judged_gets_its_reason_and_advice_but_no_number() -> None:
    caption = texts_for("en", "en").verdict(verdict(0.9, (Reason.NOISY, Reason.CLIPPED)))
    assert "I can't tell" in caption
    assert "too much noise" in caption
    assert "recorded too loud" in caption
    assert "quiet place" in caption
    assert "%" not in caption
    assert "artificial" not in caption


def test_undecided_says_how_near_it_was() -> None:
    caption = texts_for("en", "en").verdict(verdict(0.55, (Reason.UNSURE,)))
    assert "55% chance" in caption
    assert "call the person" in caption


@pytest.mark.parametrize(
    ("code", "language"),
    [
        ("pt", "pt-BR"), ("pt-PT", "pt-BR"), ("PT_br", "pt-BR"), ("en-GB", "en"), ("es-419", "es"),
        ("de", "es"), ("", "es"), (None, "es"), ("ptx", "es"),
    ],
)  # fmt: skip
def test_the_language_follows_the_reader_and_falls_back_to_the_setting(
    code: str | None, language: str
) -> None:
    assert texts_for(code, "es").language == language
