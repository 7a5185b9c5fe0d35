"""`swap preprocess`: a folder of clips becomes each speaker's spectrograms and pitch."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from dataset import manifest
from dataset.engines import recordings
from dataset.engines.copy_synthesis import world
from dataset.engines.copy_synthesis.world import Parts
from dataset.engines.engine import Refused
from dataset.engines.swap.spectra import BANDS, DEPTH, FRAMES_PER_SECOND, Array, spectrogram
from dataset.files import unfinished
from dataset.manifest import Clip, ManifestError
from inference.decoding.audio import SAMPLE_RATE

HELD_OUT = 10  # every tenth sentence is for validation
SEGMENT = 64  # frames (320 ms) that a network sees at once: a syllable or two


@dataclass(frozen=True)
class SpeakerData:
    """A speaker's recordings, one after the other; clip i is frames offsets[i]:offsets[i + 1]."""

    speaker: str
    bands: Array  # (n_frames, BANDS) dB over each recording's level
    pitch: Array  # (n_frames,) Hz, 0 where there is no voice
    spoken: NDArray[np.bool_]  # (n_frames,)
    offsets: NDArray[np.int64]  # (n_clips + 1,)
    held: NDArray[np.bool_]  # (n_clips,) for validation

    @property
    def minutes(self) -> float:
        """Minutes of speech to learn from, without silence and without held-out clips."""
        return float((self.spoken & ~self.held_frames).sum()) / FRAMES_PER_SECOND / 60.0

    @property
    def held_frames(self) -> NDArray[np.bool_]:
        return np.repeat(self.held, np.diff(self.offsets))

    def starts(self, held: bool) -> NDArray[np.int64]:
        """Every frame where a segment of one side begins that ends in the same clip."""
        spans = zip(self.offsets[:-1], self.offsets[1:], strict=True)
        return np.concatenate(
            [
                np.arange(start, end - SEGMENT + 1)
                for (start, end), is_held in zip(spans, self.held, strict=True)
                if is_held == held
            ]
        )


def preprocess(source: Path, target: Path, speakers: Sequence[str]) -> list[tuple[str, str]]:
    """Write what `read` reads; returns the recordings that could not be used, with the reason."""
    world.check()
    clips = [clip for clip in manifest.read(source) if clip.label != "noise"]
    failed: list[tuple[str, str]] = []
    target.mkdir(parents=True, exist_ok=True)
    for speaker in speakers:
        own = [clip for clip in clips if clip.speaker == speaker]
        if not own:
            known = sorted({clip.speaker for clip in clips if clip.speaker})
            some = ", ".join(known[:20]) or "no speaker by name"
            raise ManifestError(f"{source} has no clip of {speaker!r}; it has {some}")
        _write(_gathered(speaker, own, source, failed), target / f"{speaker}.npz")
    return failed


def speakers(folder: Path) -> list[str]:
    """Names of the speakers whose data a folder of `preprocess` holds."""
    return sorted(path.stem for path in folder.glob("*.npz"))


def read(folder: Path, speaker: str) -> SpeakerData:
    with np.load(folder / f"{speaker}.npz") as arrays:
        return SpeakerData(speaker, **arrays)


def listen(path: Path) -> Parts:
    """A recording, taken apart at the rate of the spectrograms; raises Refused."""
    samples, rate = recordings.read(path)
    if rate != SAMPLE_RATE:
        import librosa

        samples = librosa.resample(samples, orig_sr=rate, target_sr=SAMPLE_RATE, res_type="soxr_hq")
    return world.take_apart(samples, SAMPLE_RATE)


def _gathered(
    speaker: str, clips: Sequence[Clip], source: Path, failed: list[tuple[str, str]]
) -> SpeakerData:
    heard, sentences = [], []
    for clip in tqdm(clips, desc=speaker, unit="clip", disable=None):
        try:
            parts = listen(source / clip.file)
        except Refused as error:
            failed.append((clip.file, str(error)))
            continue
        heard.append(_padded(parts))
        sentences.append(clip.pair or clip.text or clip.file)
    kinds = sorted(set(sentences))
    if len(kinds) < 2:
        found = f"{speaker!r} has {len(kinds)} readable sentences"
        raise ManifestError(f"{found}; two are the least: to learn from, and for validation")
    held = set(kinds[::HELD_OUT])
    if not any(pitch.any() for _, pitch, _ in heard):
        raise ManifestError(f"in none of {speaker!r}'s recordings a voice was heard")
    bands, pitch, spoken = (np.concatenate(column) for column in zip(*heard, strict=True))
    return SpeakerData(
        speaker,
        bands,
        pitch,
        spoken,
        np.cumsum([0, *(len(item[1]) for item in heard)]),
        np.array([sentence in held for sentence in sentences]),
    )


def _padded(parts: Parts) -> tuple[Array, Array, NDArray[np.bool_]]:
    """Bands, pitch and what is spoken; a clip that is shorter than a segment ends in silence."""
    image = spectrogram(parts)
    lacking = max(0, SEGMENT - len(parts.pitch))
    silence = np.full((lacking, BANDS), -DEPTH, np.float32)
    pitch = np.pad(parts.pitch, (0, lacking)).astype(np.float32)
    return np.concatenate([image.bands, silence]), pitch, np.pad(image.spoken, (0, lacking))


def _write(data: SpeakerData, path: Path) -> None:
    with unfinished(path) as file:
        np.savez(
            file,
            bands=data.bands,
            pitch=data.pitch,
            spoken=data.spoken,
            offsets=data.offsets,
            held=data.held,
        )
