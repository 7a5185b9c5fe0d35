"""A spectrogram goes in; whether several people speak over each other in it comes out.

A small network beside the detector, which looks at the spectrogram that the detector has made.
Written and measured by `python -m training overlap`.
"""

import hashlib
import json
import math
from dataclasses import asdict, dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from inference.errors import ModelError
from inference.features import FeatureSpec
from inference.onnx_session import session

FILE = Path(__file__).parent / "models" / "overlap.onnx"
SPEC = FeatureSpec()  # of the spectrograms that it knows
COLUMNS = 188  # of one look: 3 s
RANGE = 60.0  # dB that it sees, from the loudest cells down
FAINTEST = -60.0  # dB; silence is not brightened up into voices
SILENT = -200.0  # dB; what lies behind the end of a short recording
# Two looks or fewer, a note of up to 6 s, have to be surer. Of 472 clips of people of dev that last
# 3 to 6 s, 8 are over 2 and 4 over 3; of 276 longer ones 1. Of 174 mixtures of two of them 74 % and
# 55 % are, and the detector calls 1 mixture in 100 a machine, where it calls 5 of 106 single voices
# one: a greeting that is refused does more harm.
FEW_COLUMNS = 2 * COLUMNS
SURE_OF_FEW = 3.0  # logits
BATCH = 8  # looks a call: those of five minutes at once would take 200 MB

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class OverlapCard:
    """Which file the network is, and how sure it must be."""

    sha256: str
    overlap: float = float("inf")  # least logits, mean over the recording
    measured: dict[str, float] = field(default_factory=dict)  # shares, 0..1

    def to_json(self) -> str:
        return json.dumps(asdict(self), indent=2) + "\n"


class OverlapNetwork:
    """The network; refuses a file that is not the one of the card beside it."""

    def __init__(self, file: Path = FILE) -> None:
        try:
            data = file.read_bytes()
            self.card = OverlapCard(**json.loads(file.with_suffix(".json").read_text()))
        except (OSError, TypeError, ValueError) as error:
            raise ModelError(f"the model {file} cannot be read: {error}") from error
        if (found := hashlib.sha256(data).hexdigest()) != self.card.sha256:
            raise ModelError(f"{file} is damaged: its SHA-256 is {found}")
        self._session = session(data, file)
        self._input = self._session.get_inputs()[0].name

    def logit(self, spectrogram: Floats, spec: FeatureSpec) -> float:
        """Of people over each other; as low as can be for a spectrogram of another kind."""
        return self.logits(spectrogram)[0] if spec == SPEC else -math.inf

    def is_overlap(self, logit: float, columns: int) -> bool:
        """Whether the mean over a recording of so many columns says that people overlap."""
        few = columns <= FEW_COLUMNS
        return logit >= (max(self.card.overlap, SURE_OF_FEW) if few else self.card.overlap)

    def logits(self, spectrogram: Floats) -> tuple[float, float]:
        """Logits of people over each other, and of music, means over the recording.

        Nothing rests on the second: it finds too little (see the card's figures).
        """
        seen = looks(spectrogram)
        parts = [
            self._session.run(None, {self._input: seen[first : first + BATCH]})[0]
            for first in range(0, len(seen), BATCH)
        ]
        overlap, music = np.concatenate(parts).mean(axis=0)
        return float(overlap), float(music)


def looks(spectrogram: Floats) -> Floats:
    """Stretches of 3 s as the network takes them, 0..1, shape (n, COLUMNS, n_bins)."""
    columns = spectrogram.shape[1]
    cells = spectrogram[:, ::2]
    loudest = max(float(np.quantile(cells, 0.998)), FAINTEST) if cells.size else FAINTEST
    starts = np.linspace(0, max(0, columns - COLUMNS), max(1, math.ceil(columns / COLUMNS)))
    padded = np.pad(spectrogram, ((0, 0), (0, max(0, COLUMNS - columns))), constant_values=SILENT)
    seen: Floats = padded.T[starts.round().astype(int)[:, None] + np.arange(COLUMNS)]
    seen -= np.float32(loudest)  # in place: five minutes take 13 MB a copy
    seen /= np.float32(RANGE)
    seen += np.float32(1.0)
    return np.clip(seen, 0.0, 1.0, out=seen)
