"""The answers are told apart by eyes that see no red or no green, and on grey paper."""

from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray

from inference.drawing import palette

# Of linear RGB; G. Machado et al. 2009, severity 1.
EYES = {
    "all colours": np.eye(3),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
}


def luminance(colour: palette.Colour, eyes: NDArray[np.float64]) -> float:
    """As WCAG 2 has it, 0..1, of what such eyes see."""
    values = np.array(colour) / 255
    linear = np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)
    return float(np.clip(eyes @ linear, 0, 1) @ [0.2126, 0.7152, 0.0722])


def contrast(one: palette.Colour, other: palette.Colour, eyes: NDArray[np.float64]) -> float:
    dark, bright = sorted(luminance(colour, eyes) + 0.05 for colour in (one, other))
    return bright / dark


@pytest.mark.parametrize("eyes", EYES.values(), ids=EYES)
def test_answers_and_marks_differ_in_luminance(eyes: NDArray[np.float64]) -> None:
    answers = (palette.UNSURE, palette.PERSON, palette.MACHINE)
    for one, other in pairwise(answers):
        assert contrast(one, other, eyes) >= 1.4
    for colour in (*answers, palette.TEXT, palette.FAINT):
        assert contrast(colour, palette.BACKGROUND, eyes) >= 3
    # An outline is a bright line between two dark ones: it is seen on any colour of a spectrogram.
    assert contrast(palette.MACHINE, palette.BACKGROUND, eyes) >= 7
