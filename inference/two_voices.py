"""Two channels go in; whether each holds a voice of its own, and which of two verdicts to give.

A stereo recording of one place is no such thing, and costs a look at the levels only.
"""

import numpy as np
from numpy.typing import NDArray

from inference.decoding.audio import SAMPLE_RATE
from inference.decoding.channels import alone
from inference.speech import FRAME, MIN_SPEECH
from inference.verdict import NOBODY_SPEAKS, Label, Verdict
from inference.voice_activity import voice_activity

MINUTE = 60 * SAMPLE_RATE // FRAME  # frames of each channel that Silero's network is asked about
# From the least to the most that a listener has to know of: a person's verdict says the least.
CARE = (Label.HUMAN, Label.INCONCLUSIVE, Label.MIXED, Label.SYNTHETIC)


def both_speak(stereo: NDArray[np.int16]) -> bool:
    """Whether somebody speaks for a second or more in each channel while the other one is quiet,
    in the minute in which that channel is alone most."""
    frames = alone(stereo)
    return all(_speaks(stereo[:, side], frames[:, side]) for side in (0, 1))


def concern(verdict: Verdict) -> tuple[int, float]:
    """How much care a verdict calls for: the higher of two is the answer for both channels."""
    if NOBODY_SPEAKS & set(verdict.reasons):
        return -1, verdict.score
    return CARE.index(verdict.label), verdict.score


def _speaks(samples: NDArray[np.int16], frames: NDArray[np.bool_]) -> bool:
    minutes = np.add.reduceat(frames, np.arange(0, len(frames), MINUTE), dtype=np.int64)
    first = int(minutes.argmax()) * MINUTE
    piece = samples[first * FRAME : (first + MINUTE) * FRAME]
    spoken = voice_activity(piece)[: len(frames) - first] & frames[first : first + MINUTE]
    return bool(spoken.sum() * FRAME >= MIN_SPEECH * SAMPLE_RATE)
