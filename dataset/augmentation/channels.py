"""What a voice goes through on its way into a chat: drawn once for all recordings of a pair."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import signal

from dataset.augmentation import distortion
from dataset.augmentation.codecs import CODECS, Codec, encode, transcode
from dataset.augmentation.levelling import LEVELS, filtered, level_alike
from dataset.augmentation.loss import lose_packets
from dataset.augmentation.recordings import Samples
from dataset.augmentation.rooms import ROOMS, replay, reverberate
from inference.decoding.audio import SAMPLE_RATE

# Shares: most notes are spoken into a telephone and arrive undamaged.
PLACES = {"": 0.6, "room": 0.25, "replay": 0.15}
DAMAGES = {"": 0.6, "convolutive": 0.1, "impulsive": 0.1, "stationary": 0.1, "band": 0.1}
PASSAGES = {"": 0.7, "loss": 0.15, "double": 0.15}
LOSSES = (0.02, 0.2)  # share of the packets
BURSTS = (1.0, 4.0)  # packets of 20 ms in a gap, on average
LOWS, HIGHS = (80.0, 400.0), (3_400.0, 7_000.0)  # Hz, edges of a band
DAMPENED = 301  # taps of the band's filter


@dataclass(frozen=True)
class Channel:
    """Everything after the microphone's own colour, in this order."""

    place: str  # one of PLACES
    damage: str  # one of DAMAGES
    passage: str  # one of PASSAGES
    before: Codec  # the first of two encoders, for the passage "double"
    codec: Codec  # that writes the file
    level: float  # dBFS of the speech, before the codec
    seed: int  # of all that is random on the way: the same for every recording

    @property
    def name(self) -> str:
        """For the manifest, e.g. "room+double+whatsapp"."""
        return "+".join(part for part in (self.place, self.damage, self.passage) if part) + (
            "+" * bool(self.place or self.damage or self.passage) + self.codec.name
        )


def draw(random: np.random.Generator) -> Channel:
    before, codec = (CODECS[int(random.integers(len(CODECS)))] for _ in range(2))
    return Channel(
        _one_of(PLACES, random),
        _one_of(DAMAGES, random),
        _one_of(PASSAGES, random),
        before,
        codec,
        float(random.uniform(*LEVELS)),
        int(random.integers(2**31)),
    )


def send(recordings: Sequence[Samples], channel: Channel) -> list[bytes]:
    """The files that arrive, in the order of the recordings."""
    heard = [_travel(samples, channel) for samples in recordings]
    return [encode(samples, channel.codec) for samples in level_alike(heard, channel.level)]


def _travel(samples: Samples, channel: Channel) -> Samples:
    random = np.random.default_rng(channel.seed)  # afresh: every recording has the same fate
    room = int(random.integers(ROOMS))
    sound = samples / np.float32(2.0 * np.abs(samples).max() + 1e-9)
    if channel.place == "room":
        sound = reverberate(sound, room)
    elif channel.place == "replay":
        sound = replay(sound, room, random)
    if channel.damage == "band":
        sound = band_limited(sound, random)
    elif channel.damage:
        sound = {
            "convolutive": distortion.convolutive,
            "impulsive": distortion.impulsive,
            "stationary": distortion.stationary,
        }[channel.damage](sound, random)
    if channel.passage == "loss":
        return lose_packets(sound, random.uniform(*LOSSES), random.uniform(*BURSTS), random)
    return transcode(sound, channel.before) if channel.passage == "double" else sound


def band_limited(samples: Samples, random: np.random.Generator) -> Samples:
    """Between a cheap microphone's lowest and a narrow line's highest frequency."""
    edges = random.uniform(*LOWS), random.uniform(*HIGHS)
    return filtered(samples, signal.firwin(DAMPENED, edges, pass_zero=False, fs=SAMPLE_RATE))


def _one_of(shares: dict[str, float], random: np.random.Generator) -> str:
    return str(random.choice(list(shares), p=list(shares.values())))
