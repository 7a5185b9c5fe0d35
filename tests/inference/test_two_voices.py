"""Two channels with a voice each are judged apart; two channels of one voice are not."""

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from inference import two_voices
from inference.decoding.audio import Samples
from inference.detector import Analysis, Detector, Progress
from inference.pipeline import judge
from inference.registry import default_model
from inference.two_voices import both_speak, concern
from inference.verdict import Channel, Label, Reason
from tests import odd_files, sounds
from tests.bot.stand_ins import verdict
from tests.inference.decoding.test_channels import in_turn, stereo

LEFT, RIGHT = in_turn(sounds.speech(9.0), sounds.speech(9.0, pitch=210.0, seed=3))
CALL = odd_files.two_channels(LEFT, RIGHT, "", "wav")


@pytest.fixture(scope="module")
def detector() -> Detector:
    return Detector(default_model())


class Scoring(Detector):
    """Hears what another one hears, and gives each recording that it is asked about its score."""

    def __init__(self, detector: Detector, *scores: float) -> None:
        self.card = replace(detector.card, thresholds=(0.3, 0.7), narrow_thresholds=(0.3, 0.7))
        self._detector, self._scores = detector, list(scores)

    def analyse(self, samples: Samples, progress: Progress | None = None) -> Analysis:
        found, score = self._detector.analyse(samples, progress), self._scores.pop(0)
        windows = tuple(replace(window, score=score) for window in found.windows)
        return replace(found, windows=windows, speech=(1.0,) * len(windows), overlap=False)


@pytest.mark.parametrize(
    ("scores", "channel", "label"),
    [
        ((0.1, 0.95), Channel.RIGHT, Label.SYNTHETIC),
        ((0.95, 0.1), Channel.LEFT, Label.SYNTHETIC),
        ((0.1, 0.2), Channel.RIGHT, Label.HUMAN),
        ((0.5, 0.1), Channel.LEFT, Label.INCONCLUSIVE),
    ],
)
def test_the_answer_is_that_of_the_channel_that_calls_for_more_care(
    detector: Detector, scores: tuple[float, float], channel: Channel, label: Label
) -> None:
    found = judge(CALL, Scoring(detector, *scores), 300.0).verdict
    assert (found.channel, found.label) == (channel, label)
    assert found.score == pytest.approx(max(scores), abs=1e-6)
    assert found.duration_seconds == pytest.approx(9.0, abs=0.01)


def test_a_part_is_judged_in_both_channels_too(detector: Detector) -> None:
    found = judge(CALL, Scoring(detector, 0.9, 0.1), 300.0, (3.0, 6.0)).verdict
    assert found.channel is Channel.LEFT
    assert found.windows[0].start >= 3.0


def test_progress_goes_on_from_one_channel_to_the_other(detector: Detector) -> None:
    told: list[tuple[float, float]] = []
    judge(CALL, detector, 300.0, progress=lambda heard, total: told.append((heard, total)))
    assert told == sorted(told)
    assert told[-1] == pytest.approx((9.0, 9.0))


def test_one_voice_in_stereo_is_judged_once(
    detector: Detector, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(samples: NDArray[np.int16]) -> bool:
        raise AssertionError("Silero was asked")

    monkeypatch.setattr(two_voices, "both_speak", never)
    voice = sounds.speech(6.0)
    data = odd_files.two_channels(voice, np.float32(0.6) * np.roll(voice, 12), "", "wav")
    assert judge(data, Scoring(detector, 0.95), 300.0).verdict.channel is None


def test_music_beside_a_voice_is_no_second_voice() -> None:
    voice, music = in_turn(sounds.speech(9.0), sounds.music(9.0))
    assert not both_speak(stereo(voice, music))
    assert both_speak(stereo(LEFT, RIGHT))


def test_whoever_does_not_speak_calls_for_no_care() -> None:
    silent = verdict(0.99, (Reason.NO_SPEECH,))
    assert concern(silent) < concern(verdict(0.05)) < concern(verdict(0.95))
