"""A picture shows a spectrogram as the study drew it, and not how long the clip was."""

import numpy as np
import pytest

from dataset.features.pictures import KINDS, RANGE, SPEC, picture

RAMP = np.tile(np.linspace(-60.0, 0.0, SPEC.n_bins, dtype=np.float32), (600, 1))


@pytest.mark.parametrize(("kind", "size"), [("grey", (256, 256)), ("colour", (512, 256))])
@pytest.mark.parametrize("columns", [1, 100, 600])
def test_the_size_is_the_studys_whatever_the_length(
    kind: str, size: tuple[int, int], columns: int
) -> None:
    assert picture(RAMP[:columns], KINDS[kind]).size == size


def test_high_frequencies_are_above_and_loud_ones_bright() -> None:
    grey = np.asarray(picture(RAMP, KINDS["grey"]))
    assert (grey[0] == 255).all()
    assert (grey[-1] == round(255 * (1 - 60 / RANGE))).all()


def test_colours_are_viridis() -> None:
    colour = np.asarray(picture(RAMP - 1000.0 * (RAMP < -30.0), KINDS["colour"]))
    assert colour[0, 0].tolist() == [253, 231, 36]
    assert colour[-1, 0].tolist() == [68, 1, 84]


def test_loudness_does_not_show() -> None:
    kind = KINDS["grey"]
    loud, quiet = (np.asarray(picture(RAMP - down, kind), np.int16) for down in (0.0, 20.0))
    assert abs(loud - quiet).max() <= 1  # of 255: rounding


def test_a_short_clip_goes_round_and_a_long_one_shows_its_middle() -> None:
    columns = np.linspace(0, 1, 400, dtype=np.float32)[:, None].repeat(256, axis=1)
    short = np.asarray(picture(columns[:200], KINDS["grey"]))
    assert np.array_equal(short[:, :56], short[:, 200:])
    long = np.asarray(picture(columns, KINDS["grey"]))
    assert np.array_equal(long[0], np.asarray(picture(columns[72:328], KINDS["grey"]))[0])
