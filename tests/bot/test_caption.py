"""The words under a picture never outgrow it."""

import re
from dataclasses import replace

import pytest

from bot.texts import LANGUAGES, caption, texts_for
from inference.verdict import Channel, Label, Reason, Segment, Verdict, Window
from tests.bot.stand_ins import verdict

LONGEST = 1024  # UTF-16 units that Telegram takes

# Each window apart, in a recording as long as an operator may allow.
WINDOWS = tuple(Window(10.0 * n, 10.0 * n + 4, 0.99) for n in range(90))
SEGMENTS = tuple(
    Segment(600.0 * n, 600.0 * n + 500, (Label.SYNTHETIC, Label.HUMAN)[n % 2], 0.5)
    for n in range(90)
)
WORST = replace(verdict(), windows=WINDOWS, model="ouvido-" + "9" * 500)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "found",
    [
        WORST,
        replace(WORST, score=0.1),
        replace(WORST, segments=SEGMENTS),
        replace(WORST, score=0.5, reasons=(Reason.UNSURE,)),
        replace(WORST, reasons=tuple(Reason)),
        *(replace(WORST, reasons=(reason,)) for reason in Reason),
        replace(WORST, channel=Channel.RIGHT, track=11, tracks=12),
    ],
)
def test_it_fits_under_a_picture_in_every_language(found: Verdict, language: str) -> None:
    words = caption(found, 1_234_567, texts_for(language, language))
    assert len(words.encode("utf-16-le")) // 2 <= LONGEST


@pytest.mark.parametrize(("count", "last"), [(1, "👂 ouvido-9.9.9"), (2, "checked 2 times")])
def test_from_the_second_time_on_it_says_how_often(count: int, last: str) -> None:
    assert caption(verdict(), count, texts_for("en", "en")).endswith(last)


@pytest.mark.parametrize("score", [0.01, 0.99])
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_chance_is_nothing_or_everything(score: float, language: str) -> None:
    found = replace(verdict(score), windows=())
    assert found.label is not Label.INCONCLUSIVE
    words = caption(found, 1, texts_for(language, language))
    assert "99" in words or "1%" in words or "1 %" in words
    assert "100" not in words
    assert not re.search(r"\b0 ?%", words)
