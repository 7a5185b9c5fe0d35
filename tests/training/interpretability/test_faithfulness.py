"""A map that marks what the answer rests on wins against chance; one that does not, does not."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import onnx
import pytest
import soundfile

from dataset.manifest import Clip
from inference.card import KEY
from inference.detector import Detector, probe
from inference.registry import default_model
from tests import sounds
from training.interpretability.faithfulness import (
    CHANCE,
    LEAST,
    MARKED,
    MOVED,
    SHARES,
    Below,
    Window,
    deleted,
    falls,
    report,
    windows,
)

SHAPE = (256, 168)
SPOT = slice(64, 96), slice(40, 100)  # what the made-up network listens to: 4.5 % of the cells


def listener(spectrogram: np.ndarray) -> float:
    return float(spectrogram[SPOT].mean())


def window(*, marked: bool) -> Window:
    """A loud spot, and a map that marks it or the same spot elsewhere."""
    spectrogram, saliency = np.zeros(SHAPE, np.float32), np.zeros(SHAPE, np.float32)
    spectrogram[SPOT] = 20.0
    saliency[SPOT] = 1.0
    return Window(spectrogram, saliency if marked else np.roll(saliency, 128, axis=0))


def test_deleting_what_a_true_map_marks_takes_the_answer_away() -> None:
    fell = falls(listener, window(marked=True), np.random.default_rng(1))
    assert fell[MARKED][0] == pytest.approx(20.0 * (1 - 32 / 256))  # all of it, to its bins' mean
    assert fell[LEAST][0] == 0.0
    for way in (MOVED, CHANCE):
        assert fell[way].mean() < fell[MARKED].mean()


def test_a_map_that_marks_the_wrong_place_does_not_win() -> None:
    fell = falls(listener, window(marked=False), np.random.default_rng(1))
    assert fell[MARKED][0] < 5.0
    assert not fell[MARKED].mean() > fell[CHANCE].mean() + 5.0


def test_a_share_of_the_cells_takes_the_mean_of_their_bins() -> None:
    random = np.random.default_rng(2)
    spectrogram = random.normal(size=SHAPE).astype(np.float32)
    order = random.normal(size=SHAPE)
    left = deleted(spectrogram, order, 0.1)
    changed = left != spectrogram
    assert changed.mean() == pytest.approx(0.1, abs=0.001)
    assert order[changed].min() > order[~changed].max()
    assert left[changed] == pytest.approx(np.tile(spectrogram.mean(axis=0), (256, 1))[changed])


def test_the_part_below_the_spectrogram_answers_as_the_branch_that_sees_it() -> None:
    analysis = Detector(default_model()).analyse(probe()[: 255 * 256])
    ((pictured, _),) = analysis.branches
    assert Below(default_model())(analysis.spectrogram.T) == pytest.approx(pictured, abs=1e-4)


def test_only_whole_windows_that_are_called_synthetic_are_looked_at(tmp_path: Path) -> None:
    for name, seconds in (("long", 6.0), ("longer", 7.0), ("short", 2.0)):
        soundfile.write(tmp_path / f"{name}.wav", sounds.speech(seconds), sounds.RATE)
    clips = [
        Clip("long.wav", "synthetic"),
        Clip("lost.wav", "synthetic"),
        Clip("longer.wav", "human"),
        Clip("short.wav", "synthetic"),
    ]
    assert windows(default_model(), tmp_path, clips, 5) == []  # the voice is called human
    file = accusing(tmp_path)
    (seen,) = windows(file, tmp_path, clips, 5)
    assert seen.spectrogram.shape == seen.saliency.shape == SHAPE
    assert "mean of 1 clips" in (page := report(file, [seen]))
    assert all(f"{100 * share:g} %" in page for share in SHARES)
    with pytest.raises(ValueError, match="none of these"):
        report(file, [])


def accusing(folder: Path) -> Path:
    """The served file with thresholds under every score."""
    model = onnx.load(default_model())
    card = replace(Detector(default_model()).card, thresholds=(0.0, 0.0))
    onnx.helper.set_model_props(model, {KEY: card.to_json()})
    onnx.save(model, folder / "accusing.onnx")
    return folder / "accusing.onnx"
