"""Long texts are cut where a reader would breathe."""

import re

import numpy as np
import pytest

from dataset.engines.coqui.sentences import PAUSE, join, pieces

LIMIT = 203  # characters, XTTS's in Portuguese
LONG = (
    "O trem saiu da estação antes do amanhecer, quando a cidade ainda dormia. Sr. Almeida olhava "
    "pela janela e contava os postes; depois, cansado, fechou os olhos. Ninguém falava no vagão, "
    "nem mesmo as crianças, que dividiam um pão ainda quente. Ao meio-dia chegaram ao mar!"
)


def test_a_short_text_stays_whole() -> None:
    assert pieces(" Bom dia. Tudo bem? ", LIMIT) == ["Bom dia. Tudo bem?"]
    assert pieces("  ", LIMIT) == []


def test_a_text_of_exactly_the_limit_stays_whole() -> None:
    assert pieces("a " * 101 + "b", LIMIT) == ["a " * 101 + "b"]
    assert len(pieces("a " * 101 + "bc", LIMIT)) == 2


def test_a_long_text_is_cut_at_the_ends_of_sentences() -> None:
    parts = pieces(LONG, LIMIT)
    assert len(parts) == 2
    assert all(part[-1] in ".!" for part in parts)


def test_a_title_ends_no_sentence() -> None:
    assert not any(part.endswith("Sr.") for part in pieces(LONG, 90))


def test_a_long_sentence_is_cut_at_its_clauses() -> None:
    sentence = "Fomos à feira com a minha avó, que conhecia todos os feirantes pelo primeiro nome"
    assert pieces(sentence, 60) == [
        "Fomos à feira com a minha avó,",
        "que conhecia todos os feirantes pelo primeiro nome",
    ]


@pytest.mark.parametrize("limit", [12, 20, 37, 90, 203])
def test_no_word_is_cut_or_lost_and_every_piece_fits(limit: int) -> None:
    parts = pieces(LONG, limit)
    assert " ".join(parts) == LONG
    assert max(map(len, parts)) <= limit


def test_no_more_pieces_are_made_than_about_needed() -> None:
    words = "palavra " * 200
    assert len(pieces(words, LIMIT)) <= 1.25 * len(words) / LIMIT + 1


def test_a_decimal_number_is_not_a_sentence() -> None:
    text = "Custa 3.500 reais e pesa 2.75 quilos na balança da feira de sábado de manhã"
    assert re.findall(r"\d+\.\d+", " | ".join(pieces(text, 30))) == ["3.500", "2.75"]


def test_a_word_beyond_the_limit_stays_whole() -> None:
    assert pieces("anticonstitucionalissimamente", 10) == ["anticonstitucionalissimamente"]


def test_a_text_is_as_long_as_it_is_when_spoken() -> None:
    def spelt_out(text: str) -> int:
        return len(text.replace("1999", "mil novecentos e noventa e nove"))

    text = "Em 1999 e em 1999 e em 1999"
    assert pieces(text, 60) == [text]
    assert len(pieces(text, 60, spelt_out)) > 1


def test_joined_pieces_have_a_pause_that_is_not_digital_silence() -> None:
    rng = np.random.default_rng(1)
    loud = rng.normal(0.0, 0.1, 4800).astype(np.float32)
    soft = np.concatenate([loud, rng.normal(0.0, 1e-3, 960).astype(np.float32)])
    joined = join([loud, soft], 24_000, rng)
    pause = joined[4800 : 4800 + round(PAUSE * 24_000)]
    assert len(joined) == len(loud) + len(pause) + len(soft)
    assert 0.5e-3 < pause.std() < 2e-3
    assert joined.dtype == np.float32


def test_one_piece_has_no_pause() -> None:
    sound = np.ones(10, np.float32)
    assert join([sound], 24_000, np.random.default_rng(1)) is sound
