"""The constant-Q layer is librosa's transform, to well within what anybody could hear."""

from dataclasses import replace

import numpy as np
import pytest

from dataset.features.constant_q import constant_q
from inference.features import FeatureSpec
from tests import sounds
from training.export.cqt import ConstantQ, halving_taps

WITHIN = 0.1  # dB
DOWN_TO = -70.0  # dB below the loudest cell


@pytest.mark.parametrize(
    "samples",
    [sounds.speech(5.0), sounds.noise(3.0), sounds.tone(2.0, 61.0), sounds.music(4.0)],
    ids=["speech", "noise", "lowest bin", "music"],
)
def test_the_layer_agrees_with_librosa(samples: sounds.Sound) -> None:
    spec = replace(FeatureSpec(), margin=0)
    samples = samples[: (len(samples) - 1) // spec.hop_length * spec.hop_length + 1]
    reference = constant_q(samples, spec)
    layer = np.asarray(ConstantQ(spec)(samples[None]))[0]
    assert layer.shape == reference.shape
    heard = reference > reference.max() + DOWN_TO
    assert np.abs(layer - reference)[heard].max() < WITHIN


def test_the_margin_is_cut_off_both_ends() -> None:
    whole = FeatureSpec()
    samples = sounds.speech(5.0)[: whole.samples(200)][None]
    everything = np.asarray(ConstantQ(replace(whole, margin=0))(samples))
    inner = np.asarray(ConstantQ(whole)(samples))
    assert inner.shape == (1, 200, whole.n_bins)
    np.testing.assert_allclose(inner, everything[:, whole.margin : -whole.margin], atol=1e-4)


def test_halving_keeps_the_energy_of_what_it_lets_through() -> None:
    taps = halving_taps("soxr_hq")
    assert taps.sum() == pytest.approx(np.sqrt(2.0), abs=1e-4)
    np.testing.assert_allclose(taps, taps[::-1], atol=1e-6)
