"""Formula voices for the voice swap: a low one, and a high one with a throat a fifth shorter."""

import argparse
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray

from dataset import manifest, toy_corpus
from dataset.engines.swap import commands
from dataset.manifest import Clip

THROATS = {"low": 1.0, "high": 1.2, "third": 0.9}  # how much shorter than the low one's
PITCHES = {"low": 0, "high": 6, "third": 3}  # tones' speakers: 95, 179 and 137 Hz before the throat


def say(speaker: str, number: int) -> NDArray[np.float32]:
    """The same number is the same sentence."""
    samples = toy_corpus.voice(PITCHES[speaker], True, np.random.default_rng((number, 1)))
    count = round(len(samples) / THROATS[speaker])
    places = np.linspace(0, len(samples) - 1, count)
    return np.interp(places, np.arange(len(samples)), samples).astype(np.float32)


def write(folder: Path, clips: int) -> None:
    """That many sentences of each speaker, with a manifest."""
    folder.mkdir()
    rows = []
    for speaker in THROATS:
        for number in range(clips):
            file = f"{speaker}-{number}.wav"
            soundfile.write(folder / file, say(speaker, number), toy_corpus.RATE, subtype="PCM_16")
            rows.append(Clip(file, "human", speaker=speaker, pair=str(number)))
    manifest.write(rows, folder)


def command(line: str) -> int:
    """Run one of `python -m dataset swap …`'s steps; the paths have no spaces."""
    parser = argparse.ArgumentParser()
    commands.add(parser.add_subparsers())
    options = parser.parse_args(["swap", *line.split()])
    code: int = options.run_command(options)
    return code
