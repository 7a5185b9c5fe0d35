"""`python -m training faithfulness`: do the marked cells of a saliency map carry the answer?

Cells are deleted from the spectrogram that the network sees, the most marked ones first, and the
score is asked again (deletion, Petsiuk 2018). As many cells are deleted elsewhere for comparison:
the least marked ones, a smooth field drawn by chance, and the clip's own map moved along in time,
which is as smooth and lies in the same bands, but marks what was not meant.
"""

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import onnx.utils
import onnxruntime
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter
from scipy.special import logit
from tqdm import tqdm

from dataset.manifest import Clip
from dataset.markdown import between, percent, table
from inference.decoding.audio import decode
from inference.detector import BRANCHES, SHORTEST, Detector
from inference.errors import DetectionError
from inference.features import FeatureSpec

SHARES = (0.05, 0.1, 0.2, 0.3)  # of the cells that are deleted; the picture marks few of them
MARKED, MOVED, CHANCE, LEAST = "most marked", "marked, moved in time", "by chance", "least marked"
SMOOTH = 8.0  # cells; a cell of the coarse saliency map is 16 columns wide
RESAMPLES = 1000

Floats = NDArray[np.float64]
Map = NDArray[np.float32]  # (columns, n_bins)


@dataclass(frozen=True)
class Window:
    """What the network saw of one clip that it called synthetic, and what its map marks."""

    spectrogram: Map  # dB
    saliency: Map  # 0..1


class Below:
    """The part of a model file behind its spectrogram, which a cell can be taken out of.

    Of a file with two branches only the one that sees the spectrogram.
    """

    def __init__(self, model: Path) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.log_severity_level = 3
        with TemporaryDirectory() as folder:
            part = Path(folder) / "below.onnx"
            names = [output.name for output in onnx.load(model).graph.output]
            self._two = BRANCHES in names
            inputs, outputs = ["spectrogram"], ["score"]
            if self._two:
                inputs, outputs = ["spectrogram", "samples"], [BRANCHES]
            onnx.utils.extract_model(model, part, inputs, outputs)
            self._session = onnxruntime.InferenceSession(
                part.read_bytes(), options, providers=["CPUExecutionProvider"]
            )

    def __call__(self, spectrogram: Map) -> float:
        """The logit of P(synthetic), or what the spectrogram's branch adds to it."""
        if self._two:
            silence = np.zeros((1, FeatureSpec().samples(SHORTEST)), np.float32)
            inputs = {"spectrogram": spectrogram[None], "samples": silence}
            (branches,) = self._session.run([BRANCHES], inputs)
            return float(branches[0, 0])
        (score,) = self._session.run(["score"], {"spectrogram": spectrogram[None]})
        return float(logit(np.clip(score.item(), 1e-7, 1.0 - 1e-7)))


def windows(model: Path, folder: Path, clips: Sequence[Clip], count: int) -> list[Window]:
    """The middles of at most `count` synthetic clips, drawn by chance, that are called synthetic.

    Clips shorter than a window are left out: where silence was added there is nothing to delete.
    So are those that cannot be read, with a word on stderr.
    """
    detector = Detector(model)
    spec = detector.card.spec
    length = (spec.columns - 1) * spec.hop_length  # samples of one window
    synthetic = [clip for clip in clips if clip.label == "synthetic"]
    found: list[Window] = []
    for index in np.random.default_rng(1).permutation(len(synthetic)):
        try:
            samples = decode((folder / synthetic[index].file).read_bytes(), 60.0)
        except (DetectionError, OSError) as error:
            print(f"left out: {synthetic[index].file}: {error}", file=sys.stderr)
            continue
        start = (len(samples) - length) // 2
        if start >= 0 and len(found) < count:
            analysis = detector.analyse(samples[start : start + length])
            if analysis.windows[0].score >= detector.card.thresholds[1]:
                found.append(Window(analysis.spectrogram.T, analysis.saliency.T))
    return found


def falls(
    below: Callable[[Map], float], window: Window, random: np.random.Generator
) -> dict[str, Floats]:
    """How far the logit falls when each of SHARES is deleted, shape (len(SHARES),), each way."""
    whole = below(window.spectrogram)
    smooth, other = (
        gaussian_filter(random.standard_normal(window.saliency.shape), SMOOTH) for _ in range(2)
    )
    saliency = (
        window.saliency + 1e-6 * smooth
    )  # among cells that are not marked at all chance decides
    columns = len(saliency)
    away = int(random.integers(columns // 4, columns - columns // 4))
    ways = {
        MARKED: saliency,
        MOVED: np.roll(saliency, away, axis=0),
        CHANCE: other,
        LEAST: -saliency,
    }
    return {
        way: np.array([whole - below(deleted(window.spectrogram, order, s)) for s in SHARES])
        for way, order in ways.items()
    }


def deleted(spectrogram: Map, order: Floats, share: float) -> Map:
    """The cells highest in `order` take the mean of their bin.

    So voice, microphone and encoder keep their long-term spectrum, and no hole is made: silence in
    the middle of a word is nothing that the network has ever seen, it would answer to the hole.
    """
    there = order >= np.quantile(order, 1.0 - share)
    return np.where(there, spectrogram.mean(axis=0), spectrogram).astype(np.float32)


def report(model: Path, seen: Sequence[Window], seed: int = 1) -> str:
    """Tables of how far the logit falls and of how often the map beats the comparisons."""
    if not seen:
        raise ValueError(f"{model} calls none of these clips synthetic")
    below, random = Below(model), np.random.default_rng(seed)
    each = [falls(below, window, random) for window in tqdm(seen, "deletion", disable=None)]
    fell = {way: np.array([one[way] for one in each]) for way in each[0]}  # (clips, shares)
    lines = [
        (way, *(f"{mean:+.2f}" for mean in found.mean(axis=0)), f"{found.mean():+.2f}")
        for way, found in fell.items()
    ]
    head = ("deleted", *(f"{100 * share:g} % of the cells" for share in SHARES), "mean")
    won = {way: (fell[MARKED].mean(axis=1) > fell[way].mean(axis=1)) for way in fell}
    beats = [
        (way, percent(float(won[way].mean())), between(*_interval(won[way], random)))
        for way in (MOVED, CHANCE, LEAST)
    ]
    return "\n\n".join(
        [
            f"How far the logit falls, mean of {len(seen)} clips:",
            table(head, lines),
            "Clips in which deleting what is marked lets it fall further than deleting",
            table(("", "clips", "95 % interval"), beats),
        ]
    )


def _interval(won: NDArray[np.bool_], random: np.random.Generator) -> tuple[float, float]:
    drawn = random.choice(won, (RESAMPLES, len(won))).mean(axis=1)
    low, high = np.quantile(drawn, [0.025, 0.975])
    return float(low), float(high)
