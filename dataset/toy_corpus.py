"""A corpus out of formulas: voices that tremble and breathe, and their copies that do not.

For trying the whole line where there is no corpus: `TINY=1 scripts/pipeline` and the tests.
"""

from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray

from dataset import manifest
from dataset.manifest import Clip

RATE = 16_000  # Hz
SECONDS = 3.0
SPEAKERS = 10
FORMANTS = ((700, 1200, 2600), (300, 2300, 3000), (400, 800, 2500), (500, 1800, 2500))  # Hz


def write(target: Path, clips: int) -> None:
    """`clips` human and as many synthetic clips, every fourth speaker's in dev."""
    rows = []
    for number in range(clips):
        for label in ("human", "synthetic"):
            speaker = number % SPEAKERS
            file = Path(label) / f"{number:04}.wav"
            (target / label).mkdir(parents=True, exist_ok=True)
            rng = np.random.default_rng((number, 1))  # both say the same with the same voice
            samples = voice(speaker, label == "human", rng)
            soundfile.write(target / file, samples, RATE, subtype="PCM_16")
            rows.append(
                Clip(
                    file=str(file),
                    label=label,
                    system="human" if label == "human" else "formula",
                    family="human" if label == "human" else "vocoder",
                    language="none",
                    speaker=f"speaker-{speaker}",
                    pair=str(number),
                    source=f"tones-{speaker}",
                    licence="CC0-1.0",
                    seconds=SECONDS,
                    split="dev" if speaker % 4 == 3 else "train",
                )
            )
    manifest.write(rows, target)


def voice(speaker: int, human: bool, rng: np.random.Generator) -> NDArray[np.float32]:
    """Some syllables, float32 of SECONDS at RATE. What is not human has no tremor and no breath."""
    n = int(SECONDS * RATE)
    time = np.arange(n) / RATE
    melody = np.interp(time, np.linspace(0.0, SECONDS, 7), rng.uniform(0.85, 1.2, 7))
    tremor = np.cumsum(rng.normal(0.0, 1.0, n))
    tremor = 0.03 * (tremor - tremor.mean()) / tremor.std()
    breath = rng.normal(0.0, 0.05, n)
    pitch = (95.0 + 14.0 * speaker) * melody * (1.0 + human * tremor)
    phase = 2.0 * np.pi * np.cumsum(pitch) / RATE
    syllables = np.maximum(np.sin(2.0 * np.pi * 3.0 * time), 0.0) ** 0.5
    vowel = FORMANTS[int(rng.integers(len(FORMANTS)))]
    sound = np.zeros(n)
    for harmonic in range(1, 45):
        frequency = harmonic * pitch
        if frequency.min() >= 0.95 * RATE / 2.0:  # so are all that follow
            break
        loudness = sum(np.exp(-(((frequency - f) / (80.0 + 0.06 * f)) ** 2)) for f in vowel)
        audible = frequency < 0.95 * RATE / 2.0
        sound += audible * (0.05 / harmonic + loudness) * np.sin(harmonic * phase)
    sound = syllables * (sound + human * breath)
    sound = 0.2 * sound / np.abs(sound).max() + rng.normal(0.0, 1e-4, n)
    return np.asarray(sound, np.float32)
