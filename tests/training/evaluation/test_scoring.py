"""Clips on disk are answered by the shipped model, each only once."""

from dataclasses import replace
from pathlib import Path

import pytest
import soundfile

from dataset import manifest
from dataset.manifest import Clip, ManifestError, of_split
from inference.decoding.audio import SAMPLE_RATE
from inference.detector import Detector
from inference.pipeline import judge
from inference.registry import default_model
from tests import sounds
from training.evaluation.conditions import Shortened
from training.evaluation.scoring import Answer, Task, answered, answers


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("clips")
    for name, seed in (("a.wav", 1), ("b.wav", 2)):
        soundfile.write(folder / name, sounds.speech(3.0, seed=seed), SAMPLE_RATE)
    clips = [Clip(name, "human", split="dev", seconds=3.0) for name in ("a.wav", "b.wav")]
    clips += [Clip("gone.wav", "human", split="dev"), Clip("n.wav", "noise", split="dev")]
    manifest.write([*clips, Clip("c.wav", "human", split="train")], folder)
    return folder


def test_a_second_call_asks_only_what_had_no_answer(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clips = of_split(folder, "dev")
    assert [clip.file for clip in clips] == ["a.wav", "b.wav", "gone.wav"]
    tasks = [Task((clips[0], clips[1])), Task((clips[0],), Shortened(1.0))]

    good, bad = answers(default_model(), folder, clips, 1, tmp_path)
    assert [answer.clip for answer in good] == clips[:2]
    assert [(clip.file, "No such file" in why) for clip, why in bad] == [("gone.wav", True)]
    asked = judge((folder / "a.wav").read_bytes(), Detector(default_model()), 60.0)
    assert good[0].verdict == replace(asked.verdict, duration_seconds=None, heard_seconds=None)
    both, cut = answered(default_model(), folder, tasks, 1, tmp_path)
    assert isinstance(both, Answer)
    assert isinstance(cut, Answer)
    assert both.clip.file == "a.wav+b.wav"
    assert both.seconds == both.clip.seconds == 6.0
    assert cut.seconds < 2.0

    monkeypatch.setattr("multiprocessing.get_context", None)  # no more processes
    again, _ = answers(default_model(), folder, clips[:2], 1, tmp_path)
    assert [answer.verdict for answer in again] == [answer.verdict for answer in good]
    known = answered(default_model(), folder, tasks, 1, tmp_path)
    assert [one.verdict for one in known if isinstance(one, Answer)] == [both.verdict, cut.verdict]
    with pytest.raises(TypeError):
        answers(default_model(), folder, clips, 1, tmp_path)  # the lost one is asked for again


def test_a_split_without_clips_is_refused_before_anything_is_scored(folder: Path) -> None:
    with pytest.raises(ManifestError, match=f"{folder} has no clips of the split 'test'"):
        of_split(folder, "test")
