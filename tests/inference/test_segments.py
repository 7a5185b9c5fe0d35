"""A stretch that stands out becomes a segment; what sounds alike throughout has none."""

import json
import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inference import segments as module
from inference.detector import Detector
from inference.errors import ModelError
from inference.registry import default_model
from inference.segments import (
    REST,
    SegmentRule,
    Stretch,
    rule_for,
    segments,
    shipped,
    strongest,
)
from inference.verdict import Label, Segment

RULE = SegmentRule("test", least=1.6)
WINDOW, HOP = 4.0, 2.0  # s


def spans(count: int) -> np.ndarray:
    starts = HOP * np.arange(count)
    return np.stack([starts, starts + WINDOW], axis=1)


def parts(logits: list[float], rule: SegmentRule = RULE) -> tuple[Segment, ...]:
    return segments(np.array(logits), spans(len(logits)), np.full(len(logits), 3.0), rule)


def labels(found: tuple[Segment, ...]) -> list[str]:
    return [segment.label.value for segment in found]


HUMAN, MACHINE = [-2.0] * 4, [2.5] * 4


def test_a_machine_within_a_persons_note_is_found_where_it_is() -> None:
    before, within, after = parts([*HUMAN, 0.2, 2.5, 2.5, 0.1, *HUMAN])
    assert (before.label, within.label, after.label) == (Label.HUMAN, Label.SYNTHETIC, Label.HUMAN)
    assert (before.start, before.end) == (0.0, 11.0)  # the middle of what windows 4 and 5 share
    assert (within.start, within.end) == (11.0, 15.0)
    assert (after.start, after.end) == (15.0, 26.0)
    assert within.probability == pytest.approx(1 / (1 + math.exp(-2.5)))
    for part, beside in ((before, 0.2), (after, 0.1)):  # the window beside the stretch is theirs
        assert part.probability == pytest.approx(1 / (1 + math.exp((4 * 2.0 - beside) / 5)))


def test_a_person_within_a_machines_note_is_found_as_well() -> None:
    assert labels(parts([*MACHINE, -2.5, -2.5, *MACHINE])) == ["synthetic", "human", "synthetic"]


def test_a_note_that_changes_once_has_two_segments() -> None:
    first, second = parts([*HUMAN, 0.2, *MACHINE])
    assert labels((first, second)) == ["human", "synthetic"]
    assert first.start == 0.0
    assert first.end == second.start
    assert 9.0 <= first.end <= 11.0  # the window between them is of 8 to 12 s
    assert second.end == spans(9)[-1, 1]


@pytest.mark.parametrize("alike", [-3.0, -0.1, 0.1, 3.0])
def test_what_sounds_the_same_throughout_has_no_segments(alike: float) -> None:
    assert parts([alike] * 12) == ()


def test_contrast_alone_is_not_enough() -> None:
    """A person who sounds a bit less like one for a while is a person all the same."""
    assert parts([*[-5.0] * 5, -0.5, -0.5, *[-5.0] * 5]) == ()
    assert parts([*[5.0] * 5, 0.5, 0.5, *[5.0] * 5]) == ()


def test_height_alone_is_not_enough() -> None:
    """Where the rest is in doubt, nothing has been shown to differ from it."""
    assert parts([*[-0.2] * 5, 4.0, 4.0, *[-0.2] * 5]) == ()


def test_a_longer_stretch_need_not_stand_out_as_far() -> None:
    assert parts([*HUMAN, 1.5, *HUMAN]) == ()
    assert parts([*HUMAN, 1.5, 1.5, *HUMAN])


def test_one_wild_window_among_calm_ones_is_no_segment() -> None:
    assert parts([*HUMAN, 1.6, *HUMAN]) == ()


@pytest.mark.parametrize("count", range(REST + 1))
def test_too_few_windows_have_nothing_to_compare_with(count: int) -> None:
    wild = np.array([9.0, -9.0, 9.0, -9.0][:count])
    assert strongest(wild, np.ones(count)) is None
    assert segments(wild, spans(count).reshape(-1, 2), np.ones(count), RULE) == ()


def stretch_of(logits: np.ndarray, spoken: np.ndarray, first: int, behind: int) -> Stretch:
    row = next(row for row in module._rows(logits, spoken) if row.first == first)
    return row.stretch(int(np.flatnonzero(row.behind == behind)[0]))


