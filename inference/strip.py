"""Windows' spectrograms and heat maps become those of a whole recording, in bounded memory.

Five minutes are kept column by column. Of a longer recording, every minute that is complete is
handed on once as it is, and then kept pooled in time, as fine as a picture can show.
"""

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from inference.features import FeatureSpec

WHOLE = 18_752  # columns that are kept as they are: 5 minutes, 13 MB
POOLED = 4_096  # at most, of a longer recording
MINUTE = 3_760  # columns of a longer recording that are complete before they are pooled

Floats = NDArray[np.float32]


class Strip:
    """A recording of `n_columns` columns, to which windows of `columns` are added in time order."""

    def __init__(
        self, n_columns: int, columns: int, spec: FeatureSpec, complete: Callable[[Floats], None]
    ) -> None:
        """`complete` gets each stretch of the spectrogram once, (n_bins, n_columns) in dB."""
        self.pool = 1 if n_columns <= WHOLE else math.ceil(n_columns / POOLED)  # columns in one
        size = max(n_columns, columns) if self.pool == 1 else MINUTE + columns
        self._decibels = np.full((size, spec.n_bins), spec.floor, np.float32)
        self._heat = np.zeros_like(self._decibels)
        self._first, self._n_columns, self._complete = 0, n_columns, complete
        self._parts: list[tuple[Floats, Floats]] = []

    def add(self, start: int, decibels: Floats, heat: Floats) -> None:
        """A window's spectrogram and heat, (columns, n_bins); where windows overlap, the later
        spectrogram and the larger heat count."""
        if start + len(decibels) - self._first > len(self._decibels):
            self._hand_on((start - self._first) // self.pool * self.pool)
        here = slice(start - self._first, start - self._first + len(decibels))
        self._decibels[here] = decibels
        self._heat[here] = np.maximum(self._heat[here], heat)

    def finish(self) -> tuple[Floats, Floats]:
        """The spectrogram and the heat, (n_bins, n_columns / pool): the means and the maxima."""
        self._hand_on(self._n_columns - self._first)
        decibels, heat = zip(*self._parts, strict=True)
        if len(self._parts) == 1:
            return decibels[0].T, heat[0].T
        return np.concatenate(decibels).T, np.concatenate(heat).T

    def _hand_on(self, count: int) -> None:
        """The first columns of the buffer are complete: room for later ones."""
        decibels, heat = self._decibels[:count], self._heat[:count]
        self._complete(decibels.T)
        if self.pool == 1:
            self._parts.append((decibels, heat))
            return
        starts = np.arange(0, count, self.pool)
        lengths = np.diff(starts, append=count)[:, None].astype(np.float32)
        means = np.add.reduceat(decibels, starts) / lengths
        self._parts.append((means.astype(np.float32), np.maximum.reduceat(heat, starts)))
        for buffer in (self._decibels, self._heat):
            rest = buffer[count:].copy()
            buffer[: len(rest)] = rest
        self._heat[len(self._heat) - count :] = 0.0
        self._first += count
