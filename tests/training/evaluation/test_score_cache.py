"""Answers are written down and come back the same; what changed is asked again."""

from pathlib import Path

import numpy as np
import pytest

from dataset.manifest import Clip
from inference.speech import Measures
from inference.verdict import Reason, Verdict, Window
from training.evaluation import score_cache
from training.evaluation.score_cache import Known, ScoreCache

ACTIVE = np.arange(213) % 3 > 0
HEARD = Known(
    Verdict(
        0.4, (0.3, 0.7), (Reason.NOISY, Reason.UNSURE), 2.8, (Window(0.0, 4.1, 0.4),), "test-1"
    ),
    4.26,
    0.02,
    Measures(2.84, -20.5, 4.2, 7000.0, 0.001, ACTIVE),
    (-1.25, 0.5),
)
CLIP = Clip("a.ogg", "human")


@pytest.fixture
def model(tmp_path: Path) -> Path:
    path = tmp_path / "model.onnx"
    path.write_bytes(b"a model")
    return path


def test_an_answer_comes_back_as_it_was(tmp_path: Path, model: Path) -> None:
    first = ScoreCache(tmp_path / "work", model)
    assert "key" not in first
    first.add("key", HEARD)
    verdict, seconds, lead, measures, logits = ScoreCache(tmp_path / "work", model)["key"]
    assert (verdict, seconds, lead) == HEARD[:3]
    assert logits == HEARD.logits
    assert isinstance(verdict.reasons[0], Reason)
    assert measures.active.dtype == np.bool_
    np.testing.assert_array_equal(measures.active, ACTIVE)
    assert (measures.level, measures.clipped) == (-20.5, 0.001)


def test_half_a_line_is_forgotten_and_written_over(tmp_path: Path, model: Path) -> None:
    first = ScoreCache(tmp_path, model)
    first.add("one", HEARD)
    (file,) = tmp_path.glob("*.jsonl")
    whole = file.read_bytes()
    file.write_bytes(whole + whole[:100])
    again = ScoreCache(tmp_path, model)
    again.add("two", HEARD)
    last = ScoreCache(tmp_path, model)
    assert "one" in last
    assert "two" in last


def test_another_model_knows_nothing_of_it(tmp_path: Path, model: Path) -> None:
    ScoreCache(tmp_path, model).add("key", HEARD)
    model.write_bytes(b"another model")
    assert "key" not in ScoreCache(tmp_path, model)


def test_the_key_follows_the_file_and_what_happens_to_it(tmp_path: Path, model: Path) -> None:
    kept = ScoreCache(tmp_path / "work", model)
    (tmp_path / "a.ogg").write_bytes(b"sound")
    plain = kept.key(tmp_path, (CLIP,), "")
    assert kept.key(tmp_path, (CLIP,), "") == plain
    assert kept.key(tmp_path, (CLIP,), "hiss") != plain
    assert kept.key(tmp_path, (CLIP, CLIP), "") != plain
    (tmp_path / "a.ogg").write_bytes(b"another sound")
    assert kept.key(tmp_path, (CLIP,), "") != plain


@pytest.mark.parametrize("changed", ["handled.py", "handling.py", "dynamics.py", "codecs.py"])
def test_another_way_to_handle_clips_is_asked_anew(
    changed: str, tmp_path: Path, model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    remembered_before = ScoreCache(tmp_path / "work", model)
    plain, handled = (remembered_before.key(tmp_path, (CLIP,), how) for how in ("", "a room"))
    read = Path.read_bytes

    def edited(path: Path) -> bytes:
        return read(path) + (b"# new" if path.name == changed else b"")

    score_cache._condition_code.cache_clear()
    monkeypatch.setattr(Path, "read_bytes", edited)
    again = ScoreCache(tmp_path / "work", model)
    assert again.key(tmp_path, (CLIP,), "") == plain
    assert again.key(tmp_path, (CLIP,), "a room") != handled
    monkeypatch.undo()
    score_cache._condition_code.cache_clear()


def test_without_a_folder_nothing_is_written(tmp_path: Path, model: Path) -> None:
    kept = ScoreCache(None, model)
    kept.add("key", HEARD)
    assert kept["key"] == HEARD
    assert list(tmp_path.iterdir()) == [model]
