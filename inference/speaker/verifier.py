"""Two recordings go in, how alike their voices are comes out.

The network (Wan et al. 2018, weights of Resemblyzer, Apache-2.0) turns 1.6 s of speech into 256
numbers that say who spoke, whatever was said. It is loaded for a question and freed after it.
"""

import hashlib

import numpy as np
from numpy.typing import NDArray

from inference.decoding.audio import Samples, hear
from inference.errors import ModelError
from inference.onnx_session import session
from inference.speaker import comparison
from inference.speaker.comparison import MIN_SPEECH, Comparison, VoicesCard
from inference.speech import FRAME, Measures, joined, measure, reasons
from inference.verdict import Reason

MODEL = comparison.FILE.with_suffix(".onnx")
FFT, HOP = 400, 160  # samples of a spectrum and between two, as the network was trained
FRAMES = 160  # spectra of a stretch that the network hears at once, 1.6 s
STRIDE = 80  # spectra from stretch to stretch; 40 finds nobody better and takes twice the time
STRETCHES = 32  # at most, spread over the recording: half a minute tells who speaks
LEVEL = -24.0  # dBFS of the speech; the network heard no logarithm, so loudness would matter
AROUND = 2  # frames of 20 ms before and after speech that belong to it
CERTAIN = 0.99  # no chance is nearer to 0 or 1

Floats = NDArray[np.float32]


class Voices:
    """The network that tells voices apart; refuses a file that is not the one of its card."""

    def __init__(self, card: VoicesCard | None = None) -> None:
        """Load it; only who measures it, about to write the card, brings one of their own."""
        self.card = card or comparison.card()
        try:
            data = MODEL.read_bytes()
        except OSError as error:
            raise ModelError(f"the model {MODEL} cannot be read: {error.strerror}") from error
        if (found := hashlib.sha256(data).hexdigest()) != self.card.sha256:
            raise ModelError(f"{MODEL} is damaged: its SHA-256 is {found}")
        self._session = session(data, MODEL)

    def compare(self, suspicious: Samples, known: Samples) -> Comparison:
        """Compare two recordings, mono at 16 kHz, of any length."""
        measures = measure(suspicious), measure(known)
        voices = [
            self.voice(samples, measured)
            for samples, measured in zip((suspicious, known), measures, strict=True)
        ]
        similarity = float(np.clip(voices[0] @ voices[1], -1.0, 1.0))
        return Comparison(
            similarity=similarity,
            chance=self.chance(similarity),
            thresholds=self.card.thresholds,
            suspicious=obstacles(measures[0]),
            known=obstacles(measures[1]),
        )

    def chance(self, similarity: float) -> float:
        """P(same person) when both were as likely before, 0.01..0.99."""
        odds = np.exp(self.card.slope * similarity + self.card.intercept)
        return float(np.clip(odds / (1.0 + odds), 1.0 - CERTAIN, CERTAIN))

    def voice(self, samples: Samples, measures: Measures) -> Floats:
        """Who speaks, shape (256,), of length 1; all zeros where nobody does."""
        power = spectra(samples, measures)
        if not len(power):
            return np.zeros(256, np.float32)
        (stretches,) = self._session.run(None, {"power": power})
        mean: Floats = stretches.mean(axis=0)
        return mean / np.float32(max(float(np.linalg.norm(mean)), 1e-6))


def compare(suspicious: bytes, known: bytes, max_seconds: float) -> Comparison:
    """Compare two files; raises a `DetectionError` when one of them holds no sound."""
    return Voices().compare(hear(suspicious, max_seconds).samples, hear(known, max_seconds).samples)


def obstacles(measures: Measures) -> tuple[Reason, ...]:
    """What speaks against comparing a recording."""
    found = reasons(measures)
    if measures.speech_seconds < MIN_SPEECH and not found:
        return (Reason.TOO_SHORT,)
    return found


def spectra(samples: Samples, measures: Measures) -> Floats:
    """Power spectra of the speech, its pauses cut out: (n_stretches, FRAMES, FFT // 2 + 1)."""
    spoken = _spoken(measures)
    length = int(spoken.sum()) * FRAME
    if not length:
        return np.zeros((0, FRAMES, FFT // 2 + 1), np.float32)
    gain = np.float32(10 ** ((LEVEL - measures.level) / 20))  # all speech at one level
    window = np.hanning(FFT + 1)[:-1].astype(np.float32)
    last = max(length // HOP + 1 - FRAMES, 0)
    count = min(last // STRIDE + 1 + (last % STRIDE >= STRIDE // 2), STRETCHES)
    found = []
    for start in np.linspace(0, last, count).astype(int):
        middles = (start + np.arange(FRAMES)) * HOP
        positions = middles[:, None] + np.arange(FFT) - FFT // 2
        inside = (positions >= 0) & (positions < length)  # silence before and behind
        speech = joined(samples, spoken, np.clip(positions, 0, length - 1)) * gain
        found.append(np.abs(np.fft.rfft(np.where(inside, speech, 0.0) * window)) ** 2)
    return np.asarray(found, np.float32)


def _spoken(measures: Measures) -> NDArray[np.bool_]:
    """The frames of 20 ms in which somebody speaks, and those around them."""
    if not measures.active.any():
        return np.zeros(0, np.bool_)
    around = np.convolve(measures.active, np.ones(2 * AROUND + 1))[AROUND:-AROUND] > 0
    return np.asarray(around)
