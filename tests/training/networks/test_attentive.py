"""The head takes frames of any length; the crops it learns from are balanced and repeatable."""

import numpy as np
import pytest

from dataset.manifest import Clip
from training.networks.attentive import attentive_head
from training.networks.sizes import HeadSize
from training.recipe.crops import LABELS, Crops, Drawing

CLIPS = [Clip(str(i), ("human", "synthetic")[i % 2], source=f"s{i % 3}") for i in range(12)]


def rows(index: int, copy: int) -> np.ndarray:
    return np.full((5 + index, 3), 100.0 * copy + index, np.float16)


def test_a_head_answers_for_any_length() -> None:
    head = attentive_head(HeadSize(8, 1, 4))
    for frames in (4, 24, 101):
        answers = np.array(head(np.ones((2, frames, 512), np.float32)))
        assert answers.shape == (2, 1)
        assert np.isfinite(answers).all()


def test_a_batch_is_the_same_again_and_holds_both_classes() -> None:
    drawing = Drawing(8, (4, 6), 3, mixup=0.0, seed=7)
    one, other = (Crops(CLIPS, range(12), rows, drawing).batch(0, 1) for _ in range(2))
    assert np.array_equal(one[0], other[0])
    assert one[0].shape[0] == 8
    assert one[0].shape[1] in (4, 6)
    assert sorted(set(one[1][:, 0].tolist())) == pytest.approx(LABELS)
    assert np.mean(one[1]) == pytest.approx(0.5)
    for clip, truth in zip(one[0][:, 0, 0], one[1][:, 0], strict=True):
        assert (truth > 0.5) == (CLIPS[int(clip % 100)].label == "synthetic")


def test_mixed_clips_are_taught_as_what_they_are_mixed_of() -> None:
    drawing = Drawing(8, (4,), 1, mixup=1.0)
    x, y = Crops(CLIPS, range(12), rows, drawing).batch(0, 0)
    assert ((y > LABELS[0]) & (y < LABELS[1])).any()
    assert len(np.unique(x)) > len(CLIPS) / 2


def test_one_class_is_refused() -> None:
    with pytest.raises(ValueError, match="no synthetic clip"):
        Crops(CLIPS, [0, 2], rows, Drawing(4, (4,), 1))
