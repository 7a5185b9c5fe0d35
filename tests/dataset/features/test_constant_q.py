"""The quick transform is librosa's."""

from dataclasses import replace

import numpy as np
import pytest

from dataset.features.constant_q import ConstantQ, constant_q
from dataset.features.pictures import SPEC
from inference.features import FeatureSpec
from tests.sounds import Sound, noise, silence, speech

SOUNDS = {"speech": speech(2.1) + noise(2.1, 1e-3), "noise": noise(1.0), "moment": noise(0.05)}


@pytest.mark.parametrize("name", SOUNDS)
@pytest.mark.parametrize("spec", [FeatureSpec(), SPEC], ids=["served", "pictures"])
def test_it_equals_librosa_within_a_ten_thousandth_of_a_decibel(
    spec: FeatureSpec, name: str
) -> None:
    # In 64 bits: in 32, librosa itself is up to 1e-3 dB from its own 64.
    samples = SOUNDS[name].astype(np.float64)
    assert np.allclose(ConstantQ(spec)(samples), constant_q(samples, spec), rtol=0, atol=1e-4)


def test_in_32_bits_it_is_as_near_to_the_truth_as_librosa() -> None:
    spec, sound = FeatureSpec(), SOUNDS["speech"]
    truth = constant_q(sound.astype(np.float64), spec)
    ours, librosas = (
        abs(found - truth).max() for found in (ConstantQ(spec)(sound), constant_q(sound, spec))
    )
    assert ours < max(3 * librosas, 0.005)


def test_one_transform_serves_many_sounds() -> None:
    transform = ConstantQ(FeatureSpec())
    sounds: list[Sound] = [noise(0.5), silence(0.3), noise(0.5)]
    first, quiet, again = (transform(sound) for sound in sounds)
    assert np.array_equal(first, again)
    assert quiet.shape == (1 + 4800 // 256, 168)
    assert np.allclose(quiet, transform.spec.floor)


@pytest.mark.parametrize("change", [{"n_bins": 24}, {"hop_length": 250}, {"sparsity": 0.01}])
def test_what_librosa_would_do_otherwise_is_refused(change: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=r"too low|sparse"):
        ConstantQ(replace(FeatureSpec(), **change))  # type: ignore[arg-type]
