"""A folder of clips out of formulas: people are vowels with jitter, machines without any hiss."""

from pathlib import Path

import numpy as np
import soundfile

from dataset import manifest
from dataset.manifest import Clip
from tests import sounds


def make(folder: Path, clips: int = 48) -> Path:
    """A third noise; of the rest half synthetic, with a buzz; two sources, every fourth in dev."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for number in range(clips):
        label = ("human", "synthetic", "human", "synthetic", "noise")[number % 5]
        sound = sounds.speech(1.5, pitch=100.0 + 3 * number, seed=number)
        if label == "synthetic":
            sound = sound + (0.05 * np.sign(sounds.tone(1.5, 1_900.0))).astype(np.float32)
        if label == "noise":
            sound = sounds.noise(1.5, seed=number)
        name = f"{number}.wav"
        soundfile.write(folder / name, sound, sounds.RATE)
        split = "dev" if number % 4 == 0 and label != "noise" else "train"
        made.append(Clip(name, label, label, split=split, source=f"s{number // 5 % 2}"))
    manifest.write(made, folder)
    return folder
