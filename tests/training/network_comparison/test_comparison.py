"""The table and the picture of a comparison, from figures that are known."""

import json
import subprocess
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from training.network_comparison.comparison import ROW, Row, compare, figures, markdown
from training.network_comparison.picture import draw


def row(network: str, seed: int, eer: float) -> Row:
    return Row(network, seed, 0.8, float("nan"), eer, 0.5, 44_594, 900.0, 90.0, 60.0, 12.0)


ROWS = [row("cnn", 1, 0.1), row("vit", 1, 0.4), row("cnn", 2, 0.2), row("cnn", 3, 0.3)]


def test_a_line_has_the_mean_and_the_spread_over_the_seeds() -> None:
    head, _, cnn, vit = markdown(ROWS).splitlines()
    assert len({line.count("|") for line in (head, cnn, vit)}) == 1
    assert cnn.startswith("|cnn|3|80.0|")
    assert "|20.0 ± 10.0|" in cnn
    assert vit.startswith("|vit|1|")
    assert "|40.0|" in vit


def test_figures_are_those_of_logits() -> None:
    found = figures(np.array([-2.0, -1.0, 3.0]), np.array([1.0, -1.0]))
    assert found["accuracy"] == pytest.approx((2 / 3 + 1 / 2) / 2)
    assert found["precision"] == pytest.approx(1 / 2)
    each = np.log1p(np.exp([-2.0, -1.0, 3.0, -1.0, 1.0]))
    assert found["error"] == pytest.approx(each.mean())


def test_who_never_calls_a_clip_synthetic_has_no_precision() -> None:
    assert np.isnan(figures(np.array([-2.0]), np.array([-1.0]))["precision"])


def test_the_picture_shows_a_colour_a_network(tmp_path: Path) -> None:
    draw(ROWS, tmp_path / "c.png")
    with Image.open(tmp_path / "c.png") as picture:
        colours = {colour for _, colour in picture.convert("RGB").getcolors(1 << 24) or []}
    assert {(0x3B, 0x6E, 0xA5), (0xC9, 0x7B, 0x2F)} <= colours


def test_figures_of_other_settings_are_not_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "cnn-1").mkdir()
    (tmp_path / "cnn-1" / ROW).write_text(json.dumps(asdict(ROWS[0])))
    refusing = subprocess.CompletedProcess[str]([], 1)
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: refusing)
    with pytest.raises(ValueError, match="cnn-1 could not be trained"):
        compare([tmp_path], tmp_path, ["cnn"], 1, {})

    monkeypatch.setattr(subprocess, "run", lambda *_, **__: subprocess.CompletedProcess([], 0))
    assert [row.eer for row in compare([tmp_path], tmp_path, ["cnn"], 1, {})] == [ROWS[0].eer]
