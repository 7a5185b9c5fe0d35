"""How far the spectrogram of the served file lies from librosa's, on real recordings."""

from pathlib import Path

import numpy as np
from tqdm import tqdm

from dataset.features.constant_q import constant_q
from dataset.manifest import Clip
from inference.decoding.audio import decode
from inference.detector import Detector
from training.evaluation.conditions import MAX_SECONDS

DOWN_TO = 70.0  # dB below the loudest cell of a clip; what is weaker is not compared
CLIPS = 100


def parity(model: Path, folder: Path, clips: list[Clip]) -> float:
    """The largest difference in dB over some clips, evenly drawn from `clips`.

    All of them must be there and readable: those that were answered are.
    """
    detector = Detector(model)
    spec = detector.card.spec
    worst = 0.0
    for clip in tqdm(clips[:: max(1, len(clips) // CLIPS)], desc="constant-Q", disable=None):
        samples = decode((folder / clip.file).read_bytes(), MAX_SECONDS)
        if len(samples) < spec.sample_rate:
            continue
        reference = constant_q(samples, spec).T
        served = detector.analyse(samples).spectrogram
        heard = reference > reference.max() - DOWN_TO
        worst = max(worst, float(np.abs(served - reference)[heard].max()))
    return worst
