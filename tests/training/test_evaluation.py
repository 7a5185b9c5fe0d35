"""Figures of answers whose errors were counted by hand."""

import math

import numpy as np
import pytest

from dataset.manifest import Clip
from inference.speech import Measures
from inference.verdict import Reason, Verdict
from training.audit import audit
from training.evaluation import by, figures, interval, length, reasons, voice_notes
from training.report import rows, table
from training.served import Answer


def answer(label: str, score: float, source: str = "a", speech: float = 5.0) -> Answer:
    found = (Reason.UNSURE,) if 0.3 < score < 0.7 else ()
    verdict = Verdict(score, (0.3, 0.7), found, speech, (), "test-1")
    measures = Measures(speech, -20.0, 30.0, 7000.0, 0.0, np.ones(int(speech * 50), np.bool_))
    clip = Clip("x.ogg", label, label, label, source=source)
    return Answer(clip, verdict, speech + 1.0, 0.5, measures)


def test_errors_are_shares_of_their_class_and_unsure_is_no_error() -> None:
    answers = [answer("human", score) for score in (0.1, 0.2, 0.5, 0.9)]
    answers += [answer("synthetic", score) for score in (0.2, 0.6, 0.8, 0.8, 0.9)]
    found = figures(answers)
    assert (found.human, found.synthetic) == (4, 5)
    assert found.false_alarms == pytest.approx(1 / 4)
    assert found.misses == pytest.approx(1 / 5)
    assert found.answered == pytest.approx(7 / 9)
    assert found.wrong == pytest.approx((1 / 3 + 1 / 4) / 2)


def test_one_class_alone_has_no_equal_error_rate() -> None:
    found = figures([answer("human", 0.1), answer("human", 0.9)])
    assert math.isnan(found.eer)
    assert math.isnan(found.misses)
    assert found.false_alarms == 0.5


def test_recordings_of_people_are_those_of_sources_without_anything_synthetic() -> None:
    page = [answer("human", 0.1, "page"), answer("synthetic", 0.9, "page")]
    note = answer("human", 0.2, "phone")
    assert voice_notes([*page, note]) == [note]


def test_small_groups_become_one() -> None:
    answers = [answer("human", 0.1, source) for source in "aaabbc"]
    groups = by(answers, lambda a: a.clip.source, least=2)
    assert {name: len(group) for name, group in groups.items()} == {"a": 3, "b": 2, "the others": 1}


@pytest.mark.parametrize(
    ("speech", "row"), [(0.5, "under 1 s"), (1.0, "under 2 s"), (4.0, "4 s or more")]
)
def test_a_length_belongs_to_one_row(speech: float, row: str) -> None:
    assert length(answer("human", 0.1, speech=speech)) == row


def test_the_interval_holds_the_rate_and_widens_with_fewer_sources() -> None:
    rng = np.random.default_rng(1)
    many = [answer("human", rng.beta(2, 3), str(i % 40)) for i in range(400)]
    many += [answer("synthetic", rng.beta(3, 2), str(i % 40)) for i in range(400)]
    low, high = interval(many)
    assert low < figures(many).eer < high
    few = [a for a in many if int(a.clip.source) < 5]
    assert interval(few)[1] - interval(few)[0] > high - low


def test_reasons_are_counted_as_shares() -> None:
    shares = reasons([answer("human", 0.5), answer("human", 0.1)])
    assert shares[Reason.UNSURE] == 0.5
    assert shares[Reason.NOISY] == 0.0


def test_the_audit_finds_a_class_that_is_longer() -> None:
    rng = np.random.default_rng(2)
    answers = [
        answer(label, rng.uniform(), str(i % 10), rng.uniform(1, 3) + 2 * (label == "synthetic"))
        for i in range(200)
        for label in ("human", "synthetic")
    ]
    found = audit(answers)
    assert found["length"][0] > 0.9
    assert 0.4 < found["level"][0] < 0.6
    assert 0.35 < found["length"][1] < 0.65  # the scores were drawn without looking


def test_a_table_has_a_cell_for_each_column() -> None:
    lines = rows("what", {"all": figures([answer("human", 0.1)])}).splitlines()
    assert len({line.count("|") for line in lines}) == 1
    assert "–" in lines[2]
    assert table(["a"], [["b"]]) == "|a|\n|---|\n|b|"
