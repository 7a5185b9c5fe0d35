"""`swap convert`: a recording of A through the shared encoder and B's decoder: B says the same."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dataset.engines.copy_synthesis import world
from dataset.engines.copy_synthesis.world import FRAME, Parts
from dataset.engines.swap import network
from dataset.engines.swap.coverage import gaps
from dataset.engines.swap.preprocess import listen
from dataset.engines.swap.run import Run
from dataset.engines.swap.spectra import Spectrogram, envelope, spectrogram
from dataset.engines.swap.voice import moved


class Converter:
    """The voices of a run, ready to be swapped."""

    def __init__(self, folder: Path) -> None:
        self._run = Run.read(folder)
        self._network = self._run.network()
        self.speakers = tuple(self._run.voices)

    def convert(self, recording: Path, a: str, b: str) -> tuple[NDArray[np.float32], list[str]]:
        """Samples at SAMPLE_RATE of what A says, by B, and what B's material did not cover."""
        source, target = self._run.voice(a), self._run.voice(b)
        parts = listen(recording)
        image = spectrogram(parts)
        drawn = network.drawn(
            self._network, self.speakers.index(b), source.scores(image.bands)[None]
        )
        swapped = Spectrogram(target.bands(drawn[0]), image.level)
        made = Parts(
            moved(parts.pitch, source, target),
            envelope(swapped, parts.envelope.shape[1]),
            parts.breath,
            parts.rate,
        )
        doubts = gaps(image.bands[image.spoken], parts.pitch[image.spoken], self._run.voices, a, b)
        n_samples = round(len(parts.pitch) * FRAME / 1000.0 * parts.rate)
        return world.put_together(made, n_samples), doubts
