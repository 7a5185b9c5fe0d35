"""A verdict says what it rests on, and refuses for the reason that is true."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inference.audio import decode
from inference.detector import Detector, default_model
from inference.errors import Undecodable
from inference.judge import CERTAIN, LEAST_PART, clamp, judge, judge_samples
from inference.verdict import Label, Reason
from tests import sounds


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
