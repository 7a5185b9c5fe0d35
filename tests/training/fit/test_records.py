"""A run says what it was made of, and is not gone on with as another one."""

import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest

from tests.training.synthetic import make
from training.data.arrays import Arrays
from training.data.batches import Recipe
from training.fit.records import RUN, made_of, refuse_other, write_run
from training.fit.trainer import Fit


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("arrays"), 12)


def facts(data: Path, plan: Fit | None = None, start: Path | None = None) -> dict[str, Any]:
    settings = {"network": "cnn", "plan": asdict(plan or Fit())}
    return made_of(settings, [data], Arrays.read(data), start)


def test_other_settings_are_refused_by_name(data: Path, tmp_path: Path) -> None:
    write_run(tmp_path, facts(data, Fit(recipe=Recipe(splits=("train", "dev")))))
    before = (tmp_path / RUN).read_bytes()
    with pytest.raises(ValueError, match=r"with other plan\.recipe\.splits, plan\.epochs:"):
        refuse_other(tmp_path, facts(data, replace(Fit(), epochs=99)))
    assert (tmp_path / RUN).read_bytes() == before


def test_other_data_and_another_start_are_refused(data: Path, tmp_path: Path) -> None:
    run, first = tmp_path / "run", tmp_path / "first"
    write_run(first, facts(data))
    write_run(run, facts(data))
    with pytest.raises(ValueError, match=r"other data\.manifest_sha256, data\.clips:"):
        refuse_other(run, facts(make(tmp_path / "arrays", 15)))
    with pytest.raises(ValueError, match="with other start:"):
        refuse_other(run, facts(data, start=first))


def test_another_commit_may_go_on_and_the_first_one_stays_written(
    data: Path, tmp_path: Path
) -> None:
    write_run(tmp_path, facts(data) | {"commit": "a", "versions": {"keras": "3.0"}})
    now = facts(data) | {"commit": "b"}
    refuse_other(tmp_path, now)
    write_run(tmp_path, now)
    assert json.loads((tmp_path / RUN).read_text())["commit"] == "a"
