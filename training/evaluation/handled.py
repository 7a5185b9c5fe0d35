"""What devices, editors and senders do to a recording on its way, one thing at a time.

Samples are float32 mono at 16 kHz. Whatever is no encoder itself is followed by a messenger's, Opus
at 24 kbit/s, for that is how it arrives: a change of level, above all, leaves its traces there.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import soxr
from scipy import signal

from dataset.augmentation import dynamics, handling, suppression, transcoding
from dataset.augmentation.recordings import Samples
from dataset.augmentation.rooms import replay, reverberate
from dataset.execution.seeds import seed_of
from dataset.manifest import Clip
from inference.decoding.audio import SAMPLE_RATE
from inference.speech import measure

TELEPHONE_RATE = 8_000  # Hz
PEAK = -3.0  # dBFS at which suppressors and encoders get what was not recorded faintly
FAINT = -25.0  # dBFS of the peak that a gain control turns up
PLACES = 24  # rooms: each costs a process its computation
MESSENGER = transcoding.opus(24)
LEVELS = (-10, -20, -30, -40)  # dBFS of the peak

Random = np.random.Generator
Step = Callable[[Samples, Random], Samples]


@dataclass(frozen=True)
class Handled:
    """One of HANDLINGS, as the service decodes it; the same clip always meets the same draw."""

    name: str
    seed: int

    def __call__(self, samples: Samples) -> Samples:
        if len(samples) < handling.SHORTEST or not np.any(samples):
            return samples
        heard = HANDLINGS[self.name](samples, np.random.default_rng(self.seed))
        return np.asarray(np.clip(heard, -1.0, 1.0), np.float32)


def handlings(clip: Clip) -> list[Handled]:
    """Every handling, for one clip."""
    seed = seed_of(clip.file)
    return [Handled(name, seed) for name in HANDLINGS]


def _sent(step: Step) -> Step:
    """After `step` through the messenger's encoder."""
    return lambda samples, random: transcoding.through(step(samples, random), MESSENGER)


def _encoded(*encoders: transcoding.Encoder) -> Step:
    """Through one encoder after the other."""

    def step(samples: Samples, _random: Random) -> Samples:
        for encoder in encoders:
            samples = transcoding.through(samples, encoder)
        return samples

    return step


def _level(peak: float) -> Step:
    return _sent(lambda samples, _: dynamics.peak_at(samples, peak))


def _loud(step: Callable[[Samples], Samples]) -> Step:
    """A step that needs a usual level, and the messenger's encoder."""
    return _sent(lambda samples, _: step(dynamics.peak_at(samples, PEAK)))


def _gain_control(samples: Samples, _random: Random) -> Samples:
    """WebRTC's, towards 3 dB under full scale, from a faint recording."""
    return suppression.webrtc(dynamics.peak_at(samples, FAINT), 0, 3)


def _exchange(samples: Samples, _random: Random) -> Samples:
    """A telephone line: 300 to 3,400 Hz, 8 kHz, eight bits a sample."""
    edges = (300.0, 3_400.0)
    band = signal.butter(4, edges, "bandpass", fs=SAMPLE_RATE, output="sos")
    narrow = soxr.resample(signal.sosfilt(band, samples), SAMPLE_RATE, TELEPHONE_RATE, quality="HQ")
    heard = transcoding.g711(np.asarray(narrow, np.float32))
    return np.asarray(soxr.resample(heard, TELEPHONE_RATE, SAMPLE_RATE, quality="HQ"), np.float32)


def _low_pass(samples: Samples) -> Samples:
    sections = signal.butter(8, 4_000.0, "lowpass", fs=SAMPLE_RATE, output="sos")
    return np.asarray(signal.sosfilt(sections, samples), np.float32)


def _room(samples: Samples, random: Random) -> Samples:
    return reverberate(samples, int(random.integers(PLACES)))


def _replay(samples: Samples, random: Random) -> Samples:
    return replay(samples, int(random.integers(PLACES)), random)


def _hiss(samples: Samples, random: Random) -> Samples:
    """White, 20 dB under the speech."""
    noise = random.standard_normal(len(samples)).astype(np.float32)
    return samples + np.float32(10.0 ** ((measure(samples).level - 20.0) / 20.0)) * noise


HANDLINGS: dict[str, Step] = {  # by the names that reports show
    "Opus 24 kbit/s and nothing else": _encoded(MESSENGER),
    **{f"peak at {level} dB": _level(level) for level in LEVELS},
    "noise suppression, WebRTC's": _loud(lambda sound: suppression.webrtc(sound, 2)),
    "noise suppression, RNNoise": _loud(suppression.rnnoise),
    "noise suppression, spectral gate 20 dB": _loud(
        lambda sound: suppression.spectral_gate(sound, 20.0)
    ),
    "tempo 0.85": _loud(lambda sound: dynamics.stretch(sound, 0.85)),
    "tempo 1.25": _loud(lambda sound: dynamics.stretch(sound, 1.25)),
    "speed 0.85": _loud(lambda sound: dynamics.play_at(sound, 0.85)),
    "speed 1.2": _loud(lambda sound: dynamics.play_at(sound, 1.2)),
    "compressor 4:1": _loud(lambda sound: dynamics.compress(sound, 25.0, 4.0)),
    "limiter": _loud(lambda sound: dynamics.compress(sound, 10.0, 20.0)),
    "automatic gain control": _sent(_gain_control),
    "telephone, AMR-NB": _encoded(transcoding.AMR_NARROW, MESSENGER),
    "telephone, G.711": _sent(_exchange),
    "low-pass 4 kHz": _loud(_low_pass),
    "room": _sent(_room),
    "loudspeaker to microphone": _sent(_replay),
    "hiss, 20 dB": _sent(_hiss),
    "equaliser": _sent(handling.colour),
    "overdriven by 6 dB": _sent(lambda sound, _: dynamics.overdrive(sound, 6.0, hard=True)),
    "MP3 16 kbit/s": _encoded(transcoding.mp3(16)),
    "AAC 32 kbit/s": _encoded(transcoding.aac(32)),
    "Opus 8 kbit/s": _encoded(transcoding.opus(8)),
    "Opus 16 kbit/s": _encoded(transcoding.opus(16)),
    "AAC 32 kbit/s, then Opus 16 for voice": _encoded(
        transcoding.aac(32), transcoding.opus(16, voice=True)
    ),
}
