"""The last layer is fitted on sources that hold both classes, each weighing the same in them."""

import pytest

from dataset.manifest import Clip
from training.head import matched_weights


def clips(source: str, human: int, synthetic: int) -> list[Clip]:
    labels = ["human"] * human + ["synthetic"] * synthetic
    return [Clip("", label, source=source) for label in labels]


def test_a_source_of_one_class_does_not_count() -> None:
    assert not matched_weights(clips("phones", 5, 0), 0.5).any()


def test_both_classes_of_a_source_weigh_the_same() -> None:
    weights = matched_weights([*clips("page", 4, 100), *clips("phones", 50, 0)], 0.5)
    assert weights[:4].sum() == pytest.approx(weights[4:104].sum())
    assert weights[104:].sum() == 0.0


def test_a_source_weighs_as_its_smaller_class() -> None:
    weights = matched_weights([*clips("large", 100, 900), *clips("small", 4, 900)], 0.5)
    assert weights[:1000].sum() / weights[1000:].sum() == pytest.approx((100 / 4) ** 0.5)
