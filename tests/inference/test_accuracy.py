"""The measurement beside a model: of this very file, or none."""

from pathlib import Path

import pytest

from inference.accuracy import Accuracy, Group, Said, beside, read
from inference.errors import ModelError

DIGEST = "97ff8a35544dcf40ad84047074439dd6aa3a0be469ea578a1b1c017d939ec61c"  # of b"a model"


@pytest.fixture
def model(tmp_path: Path) -> Path:
    path = tmp_path / "ouvido-1.2.3.onnx"
    path.write_bytes(b"a model")
    return path


def measured(digest: str = DIGEST) -> Accuracy:
    groups = {"all": Group(Said(45, 51, 4), Said(40, 52, 8))}
    return Accuracy("ouvido-1.2.3", digest, "ouvido-1.2.3", "dev", groups)


def test_what_is_written_beside_a_model_is_read_again(model: Path) -> None:
    assert beside(model).name == "ouvido-1.2.3.accuracy.json"
    beside(model).write_text(measured().to_json())
    assert read(model) == measured()


def test_without_a_measurement_or_with_that_of_another_file_there_is_none(model: Path) -> None:
    assert read(model) is None
    beside(model).write_text(measured("0" * 64).to_json())
    assert read(model) is None


NO_COUNT = '{"groups": {"all": {"people": {"right": "7"}, "machines": {}}}, "model": "a"}'


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", "7", '{"groups": {"all": {"people": {}}}}', '{"gr', "[" * 100_000, NO_COUNT],
)
def test_a_damaged_measurement_is_refused(text: str, model: Path) -> None:
    beside(model).write_text(text)
    with pytest.raises(ModelError, match="accuracy"):
        read(model)


def test_the_share_of_wrong_answers_weighs_people_and_machines_alike() -> None:
    assert Group(Said(90, 0, 10), Said(7, 100, 3)).wrong_answers == pytest.approx(0.2)
    assert Group(Said(9, 5, 1), Said()).wrong_answers == pytest.approx(0.1)
    assert Group(Said(unsure=3), Said(unsure=4)).wrong_answers is None
