"""What was measured, of 100: never more certain than the counts."""

import io
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from bot.texts import LANGUAGES, texts_for
from bot.views.accuracy import hundred, measured, words
from bot.views.accuracy_picture import BAR, COLUMNS, HEAD, ROW, SECTION, draw
from inference.accuracy import Accuracy, Group, Said
from inference.drawing import palette

EVERYBODY = Group(Said(300, 468, 32), Said(400, 500, 100))
PORTUGUESE = Group(Said(98, 114, 3), Said(187, 111, 0))
FOUND = Accuracy(
    "ouvido-1.2.3", "0" * 64, "ouvido-1.2.3", "dev", {"all": EVERYBODY, "language_pt": PORTUGUESE}
)


@pytest.mark.parametrize(
    "said", [Said(1, 998, 1), Said(1, 1, 1), Said(9999, 1, 1), Said(2, 2, 3), Said(98, 114, 3)]
)
def test_of_100_nothing_that_happened_is_left_out_and_together_they_are_100(said: Said) -> None:
    shares = hundred(said)
    assert sum(shares) == 100
    assert min(shares) >= 1
    for share, count in zip(shares, (said.right, said.unsure, said.wrong), strict=True):
        assert abs(share - 100 * count / said.clips) < 2


def test_what_never_happened_is_none_of_100() -> None:
    assert hundred(Said(3, 0, 0)) == (100, 0, 0)
    assert hundred(Said()) == (0, 0, 0)


def test_people_read_of_their_own_language_where_enough_was_measured() -> None:
    page = words(texts_for("pt", "en"), FOUND, "ouvido-1.2.3")
    assert "800 gravações de pessoas e 1.000 de máquinas" in page
    assert "De 100 áudios de pessoas falando português:\n🧑 46: digo que é pessoa" in page
    assert "🤖 1: digo que é máquina, e erro" in page
    assert "nenhum me enganou no teste, mas pode acontecer" in page


def test_others_read_of_all_languages_and_that_it_is_so() -> None:
    page = words(texts_for("en", "en"), FOUND, "ouvido-1.2.3")
    assert "In English I was hardly tested" in page
    assert "Of 100 notes of people:" in page
    assert "🧑 10: fool me" in page
    assert "15 of 100 answers of mine are wrong" in page


def test_how_often_a_lean_is_right_is_counted_by_what_was_said() -> None:
    leaning = Group(Said(right=80, wrong=30), Said(right=90, wrong=20))
    told = replace(FOUND, groups=FOUND.groups | {"leaning": leaning})
    page = words(texts_for("en", "en"), told, "ouvido-1.2.3")
    assert "sounds more like a person I'm right 80 times" in page  # 80 people, 20 machines
    assert "sounds more like a machine 75." in page  # 90 machines, 30 people
    few = Group(Said(right=8, wrong=3), Said(right=9, wrong=2))
    told = replace(FOUND, groups=FOUND.groups | {"leaning": few})
    assert "sounds more like" not in words(texts_for("en", "en"), told, "ouvido-1.2.3")


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_that_is_told_fits_under_a_picture(language: str) -> None:
    leaning = Group(Said(right=800, wrong=300), Said(right=900, wrong=200))
    wrong = Group(Said(300, 4680, 320), Said(4000, 5000, 1000))
    told = replace(FOUND, groups={"all": wrong, "leaning": leaning})
    assert len(words(texts_for(language, language), told, "ouvido-1.2.3")) <= 1024


def test_only_of_clips_that_thresholds_were_chosen_on_it_is_said_so() -> None:
    chosen = "I learnt when to keep quiet from these very recordings"
    english = texts_for("en", "en")
    assert chosen in words(english, FOUND, "ouvido-1.2.3")
    assert chosen not in words(english, replace(FOUND, split="test"), "ouvido-1.2.3")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_fits_under_a_picture(language: str) -> None:
    assert len(words(texts_for(language, "en"), FOUND, "ouvido-1.2.3").encode("utf-16-le")) <= 2048


def test_a_model_without_a_measurement_says_so(tmp_path: Path) -> None:
    mine = tmp_path / "mine-7.onnx"
    mine.write_bytes(b"a model")
    assert measured(mine) is None
    assert "(mine-7) came without any measurement" in words(texts_for("en", "en"), None, "mine-7")


def test_a_damaged_measurement_is_none_and_the_operator_is_told(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    mine = tmp_path / "mine-8.onnx"
    mine.write_bytes(b"a model")
    (tmp_path / "mine-8.accuracy.json").write_text("{")
    assert measured(mine) is None
    assert "No measurement: the model's accuracy cannot be read" in caplog.text


def test_the_shipped_model_comes_with_a_measurement() -> None:
    found = measured(None)
    assert found is not None
    assert {"all", "language_pt", "voice_notes", "met", "never_met"} <= found.groups.keys()
    assert {"speech_under_2", "joined_30", "whatsapp", "telephone"} <= found.groups.keys()


def test_a_bar_is_as_long_in_each_colour_as_was_said() -> None:
    half = Group(Said(40, 60, 0), Said(75, 25, 0))
    picture = Image.open(
        io.BytesIO(draw(replace(FOUND, groups={"all": half}), texts_for("en", "en")))
    )
    top = HEAD + SECTION + ROW // 2 - 20  # above the numbers in the bar
    people, machines = (
        [picture.getpixel((left + x, top)) for x in range(BAR[0])] for left in COLUMNS
    )
    assert people.count(palette.PERSON) == 0.4 * BAR[0]
    assert people.count(palette.UNSURE) == 0.6 * BAR[0]
    assert machines.count(palette.UNSURE) == 0.25 * BAR[0]
    assert machines.count(palette.MACHINE) == 0.75 * BAR[0]


def test_the_count_of_a_bar_keeps_away_from_the_next_bar() -> None:
    many = Group(Said(9999), Said(1, 9998))
    picture = Image.open(
        io.BytesIO(draw(replace(FOUND, groups={"all": many}), texts_for("en", "en")))
    )
    middle = HEAD + SECTION + ROW // 2
    for right in (COLUMNS[1], picture.width):
        before = picture.crop((right - 10, middle - 15, right, middle + 15)).getcolors()
        assert [colour for _, colour in before or ()] == [palette.BACKGROUND]


def test_too_few_recordings_have_no_bar() -> None:
    few = Group(Said(4, 5, 0), Said())
    heights = [
        Image.open(io.BytesIO(draw(replace(FOUND, groups=groups), texts_for("en", "en")))).height
        for groups in ({"all": EVERYBODY}, {"all": EVERYBODY, "language_es": few})
    ]
    assert heights[0] == heights[1]
