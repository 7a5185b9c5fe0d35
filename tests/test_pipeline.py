"""The whole line on voices out of formulas: clips → arrays → network → served file → verdicts."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from dataset import manifest
from inference.detector import Detector
from inference.pipeline import judge

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return run(tmp_path_factory.mktemp("pipeline"))


def run(out: Path) -> Path:
    """The script's own commands; their pools need no Ray, which tests/dataset/ starts."""
    python = out / "python"
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m tests.pools "$@"\n')
    python.chmod(0o755)
    environment = {**os.environ, "TINY": "1", "PYTHON": str(python)}
    call = ["bash", str(ROOT / "scripts" / "pipeline"), str(out)]
    done = subprocess.run(call, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]
    return out


@pytest.mark.slow
def test_the_served_file_tells_the_formulas_apart(made: Path) -> None:
    detector = Detector(made / "ouvido-0.0.0.onnx")
    clips = [clip for clip in manifest.read(made / "clips") if clip.split == "dev"]
    scores: dict[str, list[float]] = {"human": [], "synthetic": []}
    for clip in clips:
        data = (made / "clips" / clip.file).read_bytes()
        scores[clip.label].append(judge(data, detector, 60.0).verdict.score)
    pairs = [(h, s) for h in scores["human"] for s in scores["synthetic"]]
    assert len(pairs) >= 100
    assert sum(s > h for h, s in pairs) / len(pairs) > 0.9


@pytest.mark.slow
def test_the_run_says_how_to_repeat_it(made: Path) -> None:
    facts = json.loads((made / "run" / "run.json").read_text())
    assert facts["plan"]["recipe"]["seed"] == 1
    assert facts["plan"]["epochs"] == 3
    assert len(facts["data"]["manifest_sha256"]) == 64
    assert set(facts["versions"]) == {"python", "tensorflow", "keras", "numpy"}
    assert Detector(made / "ouvido-0.0.0.onnx").card.training["plan"] == facts["plan"]


@pytest.mark.slow
def test_the_model_card_has_figures_and_no_gaps(made: Path) -> None:
    page = (made / "MODEL_CARD.md").read_text()
    assert "$" not in page
    assert "|all of dev|" in page
    assert "|vocoder|" in page


@pytest.mark.slow
@pytest.mark.exhaustive
def test_a_second_call_goes_on_where_the_first_one_stopped(made: Path) -> None:
    before = (made / "run" / "curve.csv").read_text()
    run(made)
    assert (made / "run" / "curve.csv").read_text() == before
