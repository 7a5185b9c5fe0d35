"""What writes the sound on its way: messengers', telephones' and editors' encoders."""

import io
import subprocess
from dataclasses import dataclass

import imageio_ffmpeg
import numpy as np
import soundfile
from numpy.typing import NDArray

from inference.decoding.audio import SAMPLE_RATE, decode

Samples = NDArray[np.float32]


@dataclass(frozen=True)
class Codec:
    """An encoder's settings; `format` is ffmpeg's name of the container."""

    name: str
    suffix: str
    format: str
    settings: tuple[str, ...]


# Complexity 5 of 10 takes 13 ms a second of sound, 10 takes 35; telephones choose low ones, too.
OPUS = ("-c:a", "libopus", "-compression_level", "5")
LEVELLED = Codec("levelled", ".ogg", "ogg", (*OPUS, "-b:a", "24k"))
# Telegram's as its clients' sources have them (audio.c of Android, media_audio_capture.cpp of
# Desktop), the others as their files look.
CODECS = (
    Codec("telegram-old", ".ogg", "ogg", (*OPUS, "-b:a", "16k", "-frame_duration", "60")),
    Codec("telegram-android", ".ogg", "ogg", (*OPUS, "-ar", "48000", "-b:a", "128k")),
    Codec("telegram-desktop", ".ogg", "ogg", (*OPUS, "-ar", "48000", "-b:a", "64k")),
    Codec("whatsapp", ".ogg", "ogg", (*OPUS, "-b:a", "16k", "-application", "voip")),
    Codec("ios", ".m4a", "ipod", ("-c:a", "aac", "-ar", "44100", "-b:a", "64k")),
    Codec(
        "telephone", ".amr", "amr", ("-c:a", "libopencore_amrnb", "-ar", "8000", "-b:a", "12.2k")
    ),
    Codec("mp3", ".mp3", "mp3", ("-c:a", "libmp3lame", "-b:a", "48k")),
    Codec("aac", ".aac", "adts", ("-c:a", "aac", "-b:a", "32k")),
)


def encode(samples: Samples, codec: Codec) -> bytes:
    """The file that `codec` makes of samples at 16 kHz; the same samples make the same file."""
    pcm = np.asarray(np.clip(samples, -1.0, 1.0) * 32_767.0, "<i2").tobytes()
    # Debian's own ffmpeg has no AMR encoder; pip's has all of them, the same everywhere.
    program = imageio_ffmpeg.get_ffmpeg_exe()
    call = [program, "-v", "error", "-f", "s16le", "-ar", str(SAMPLE_RATE), "-ac", "1"]
    call += ["-i", "pipe:0", *codec.settings, "-threads", "1"]
    call += ["-fflags", "+bitexact", "-flags:a", "+bitexact"]  # or Ogg's serial is drawn
    # An MP4 is written to and fro, which a pipe can not be; a fragmented one is not.
    call += ["-movflags", "frag_keyframe+empty_moov"] if codec.format == "ipod" else []
    run = subprocess.run([*call, "-f", codec.format, "pipe:1"], input=pcm, capture_output=True)
    if run.returncode or not run.stdout:
        raise RuntimeError(f"{codec.name}: {run.stderr.decode(errors='replace').strip()}")
    return run.stdout


def decoded(data: bytes, codec: Codec, length: int) -> Samples:
    """16 kHz samples of what `encode` made, `length` of them."""
    if codec.format == "ogg" and "-ar" not in codec.settings:
        samples = soundfile.read(io.BytesIO(data), dtype="float32")[0]  # without a process
    else:
        samples = decode(data, 60.0)
    return np.asarray(np.pad(samples, (0, max(0, length - len(samples))))[:length], np.float32)


def transcode(samples: Samples, codec: Codec) -> Samples:
    """As the samples sound after `codec`."""
    return decoded(encode(samples, codec), codec, len(samples))
