"""Samples as they sound after an encoder, by FFmpeg's libraries inside this process.

`codecs.py` starts a program for each file, which costs as long as the work; this module is for
making many copies. AMR-WB, which the library in the package lacks, goes the long way.
"""

import io
from dataclasses import dataclass, field

import numpy as np

from dataset.augmentation import codecs
from dataset.augmentation.recordings import Samples
from inference.decoding.audio import SAMPLE_RATE
from inference.errors import Undecodable

FULL_SCALE = 32_767.0


@dataclass(frozen=True)
class Encoder:
    """One encoder's settings."""

    name: str  # FFmpeg's, e.g. "libopus"
    container: str  # FFmpeg's name of the format, e.g. "ogg"
    rate: int  # bit/s
    sample_rate: int = SAMPLE_RATE  # Hz at which it encodes
    options: dict[str, str] = field(default_factory=dict)  # the encoder's own


def opus(kbit: float, complexity: int = 5, voice: bool = False) -> Encoder:
    """Opus at so many kbit/s; `voice` is the mode for calls, in frames of 60 ms."""
    options = {"compression_level": str(complexity)}
    if voice:
        options |= {"application": "voip", "frame_duration": "60"}
    return Encoder("libopus", "ogg", round(kbit * 1000), options=options)


def mp3(kbit: int) -> Encoder:
    return Encoder("libmp3lame", "mp3", kbit * 1000)


def aac(kbit: int) -> Encoder:
    return Encoder("aac", "adts", kbit * 1000)


AMR_NARROW = Encoder("libopencore_amrnb", "amr", 12_200, 8_000)
AMR_WIDE = codecs.Codec(
    "amr-wide", ".amr", "amr", ("-c:a", "libvo_amrwbenc", "-ar", "16000", "-b:a", "23.85k")
)


def through(samples: Samples, encoder: Encoder) -> Samples:
    """Encoded and decoded again, as many samples as came in; louder than 1 is cut off."""
    heard = decoded(_encoded(samples, encoder))
    return np.asarray(np.pad(heard, (0, max(0, len(samples) - len(heard))))[: len(samples)], "f4")


def g711(samples: Samples) -> Samples:
    """Telephone exchanges' 8 bits a sample: mu-law (ITU-T G.711), without a change of rate."""
    mu = 255.0
    unit = np.clip(samples, -1.0, 1.0)
    code = np.sign(unit) * np.log1p(mu * np.abs(unit)) / np.log1p(mu)
    code = np.round(code * 127.0) / 127.0
    return np.asarray(np.sign(code) * np.expm1(np.abs(code) * np.log1p(mu)) / mu, np.float32)


def decoded(data: bytes) -> Samples:
    """Samples of any file that FFmpeg reads, float32 mono at 16 kHz; a third of `decode`'s time.

    Raises Undecodable where nothing can be decoded.
    """
    import av  # in the environment `dataset`

    try:
        with av.open(io.BytesIO(data)) as container:
            resampler = av.AudioResampler("flt", "mono", SAMPLE_RATE)
            frames = container.decode(audio=0)
            parts = [part for frame in frames for part in resampler.resample(frame)]
            parts += resampler.resample(None)
    except (av.FFmpegError, IndexError, ValueError) as error:
        raise Undecodable(str(error)) from error
    if not parts:
        raise Undecodable("there is no sound in it")
    return np.concatenate([part.to_ndarray()[0] for part in parts])


def _encoded(samples: Samples, encoder: Encoder) -> bytes:
    import av

    buffer = io.BytesIO()
    with av.open(buffer, "w", format=encoder.container) as container:
        stream = container.add_stream(encoder.name, encoder.sample_rate, encoder.options)
        stream.codec_context.layout = "mono"
        stream.bit_rate = encoder.rate
        pcm = np.asarray(np.clip(samples, -1.0, 1.0) * FULL_SCALE, "<i2")
        frame = av.AudioFrame.from_ndarray(pcm[None], format="s16", layout="mono")
        frame.sample_rate = SAMPLE_RATE
        for packet in (*stream.encode(frame), *stream.encode(None)):
            container.mux(packet)
    return buffer.getvalue()
