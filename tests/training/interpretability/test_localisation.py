"""Frames get the scores of the windows over them, and figures that were counted by hand."""

from pathlib import Path

import numpy as np
import onnxruntime
import pytest

from dataset.manifest import Clip
from inference.detector import Detector
from inference.features import FeatureSpec
from inference.registry import default_model
from tests import sounds
from training.interpretability.localisation import (
    FRAME,
    Layout,
    Traced,
    found,
    layouts,
    report,
    trace,
)
from training.interpretability.partial_spoof import Recording, Splice

SPEC = FeatureSpec()


def made(label: str, samples: np.ndarray | None = None) -> Recording:
    """9 s whose middle 3 s are of that label."""
    host = Clip("host.ogg", "human", source="page")
    samples = sounds.silence(9.0) if samples is None else samples
    return Recording(Splice(host, Clip("i.ogg", label, source="page"), host), samples, 3.0, 6.0)


def traced(label: str, windows: list[float], frames: list[float]) -> Traced:
    """Three windows in the middles of the thirds, and frames of a second each."""
    middles = np.array([1.5, 4.5, 7.5])
    truth = np.repeat([False, label == "synthetic", False], 3)
    return Traced(
        made(label), np.array(windows), middles, np.array(frames), np.array(frames), truth
    )


def test_windows_lie_one_hop_apart_and_end_with_the_recording() -> None:
    assert Layout(256, 128).starts(600) == [0, 128, 256, 344]
    assert Layout(128, 64).starts(100) == [0]
    assert layouts(SPEC)[0] == Layout(256, 128)
    assert Layout(256, 128).name(SPEC) == "4.1 s every 2.0 s"


def test_the_served_layout_asks_the_network_what_the_service_asks() -> None:
    recording = made("synthetic", sounds.speech(9.0))
    session = onnxruntime.InferenceSession(default_model(), providers=["CPUExecutionProvider"])
    windows = Detector(default_model()).analyse(recording.samples).windows
    scores = trace(session, recording, layouts(SPEC)[0], SPEC).windows
    assert scores == pytest.approx([window.score for window in windows], abs=1e-5)


def test_a_frame_has_the_mean_and_the_largest_score_of_the_windows_over_it() -> None:
    class Rising:
        """Answers 0.1, 0.2, …"""

        asked = 0

        def run(self, names: list[str], inputs: dict[str, np.ndarray]) -> list[np.ndarray]:
            assert names == ["score"]
            assert inputs["samples"].shape == (1, SPEC.samples(250))
            self.asked += 1
            return [np.array([0.1 * self.asked])]

    one = trace(Rising(), made("synthetic"), Layout(250, 125), SPEC)  # 4 s every 2 s
    assert one.windows == pytest.approx([0.1, 0.2, 0.3, 0.4])
    assert one.middles == pytest.approx([2.0, 4.0, 6.0, 7.008])
    assert len(one.frames) == round(9.0 / FRAME)
    assert one.frames[5] == pytest.approx(0.1)  # at 0.55 s only the first
    assert one.frames[30] == pytest.approx(0.15)
    assert one.peaks[30] == pytest.approx(0.2)
    assert one.forged.sum() == 30
    assert one.forged[30]
    assert not one.forged[29]


def test_nothing_in_a_control_is_forged() -> None:
    session = onnxruntime.InferenceSession(default_model(), providers=["CPUExecutionProvider"])
    assert not trace(session, made("human"), Layout(256, 128), SPEC).forged.any()


def test_figures_of_a_perfect_finger_and_of_one_that_points_aside() -> None:
    sure = traced("synthetic", [0.1, 0.9, 0.1], [0.1] * 3 + [0.9] * 3 + [0.1] * 3)
    aside = traced("synthetic", [0.8, 0.2, 0.1], [0.8] * 3 + [0.2] * 3 + [0.1] * 3)
    calm = traced("human", [0.1, 0.1, 0.1], [0.1] * 9)
    good = found([sure, calm, sure, calm], 0.7, Layout(256, 128), SPEC)
    assert (good.by_mean, good.by_peak, good.clips_by_peak) == (0.0, 0.0, 0.0)
    assert (good.pointed, good.marked, good.accused) == (1.0, 1.0, 0.0)
    assert good.chance == pytest.approx(1 / 3)
    assert good.windows == pytest.approx(60 / 2.048)
    half = found([sure, calm, aside, calm], 0.7, Layout(256, 128), SPEC)
    assert (half.pointed, half.marked) == (0.5, 0.5)
    assert half.by_mean > 0.0


def test_a_control_over_the_threshold_is_accused() -> None:
    sure = traced("synthetic", [0.1, 0.9, 0.1], [0.1] * 9)
    noisy = traced("human", [0.1, 0.1, 0.8], [0.1] * 9)
    assert found([sure, noisy], 0.7, Layout(256, 128), SPEC).accused == 1.0


def test_the_report_has_a_row_a_layout_and_a_row_a_kind_of_insert() -> None:
    pair = [made("synthetic", sounds.speech(9.0)), made("human", sounds.speech(9.0, seed=1))]
    lines = report(Path(default_model()), pair).splitlines()
    assert sum("s every" in line for line in lines) == len(layouts(SPEC))
    assert any(line.startswith("|of the same source|1|") for line in lines)
    assert any(line.startswith("|of another source|0|–|") for line in lines)