def test_the_longer_a_recording_the_further_a_stretch_must_stand_out() -> None:
    """Twice as long, half as far again; nothing below a minute and no more beyond eight."""
    rule = SegmentRule("m", 2.0)
    found = [rule.least_in(seconds) for seconds in (10.0, 60.0, 120.0, 240.0, 480.0, 7200.0)]
    assert found == pytest.approx([2.0, 2.0, 3.0, 4.0, 5.0, 5.0])
    short, long = np.full(20, -1.5), np.full(400, -1.5)
    for logits in (short, long):
        logits[8:11] = 1.5
    assert segments(short, spans(20), np.ones(20), rule)
    assert not segments(long, spans(400), np.ones(400), rule)


def test_two_hours_take_seconds_and_little_memory() -> None:
    logits = np.random.default_rng(1).normal(-2.0, 1.0, 3500)
    logits[1000:1200] = 3.0
    _, part, _ = segments(logits, spans(3500), np.ones(3500), SegmentRule("m", 2.0))
    assert part.start == pytest.approx(spans(3500)[1000, 0], abs=3.0)


def test_a_window_weighs_by_the_speech_in_it() -> None:
    logits = np.array([-2.0, -2.0, -2.0, 3.0, -1.0, -2.0, -2.0, -2.0])
    mostly, hardly = np.ones(8), np.ones(8)
    hardly[3] = 0.3
    loud, faint = (stretch_of(logits, spoken, 3, 5) for spoken in (mostly, hardly))
    assert loud.inside == pytest.approx(1.0)
    assert faint.inside == pytest.approx((0.3 * 3.0 - 1.0) / 1.3)


def test_windows_beside_a_stretch_count_on_no_side() -> None:
    logits = np.array([*HUMAN, 0.9, 9.0, 0.9, *HUMAN])
    exact = stretch_of(logits, np.ones(11), 5, 6)
    assert (exact.inside, exact.outside) == (9.0, -2.0)  # half of the insert is in its neighbours
    assert exact.strength == pytest.approx(2.0 * math.sqrt(8 / 9))


def test_a_pause_beside_a_stretch_is_shared_by_both() -> None:
    """Windows without speech are left out, so the next one may begin later."""
    late = np.concatenate([spans(6), spans(6) + 32.0])
    before, after = segments(np.repeat([-3.0, 3.0], 6), late, np.ones(12), RULE)
    assert (before.end, after.start) == (23.0, 23.0)  # the first ends at 14 s, the other is from 32


def test_two_inserts_are_two_segments() -> None:
    found = parts([*HUMAN, *MACHINE, *HUMAN, *MACHINE, *HUMAN])
    assert labels(found) == ["human", "synthetic"] * 2 + ["human"]


NUMBERS = st.lists(st.floats(-16, 16), min_size=0, max_size=30)


@given(NUMBERS)
def test_segments_follow_each_other_and_turn_with_the_scores(drawn: list[float]) -> None:
    logits = [each + 0.01 * math.sin(n) for n, each in enumerate(drawn, 1)]  # no mean is exactly 0
    found = parts(logits)
    turned = parts([-logit for logit in logits])
    assert len(found) == len(turned) != 1
    for one, other in pairwise(found):
        assert one.end == other.start
        assert one.label != other.label
    for segment in found:
        assert segment.start < segment.end
        assert (segment.probability > 0.5) == (segment.label is Label.SYNTHETIC)
        assert 0.01 <= segment.probability <= 0.99
    if found:
        assert (found[0].start, found[-1].end) == (0.0, spans(len(logits))[-1, 1])


def test_the_shipped_rule_can_be_read_and_a_rule_comes_back() -> None:
    rule = shipped()
    assert 0.5 < rule.least < 10.0
    assert SegmentRule(**json.loads(rule.to_json())) == rule


@pytest.mark.parametrize("content", [None, "{", '{"least": 1}', '{"model": "x", "more": 1}'])
def test_a_rule_that_cannot_be_read_is_named(
    content: str | None, monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    file = module.FILE.__class__(str(tmp_path)) / "segments.json"
    if content is not None:
        file.write_text(content)
    monkeypatch.setattr(module, "FILE", file)
    with pytest.raises(ModelError, match=r"segments\.json"):
        shipped.__wrapped__()


def test_a_model_for_which_no_rule_was_chosen_finds_no_parts(
    caplog: pytest.LogCaptureFixture,
) -> None:
    served = Detector(default_model()).card.title
    assert rule_for(served) == shipped()
    rule = rule_for("mine-1.2.3")
    assert math.isinf(rule.least_in(30.0))
    assert "and not for mine-1.2.3" in caplog.text
