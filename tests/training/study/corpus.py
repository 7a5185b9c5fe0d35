"""A small folder of clips: voices out of formulas, hiss and hum for noise, three kinds of it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import soundfile

from dataset import manifest, toy_corpus
from dataset.manifest import Clip
from tests import sounds
from training.study.pictures import Folders

KINDS: dict[str, Callable[[float], sounds.Sound]] = {
    "drilling": sounds.noise,
    "siren": sounds.tone,
    "street_music": sounds.music,
}


def write(folder: Path, clips: int, noises: int) -> Folders:
    """So many clips of each class, and noises of each kind."""
    toy_corpus.write(folder, clips)
    rows = [_spoken(clip, number // 2) for number, clip in enumerate(manifest.read(folder))]
    (folder / "noise").mkdir()
    for kind, sound in KINDS.items():
        for number in range(noises):
            file = f"noise/{kind}-{number}.wav"
            soundfile.write(folder / file, sound(1.0 + 0.1 * number), sounds.RATE)
            rows.append(Clip(file, "noise", system=f"urbansound8k-{kind}", source="street"))
    manifest.write(rows, folder)
    return Folders(folder, folder, folder, language="pt")


def _spoken(clip: Clip, number: int) -> Clip:
    """Two speakers of ten are English, and each has an engine of its own."""
    speaker = int(clip.speaker.removeprefix("speaker-"))
    system = f"formula-{speaker}" if clip.label == "synthetic" else "human"
    return replace(clip, language="en" if number % 5 == 4 else "pt-BR", system=system)
