"""Check a recording by decoding every sample once: headers may promise more than there is.

A clip of 4.7 s of Opus takes 15 ms of CPU (310 × real time); its two ends alone would take 11 ms,
for a seek decodes, too.
"""

import re
from pathlib import Path

import numpy as np

BLOCK = 1 << 16  # samples
QUIETEST = 2.0 / 32_768  # a file that never leaves the last bit of 16 is silent
LONGEST = 4 * 3600.0  # s of what libsndfile does not read; more is cut off
LOST = 0.01  # of the promised bytes; headers are often wrong by a few
PIPED = 0x7FFF_0000  # bytes; whoever writes to a pipe promises about this much


class Unplayable(Exception):
    """The reason, its kind before a colon."""


def probe(path: Path) -> float:
    """Decode a whole file: its seconds. Raises Unplayable when it is empty, damaged or silent."""
    import soundfile

    if path.stat().st_size == 0:
        raise Unplayable("empty: no bytes")
    try:
        file = soundfile.SoundFile(path)
    except soundfile.LibsndfileError:
        return _by_ffmpeg(path)
    frames, peak = 0, 0.0
    with file:
        _check_promise(file.extra_info)
        try:
            for block in file.blocks(BLOCK, dtype="float32"):
                frames += len(block)
                peak = float(np.maximum(peak, np.abs(block).max(initial=0.0)))  # NaN stays
        except soundfile.LibsndfileError as error:
            raise Unplayable(f"damaged: {error}") from error
        return _judged(frames / file.samplerate, peak)


def shape(path: Path) -> tuple[int, int]:
    """Channels and Hz, by the header alone; (0, 0) where libsndfile does not know the format."""
    import soundfile

    try:
        header = soundfile.info(path)
    except soundfile.LibsndfileError:
        return 0, 0
    return header.channels, header.samplerate


def _by_ffmpeg(path: Path) -> float:
    """m4a, aac, amr, webm: what libsndfile does not know."""
    from inference import errors
    from inference.decoding import audio

    try:
        samples = audio.decode(path.read_bytes(), LONGEST)
    except errors.DetectionError as error:
        raise Unplayable(f"not a sound: {error}") from error
    peak = float(np.abs(samples).max(initial=0.0))
    return _judged(len(samples) / audio.SAMPLE_RATE, peak)


def _check_promise(information: str) -> None:
    """libsndfile reads what is there of a WAV file and only notes that more was promised."""
    note = re.search(r"data : (\d+) \(should be (\d+)\)", information)
    if note:
        promised, there = int(note[1]), int(note[2])
        if there < promised * (1 - LOST) and promised < PIPED:
            raise Unplayable(f"cut off: {there} of {promised} bytes are there")


def _judged(seconds: float, peak: float) -> float:
    if not seconds:
        raise Unplayable("empty: no samples")
    if not np.isfinite(peak):
        raise Unplayable("damaged: it has samples that are not numbers")
    if peak <= QUIETEST:
        raise Unplayable("silent: no sample is louder than the last bit")
    return seconds
