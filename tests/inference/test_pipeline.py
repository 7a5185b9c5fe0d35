"""A verdict says what it rests on, and refuses for the reason that is true."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import cycle
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from inference import pipeline
from inference.decoding.audio import Samples, decode
from inference.detector import CERTAIN, Analysis, Detector, Progress
from inference.errors import Undecodable
from inference.pipeline import LEAST_PART, clamp, judge, judge_samples
from inference.registry import default_model
from inference.segments import SegmentRule
from inference.verdict import NOBODY_SPEAKS, Label, Reason
from inference.voice_activity import voice_activity
from tests import sounds
from tests.inference.two_branches import one_branch

NOTE = sounds.speech(8.0)
TELEPHONE = decode(sounds.encode(NOTE, "amr"), 300.0)


@pytest.fixture(scope="module")
def detector() -> Detector:
    return Detector(default_model())


def test_a_voice_note_gets_windows_seconds_and_the_model(detector: Detector) -> None:
    verdict = judge(sounds.encode(sounds.speech(8.0), "ogg"), detector, 300.0).verdict
    assert verdict.model == detector.card.title
    assert 2.0 < verdict.seconds <= 8.0
    assert verdict.windows[-1].end == pytest.approx(8.0, abs=0.1)
    assert 1.0 - CERTAIN <= verdict.score <= CERTAIN


def test_silence_has_no_speech_and_no_opinion(detector: Detector) -> None:
    verdict = judge_samples(sounds.silence(5.0), detector).verdict
    assert verdict.label is Label.INCONCLUSIVE
    assert verdict.reasons == (Reason.NO_SPEECH,)
    assert verdict.score == 0.5
    assert verdict.seconds == 0.0


def test_noise_is_not_speech(detector: Detector) -> None:
    assert judge_samples(sounds.noise(5.0), detector).verdict.reasons == (Reason.NO_SPEECH,)


def test_a_syllable_is_too_short(detector: Detector) -> None:
    verdict = judge_samples(sounds.speech(3.0)[: int(0.7 * sounds.RATE)], detector).verdict
    assert verdict.label is Label.INCONCLUSIVE
    assert set(verdict.reasons) & {Reason.TOO_SHORT, Reason.NO_SPEECH}


def test_no_samples_are_no_speech(detector: Detector) -> None:
    verdict = judge_samples(np.zeros(0, np.float32), detector).verdict
    assert verdict.reasons == (Reason.NO_SPEECH,)


def test_between_the_thresholds_the_answer_is_unsure(detector: Detector) -> None:
    samples = sounds.speech(8.0)
    verdict = judge_samples(samples, detector).verdict
    low, high = verdict.thresholds
    assert (Reason.UNSURE in verdict.reasons) == (low < verdict.score < high)


class Saying(Detector):
    """Hears what another one hears, and gives the windows other scores."""

    def __init__(
        self,
        detector: Detector,
        scores: Sequence[float],
        branches: tuple[float, float] = (1.0, 0.0),
        **facts: object,
    ) -> None:
        self.card = replace(detector.card, **facts)  # type: ignore[arg-type]
        self._detector, self._scores, self._branches = detector, scores, branches

    def analyse(self, samples: Samples, progress: Progress | None = None) -> Analysis:
        found = self._detector.analyse(samples, progress)
        windows = tuple(
            replace(window, score=score)
            for window, score in zip(found.windows, cycle(self._scores), strict=False)
        )
        branches = np.array([self._branches] * len(windows), np.float32)
        speech = (1.0,) * len(windows)
        return replace(found, windows=windows, branches=branches, speech=speech, overlap=False)


class Deaf(Detector):
    """Hears nobody, whatever is said."""

    def __init__(self, detector: Detector) -> None:
        self.card, self._detector, self._music = detector.card, detector, detector._music

    def analyse(self, samples: Samples, progress: Progress | None = None) -> Analysis:
        found = self._detector.analyse(samples, progress)
        return replace(found, speech=(0.0,) * len(found.windows), overlap=False)


@pytest.mark.parametrize("level", [0, -30])
def test_a_voice_that_the_network_misses_is_judged_all_the_same(
    detector: Detector, level: int
) -> None:
    note = NOTE * np.float32(10 ** (level / 20) / np.abs(NOTE).max())
    judgement = judge_samples(note, Deaf(detector))
    assert not NOBODY_SPEAKS & set(judgement.verdict.reasons)
    assert judgement.verdict.seconds == judgement.measures.speech_seconds > 2.0


def test_a_voice_at_sixty_decibels_below_full_scale_is_too_quiet(detector: Detector) -> None:
    faint = NOTE * np.float32(1e-3 / np.abs(NOTE).max())
    for note in (faint, decode(sounds.encode(faint, "ogg"), 300.0)):
        for hearing in (detector, Deaf(detector)):
            reasons = judge_samples(note, hearing).verdict.reasons
            assert Reason.TOO_QUIET in reasons
            assert not NOBODY_SPEAKS & set(reasons)


@pytest.mark.parametrize("gain", [0, -40])
def test_noise_and_music_stay_without_speech(detector: Detector, gain: int) -> None:
    for sound in (sounds.noise(5.0), sounds.music(5.0)):
        verdict = judge_samples(sound * np.float32(10 ** (gain / 20)), Deaf(detector)).verdict
        assert NOBODY_SPEAKS & set(verdict.reasons)
        assert verdict.seconds == 0.0


def test_silero_is_not_asked_where_the_others_agree(
    detector: Detector, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []

    def counted(samples: sounds.Sound) -> NDArray[np.bool_]:
        asked.append(len(samples))
        return voice_activity(samples)

    monkeypatch.setattr(pipeline, "voice_activity", counted)
    judge_samples(NOTE, detector)
    assert asked == []
    judge_samples(NOTE, Deaf(detector))
    assert asked == [len(NOTE)]


@pytest.mark.parametrize("score", [0.01, 0.4, 0.99])
def test_a_note_whose_windows_agree_has_their_score(detector: Detector, score: float) -> None:
    verdict = judge_samples(NOTE, Saying(detector, [score])).verdict
    assert len(verdict.windows) > 1
    assert verdict.score == pytest.approx(score, abs=1e-6)


def test_the_score_is_the_mean_on_the_scale_of_odds(detector: Detector) -> None:
    """As in the calibration: a window that is sure tells more than one that is in two minds."""
    note = NOTE[: 6 * sounds.RATE]
    verdict = judge_samples(note, Saying(detector, [0.5, 0.98])).verdict
    assert [window.score for window in verdict.windows] == [0.5, 0.98]
    assert 0.82 < verdict.score < 0.92  # both hold about as much speech; sqrt(49) to 1 is 0.875


def test_nobody_is_surer_than_certain(detector: Detector) -> None:
    assert judge_samples(NOTE, Saying(detector, [1.0])).verdict.score == CERTAIN
    assert judge_samples(NOTE, Saying(detector, [0.0])).verdict.score == pytest.approx(1 - CERTAIN)


@pytest.mark.parametrize(
    ("score", "branches", "pictured"),
    [
        (0.95, (1.5, 1.5), True),
        (0.95, (1.0, 2.0), False),
        (0.95, (-1.0, 4.0), False),
        (0.95, (4.0, -1.0), True),
        (0.5, (-1.0, 1.0), True),  # no marks are shown
        (0.05, (-4.0, 1.0), True),
    ],
)
def test_a_machine_that_the_other_branch_found_is_not_pictured(
    detector: Detector, score: float, branches: tuple[float, float], pictured: bool
) -> None:
    saying = Saying(detector, [score], branches, thresholds=(0.3, 0.7))
    assert judge_samples(NOTE, saying).verdict.pictured == pictured


@pytest.mark.parametrize(
    ("score", "reasons", "label"),
    [
        (0.15, (), Label.HUMAN),
        (0.5, (Reason.NARROW_BAND,), Label.INCONCLUSIVE),
        (0.8, (Reason.NARROW_BAND,), Label.INCONCLUSIVE),
        (0.95, (), Label.SYNTHETIC),
    ],
)
def test_a_telephone_is_judged_by_thresholds_of_its_own(
    detector: Detector, score: float, reasons: tuple[Reason, ...], label: Label
) -> None:
    facts = {"thresholds": (0.3, 0.7), "narrow_thresholds": (0.2, 0.9)}
    verdict = judge_samples(TELEPHONE, Saying(detector, [score], **facts)).verdict
    assert (verdict.reasons, verdict.label) == (reasons, label)
    assert verdict.thresholds == (0.2, 0.9)


def test_other_reasons_stand_on_the_telephone_too(detector: Detector) -> None:
    saying = Saying(detector, [0.95], narrow_thresholds=(0.2, 0.9))
    word = TELEPHONE[: int(0.9 * sounds.RATE)]
    assert judge_samples(word, saying).verdict.reasons == (Reason.TOO_SHORT,)


def test_a_wide_band_has_the_ordinary_thresholds(detector: Detector) -> None:
    facts = {"thresholds": (0.3, 0.7), "narrow_thresholds": (0.2, 0.9)}
    verdict = judge_samples(NOTE, Saying(detector, [0.5], **facts)).verdict
    assert (verdict.reasons, verdict.thresholds) == ((Reason.UNSURE,), (0.3, 0.7))


def test_a_model_without_thresholds_for_a_telephone_refuses_it(tmp_path: Path) -> None:
    old = Detector(one_branch(tmp_path))
    verdict = judge_samples(TELEPHONE, Saying(old, [0.95])).verdict
    assert verdict.reasons == (Reason.NARROW_BAND,)
    assert verdict.thresholds == old.card.thresholds


def test_what_is_no_sound_is_an_error_and_no_verdict(detector: Detector) -> None:
    with pytest.raises(Undecodable):
        judge(b"\x89PNG\r\n\x1a\n" + bytes(1000), detector, 300.0)


def test_a_pause_of_a_minute_is_in_no_window(detector: Detector) -> None:
    samples = np.concatenate([sounds.speech(6.0), sounds.silence(60.0), sounds.speech(6.0)])
    windows = judge_samples(samples, detector).verdict.windows
    assert not any(window.start > 7.0 and window.end < 65.0 for window in windows)
    assert windows[0].start == 0.0
    assert windows[-1].end == pytest.approx(72.0, abs=0.1)


def test_a_part_is_judged_by_itself_in_the_recordings_own_time(detector: Detector) -> None:
    samples = np.concatenate([sounds.silence(20.0), sounds.speech(10.0)])
    judgement = judge(sounds.encode(samples, "wav"), detector, 300.0, (22.0, 28.0))
    alone = judge_samples(
        decode(sounds.encode(samples, "wav"), 300)[22 * 16_000 : 28 * 16_000], detector
    )
    assert judgement.start == 22.0
    assert judgement.verdict.score == alone.verdict.score
    assert judgement.verdict.seconds == alone.verdict.seconds
    assert judgement.verdict.windows[0].start == 22.0
    assert judgement.verdict.windows[-1].end == pytest.approx(28.0, abs=0.02)
    assert judgement.analysis.spectrogram.shape[1] == alone.analysis.spectrogram.shape[1]


@pytest.mark.parametrize(
    ("part", "clamped"),
    [
        ((5.0, 8.0), (5.0, 8.0)),
        ((8.0, 5.0), (5.0, 8.0)),
        ((5.0, 5.2), (4.6, 5.6)),
        ((0.0, 0.2), (0.0, 1.0)),
        ((-3.0, 2.0), (0.0, 2.0)),
        ((9.0, 90.0), (9.0, 10.0)),
        ((60.0, 90.0), (9.0, 10.0)),
    ],
)
def test_a_part_is_brought_into_the_recording(
    part: tuple[float, float], clamped: tuple[float, float]
) -> None:
    assert clamp(part, 10.0) == pytest.approx(clamped)


@given(st.floats(), st.floats(), st.floats(0.0, 1e6))
def test_every_part_becomes_one_of_a_second_or_the_whole(
    a: float, b: float, seconds: float
) -> None:
    start, end = clamp((a, b), seconds)
    assert 0.0 <= start <= end <= seconds
    assert end - start >= min(LEAST_PART, seconds) - 1e-6


LONG = sounds.speech(24.0)
PERSON, MACHINE = 0.05, 0.95


@pytest.fixture
def strict(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("inference.pipeline.rule_for", lambda model: SegmentRule(model, 2.0))


@pytest.mark.usefixtures("strict")
def test_a_stretch_that_stands_out_makes_a_note_mixed(detector: Detector) -> None:
    scores = [*[PERSON] * 4, MACHINE, MACHINE, *[PERSON] * 6]
    verdict = judge_samples(LONG, Saying(detector, scores)).verdict
    assert verdict.label is Label.MIXED
    assert verdict.reasons == ()
    _, within, _ = verdict.segments
    assert within.label is Label.SYNTHETIC
    assert within.probability == pytest.approx(MACHINE, abs=0.001)
    assert within.start == pytest.approx(9.2, abs=0.1)  # the middle of 8.2 to 10.2
    assert within.end == pytest.approx(13.3, abs=0.1)


@pytest.mark.usefixtures("strict")
@pytest.mark.parametrize(
    ("score", "label"),
    [(PERSON, Label.HUMAN), (0.5, Label.INCONCLUSIVE), (MACHINE, Label.SYNTHETIC)],
)
def test_a_long_note_of_one_kind_is_not_mixed(
    detector: Detector, score: float, label: Label
) -> None:
    verdict = judge_samples(LONG, Saying(detector, [score])).verdict
    assert (verdict.label, verdict.segments) == (label, ())


@pytest.mark.usefixtures("strict")
def test_what_speaks_against_judging_comes_first(detector: Detector) -> None:
    scores = [*[PERSON] * 4, MACHINE, MACHINE, *[PERSON] * 6]
    noisy = judge_samples(LONG + 0.2 * sounds.noise(24.0), Saying(detector, scores)).verdict
    assert noisy.label is Label.INCONCLUSIVE
    assert noisy.segments == ()
    assert Reason.UNSURE not in noisy.reasons


@pytest.mark.usefixtures("strict")
def test_segments_of_a_part_count_from_the_beginning_of_the_recording(detector: Detector) -> None:
    scores = [*[PERSON] * 3, MACHINE, MACHINE, *[PERSON] * 4]
    data = sounds.encode(LONG, "wav")
    verdict = judge(data, Saying(detector, scores), 300.0, (5.0, 23.0)).verdict
    assert verdict.segments[0].start == pytest.approx(5.0, abs=0.1)
    assert verdict.segments[1].start == pytest.approx(5.0 + 7.2, abs=0.1)
    assert verdict.segments[-1].end == pytest.approx(23.0, abs=0.1)
