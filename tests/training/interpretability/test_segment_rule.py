"""The rule is chosen where people are hardly ever called mixed, and measured on other sources."""

import json
import math
from pathlib import Path

import numpy as np
import pytest
import soundfile

from dataset.manifest import Clip
from inference.detector import Detector
from inference.pipeline import judge_samples
from inference.registry import default_model
from inference.segments import SegmentRule
from inference.verdict import Reason
from tests import sounds
from training.interpretability.mixed_notes import (
    INSERTED,
    MACHINES,
    PEOPLE,
    REVERSED,
    Kind,
    Plan,
    make,
)
from training.interpretability.note_scores import Scored, scored
from training.interpretability.segment_rule import choose, found, judged, measured, report, strength


def note(
    kind: Kind, high: float, source: str = "page", length: float = 5.0, *reasons: Reason
) -> Scored:
    """12 windows, of which the 6th and the 7th are otherwise; their middle is at 14 s."""
    sign = 1.0 if kind.host == "human" else -1.0
    logits = sign * np.array([*[-2.0] * 5, high, high, *[-2.0] * 5])
    starts = 2.0 * np.arange(12)
    clip = Clip("a.ogg", kind.host, source=source)
    return Scored(
        Plan(kind, (clip,), (Clip("b.ogg", kind.insert, source=source),), 21.0, length, 0.5),
        13.0 - length / 2,
        13.0 + length / 2,
        0.5,
        (0.2, 0.8),
        reasons,
        np.stack([starts, starts + 4.0], axis=1),
        logits,
        np.stack([logits, 0 * logits], axis=1),
        np.full(12, 3.0),
    )


RULE = SegmentRule("test", 2.0)


def test_an_insert_is_found_only_where_it_is() -> None:
    here = note(INSERTED, 3.0)
    assert strength(here) == pytest.approx(math.sqrt(2 * 8 / 10) * 2.0)
    assert found(here, RULE)
    assert found(note(REVERSED, 3.0), RULE)
    elsewhere = Scored(**{**vars(here), "start": 2.0, "end": 7.0})
    assert judged(elsewhere, RULE)
    assert not found(elsewhere, RULE)
    assert not found(note(INSERTED, 0.5), RULE)


def test_half_of_the_insert_must_be_in_the_segment() -> None:
    assert found(note(INSERTED, 3.0, length=7.9), RULE)  # the segment has 4 s
    assert not found(note(INSERTED, 3.0, length=8.2), RULE)


def test_what_is_not_judged_is_not_mixed() -> None:
    away = note(PEOPLE, 3.0, "page", 5.0, Reason.NOISY)
    assert strength(away) == -math.inf
    assert judged(away, RULE) == ()


def people(*highs: float, source: str = "page") -> list[Scored]:
    return [note(PEOPLE, high, source) for high in highs]


def test_of_people_no_more_than_two_of_a_hundred_are_called_mixed() -> None:
    many = people(*np.linspace(0.0, 1.9, 100))
    rule = choose(many, "test")
    assert sum(bool(judged(one, rule)) for one in many) == 2
    few = people(0.1, 1.2)
    assert not any(judged(one, choose(few, "test")) for one in few)


def test_machines_are_called_mixed_in_one_of_ten_at_most() -> None:
    calm = people(*[0.1] * 50)
    machines = [note(MACHINES, high) for high in np.linspace(0.5, 1.9, 20)]
    rule = choose([*calm, *machines], "test")
    assert sum(bool(judged(one, rule)) for one in machines) == 2


def test_without_people_nothing_can_be_chosen() -> None:
    with pytest.raises(ValueError, match="no notes of people"):
        choose([note(INSERTED, 3.0)], "test")


def test_each_half_is_measured_with_the_rule_of_the_other() -> None:
    wild, calm = people(1.9, 1.9, source="wild"), people(0.1, 0.1, source="calm")
    halves = [*wild, note(INSERTED, 1.0, "wild")], [*calm, note(INSERTED, 1.0, "calm")]
    figures = measured(choose([*halves[0], *halves[1]], "test"), halves).measured
    assert figures["people: mixed"] == 0.5  # the wild ones, by the rule of the calm ones
    assert figures["people: mixed: notes"] == 4
    assert figures["machine in people, 5 s: found"] == 0.5  # with the lower of the two rules
    assert "machines: mixed" not in figures  # there are none
    lines = report(halves, "test").splitlines()
    assert any(line.startswith("|people: mixed|4|2|50.0 %|") for line in lines)
    assert any(line.startswith("|machines: mixed|0|0|–|–|") for line in lines)


def test_a_share_of_nothing_is_not_known_for_certain() -> None:
    calm = [people(0.1, source=f"page{i}") for i in range(10)]
    halves = (
        [one for some in calm[:5] for one in some],
        [one for some in calm[5:] for one in some],
    )
    line = next(
        row for row in report(halves, "t").splitlines() if row.startswith("|people: mixed|")
    )
    assert line == "|people: mixed|10|10|0.0 %|0.0 % to 30.8 %|"  # Clopper-Pearson of ten sources


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("notes")
    for number in range(5):
        soundfile.write(folder / f"{number}.wav", sounds.speech(5.0, seed=number), sounds.RATE)
    return folder


def test_scores_are_those_of_the_service_and_are_kept(folder: Path, tmp_path: Path) -> None:
    clips = tuple(Clip(f"{i}.wav", "human", source="page") for i in range(5))
    whole = Plan(PEOPLE, clips[:4], clips[4:], 15.0, 2.0, 0.5)
    lost = Plan(PEOPLE, clips[:1], clips[4:], 15.0, 2.0, 0.5)
    cache = tmp_path / "scores.jsonl"
    (first,) = scored([whole, lost], folder, default_model(), cache)
    samples = make(whole, folder).samples
    analysis = Detector(default_model()).analyse(samples)
    assert first.logits == pytest.approx(analysis.branches.sum(axis=1), abs=0.02)
    assert first.spans == pytest.approx(np.array([(w.start, w.end) for w in analysis.windows]))
    detector = Detector(default_model())
    assert first.score == judge_samples(samples, detector).verdict.score
    rows = [json.loads(line) for line in cache.read_text().splitlines()]
    assert [("lacks" in facts) for _, facts in rows] == [False, True]
    (again,) = scored([whole, lost], tmp_path / "nothing", default_model(), cache)
    assert np.array_equal(again.logits, first.logits)
    with pytest.raises(ValueError, match="no note"):
        scored([lost], folder, default_model(), cache)
