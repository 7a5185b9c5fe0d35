"""Which clips meet which conditions, and where their answers go."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from dataset import manifest
from dataset.manifest import Clip
from tests.training.answers import answer
from training.evaluation import robustness
from training.evaluation.handled import HANDLINGS
from training.evaluation.robustness import (
    AS_THEY_ARE,
    Conditions,
    RobustnessConfig,
    recorded,
    scored_under_conditions,
)
from training.evaluation.scoring import Answer, Task

PLAIN = [
    answer(label, 0.2, f"{label} {number % 3}", file=f"{label}{number}.ogg")
    for label in ("human", "synthetic")
    for number in range(24)
]


@pytest.fixture(autouse=True)
def _pretended(monkeypatch: pytest.MonkeyPatch) -> None:
    def answered(
        model: Path, folder: Path, tasks: Sequence[Task], *_: object
    ) -> list[Answer | str]:
        return [
            replace(PLAIN[0], clip=task.clips[0])
            if task.clips[0].file != "human3.ogg"
            else "it did not survive"
            for task in tasks
        ]

    monkeypatch.setattr(robustness, "answered", answered)


def found(*kinds: str, limit: int = 100) -> Conditions:
    noises = (Path("one.wav"), Path("two.wav"))
    return scored_under_conditions(Path(), Path(), PLAIN, RobustnessConfig(kinds, limit, noises), 1)


def test_every_condition_stands_beside_the_same_clips_untouched() -> None:
    conditions = found("codecs", "noise", limit=20)
    assert set(conditions) == {"codecs", "noise"}
    for groups in conditions.values():
        assert next(iter(groups)) == AS_THEY_ARE
        untouched = groups[AS_THEY_ARE]
        assert len(untouched) == 20
        assert all(a in PLAIN for a in untouched)
        for group in groups.values():
            assert {a.clip.file for a in group} <= {a.clip.file for a in untouched}
    assert len(conditions["noise"]) == 1 + 8


def test_handling_meets_the_same_clips_as_codecs_do() -> None:
    conditions = found("codecs", "handling", limit=4)
    assert list(conditions["handling"]) == [AS_THEY_ARE, *HANDLINGS]
    assert conditions["handling"][AS_THEY_ARE] == conditions["codecs"][AS_THEY_ARE]
    assert {len(group) for group in conditions["handling"].values()} == {4}


def test_what_does_not_survive_a_condition_is_missing_there() -> None:
    groups = found("codecs")["codecs"]
    assert len(groups[AS_THEY_ARE]) == 48
    assert {len(group) for name, group in groups.items() if name != AS_THEY_ARE} == {47}


def test_long_recordings_are_joined_and_cut_to_every_length() -> None:
    conditions = found("lengths")
    assert list(conditions["lengths"]) == [AS_THEY_ARE, "1 s", "2 s", "4 s"]
    assert list(conditions["joined"]) == ["1 s", "2 s", "4 s", "8 s", "30 s"]
    assert {len(group) for group in conditions["joined"].values()} == {6}  # of 8 clips of 5 s each


def test_nothing_is_asked_for_nothing() -> None:
    assert found() == {}


def test_an_unknown_condition_is_refused() -> None:
    with pytest.raises(ValueError, match="rain"):
        RobustnessConfig(("codecs", "rain"))


def test_noises_are_those_of_the_split_where_it_has_any(tmp_path: Path) -> None:
    clips = [Clip(f"{split}.wav", "noise", split=split) for split in ("train", "dev")]
    manifest.write([*clips, Clip("a.wav", "human", split="test")], tmp_path)
    assert recorded(tmp_path, "dev") == (tmp_path / "dev.wav",)
    assert recorded(tmp_path, "test") == (tmp_path / "dev.wav", tmp_path / "train.wav")
