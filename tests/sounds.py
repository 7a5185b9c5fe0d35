"""Sounds made from formulas, float32 at 16 kHz, and the files that people would send them in."""

import subprocess
import tempfile
from pathlib import Path

import imageio_ffmpeg
import numpy as np
from numpy.typing import NDArray

RATE = 16_000  # Hz

Sound = NDArray[np.float32]

# What follows the input on ffmpeg's command line.
CODECS = {
    "ogg": "-c:a libopus -b:a 24k",  # a voice note of Telegram or WhatsApp
    "mp3": "-c:a libmp3lame -b:a 64k",
    "m4a": "-c:a aac -b:a 64k",  # its index stands at the end, as phones write it
    "aac": "-c:a aac -b:a 64k",
    "wav": "-c:a pcm_s16le",
    "flac": "-c:a flac",
    "aiff": "-c:a pcm_s16be",
    "caf": "-c:a alac",
    "amr": "-ar 8000 -ac 1 -c:a libopencore_amrnb",
    "3gp": "-ar 8000 -ac 1 -c:a libopencore_amrnb",
    "webm": "-c:a libopus -b:a 24k",
    "mka": "-c:a libvorbis",
    "mp4": "-c:a aac -c:v libx264 -preset ultrafast -pix_fmt yuv420p -shortest",  # a film
}


def silence(seconds: float) -> Sound:
    return np.zeros(round(seconds * RATE), np.float32)


def tone(seconds: float, frequency: float = 440.0) -> Sound:
    return (0.3 * np.sin(2 * np.pi * frequency * _times(seconds))).astype(np.float32)


def noise(seconds: float, level: float = 0.1, seed: int = 0) -> Sound:
    hiss = np.random.default_rng(seed).standard_normal(round(seconds * RATE))
    return (level * hiss).astype(np.float32)


def music(seconds: float) -> Sound:
    """A chord that changes twice a second."""
    times = _times(seconds)
    roots = 220 * 2 ** (np.array([0, 5, 7, 3])[(times * 2).astype(int) % 4] / 12)
    phase = 2 * np.pi * np.cumsum(roots) / RATE
    chord = sum(np.sin(step * phase) / step for step in (1, 1.25, 1.5, 2, 3))
    return (0.15 * chord * (1 - 0.7 * (times * 2 % 1))).astype(np.float32)


def speech(seconds: float, pitch: float = 120.0, seed: int = 0) -> Sound:
    """Syllables of a voice: pulses through three formants, an "s" now and then, short pauses."""
    random = np.random.default_rng(seed)
    sound = silence(seconds)
    position = 0
    while position < len(sound):
        syllable = _vowel(random, pitch) if random.random() < 0.8 else _fricative(random)
        end = min(position + len(syllable), len(sound))
        sound[position:end] = syllable[: end - position]
        position = end + round(random.choice([0.02, 0.05, 0.3], p=[0.5, 0.4, 0.1]) * RATE)
    room = noise(seconds, level=0.0005, seed=seed)
    return (sound + room).astype(np.float32)


def encode(sound: Sound, container: str, rate: int = 48_000, channels: int = 1) -> bytes:
    """The bytes of a file in that container, a film around it when the container is mp4."""
    picture = "-f lavfi -i testsrc=size=64x64:rate=10 " if container == "mp4" else ""
    return ffmpeg(
        f"-f f32le -ar {RATE} -ac 1 -i pipe:0 {picture}-ar {rate} -ac {channels} "
        f"{CODECS[container]}",
        suffix=container,
        stdin=np.asarray(sound, "<f4").tobytes(),
    )


def ffmpeg(arguments: str, suffix: str, stdin: bytes = b"") -> bytes:
    """Run the ffmpeg that pip brought and return the file that it made."""
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / f"made.{suffix}"
        program = imageio_ffmpeg.get_ffmpeg_exe()
        command = [program, "-v", "error", *arguments.split(), str(made)]
        subprocess.run(command, input=stdin, check=True, timeout=120)
        return made.read_bytes()


def _times(seconds: float) -> NDArray[np.float64]:
    return np.arange(round(seconds * RATE)) / RATE


def _vowel(random: np.random.Generator, pitch: float) -> Sound:
    times = _times(random.uniform(0.12, 0.28))
    glide = pitch * random.uniform(0.85, 1.2) * (1 - 0.3 * times)
    pulses = np.diff(np.floor(np.cumsum(glide) / RATE), prepend=0)
    frequencies = np.fft.rfftfreq(len(times), 1 / RATE)
    formants = random.uniform([280, 850, 2200], [800, 2000, 3000])
    shape = sum(
        weight / (1 + ((frequencies - formant) / width) ** 2)
        for formant, width, weight in zip(formants, (60, 90, 150), (1, 0.5, 0.25), strict=True)
    )
    voice = np.fft.irfft(np.fft.rfft(pulses) * shape, len(times)) * np.hanning(len(times)) ** 0.5
    return np.asarray(0.3 * voice / np.abs(voice).max(), np.float32)


def _fricative(random: np.random.Generator) -> Sound:
    hiss = random.standard_normal(round(random.uniform(0.06, 0.14) * RATE))
    bright = np.diff(hiss, prepend=0) * np.hanning(len(hiss))  # an "s" is loudest at the top
    return np.asarray(0.03 * bright, np.float32)
