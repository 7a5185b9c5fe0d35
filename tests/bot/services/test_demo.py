"""The examples are what their table says, small, and each gets its answer from the served model."""

import hashlib

import pytest

from bot.services.demo import FOLDER, Example, examples
from inference.decoding.audio import SAMPLE_RATE, decode
from inference.detector import Detector
from inference.pipeline import judge
from inference.registry import default_model
from inference.verdict import Label, Verdict

MOST_BYTES = 60_000  # of one
CLEAR = 0.04  # of the score, from the threshold: another processor rounds otherwise


@pytest.fixture(scope="module")
def verdicts() -> dict[str, Verdict]:
    detector = Detector(default_model())
    return {each.name: judge(each.read(), detector, 60.0).verdict for each in examples()}


def test_there_is_one_for_each_answer() -> None:
    assert sorted(each.answer for each in examples()) == sorted(Label)


@pytest.mark.parametrize("example", examples(), ids=lambda each: each.name)
def test_every_file_is_the_one_that_the_table_describes(example: Example) -> None:
    data = example.read()
    assert hashlib.sha256(data).hexdigest() == example.sha256
    assert len(data) <= MOST_BYTES
    assert example.seconds == pytest.approx(len(decode(data, 60.0)) / SAMPLE_RATE, abs=0.05)
    licences = (FOLDER / "LICENCES.md").read_text(encoding="utf-8")
    assert example.file in licences
    assert example.licence.partition(" ")[0] in licences


def test_no_other_sounds_lie_beside_them() -> None:
    assert {each.file for each in examples()} == {path.name for path in FOLDER.glob("*.ogg")}


@pytest.mark.parametrize("example", examples(), ids=lambda each: each.name)
def test_each_gets_its_answer(example: Example, verdicts: dict[str, Verdict]) -> None:
    assert verdicts[example.name].label is example.answer


def test_person_and_machine_are_clear_of_the_thresholds(verdicts: dict[str, Verdict]) -> None:
    person, machine = verdicts["person"], verdicts["machine"]
    assert person.score <= person.thresholds[0] - CLEAR
    assert machine.score >= machine.thresholds[1] + CLEAR


def test_the_score_is_high_where_the_machine_speaks_and_nowhere_else(
    verdicts: dict[str, Verdict],
) -> None:
    [example] = [each for each in examples() if each.machine]
    assert example.machine is not None
    start, end = example.machine
    verdict = verdicts[example.name]
    low, high = verdict.thresholds
    shares = [
        (max(0.0, min(end, w.end) - max(start, w.start)) / (w.end - w.start), w.score)
        for w in verdict.windows
    ]
    outside = [score for share, score in shares if share == 0.0]
    inside = [score for share, score in shares if share > 0.9]
    assert inside
    assert min(inside) > high
    assert outside
    assert max(outside) < low
