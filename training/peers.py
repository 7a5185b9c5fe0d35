"""Scores that other detectors gave the same clips: a table per detector, with the columns
`file` (as in the manifest) and `score` (the higher, the more synthetic; any scale)."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from dataset.manifest import ManifestError
from training.served import Answer


def read(path: Path) -> dict[str, float]:
    """Scores by file; raises ManifestError."""
    with path.open(newline="", encoding="utf-8-sig") as file:
        rows = csv.DictReader(file)
        missing = {"file", "score"} - set(rows.fieldnames or ())
        if missing:
            raise ManifestError(f"{path} lacks the columns {sorted(missing)}")
        try:
            return {row["file"]: float(row["score"]) for row in rows}
        except (TypeError, ValueError) as error:
            raise ManifestError(f"{path}, line {rows.line_num}: {error}") from error


def write(answers: Sequence[Answer], path: Path) -> None:
    """The scores of answers as such a table: the model is the next one's peer."""
    with path.open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(("file", "score"))
        table.writerows((a.clip.file, f"{a.verdict.score:.6f}") for a in answers)


def beside(
    answers: Sequence[Answer], name: str, peers: Mapping[str, Mapping[str, float]]
) -> dict[str, list[Answer]]:
    """The model's answers and its peers', on the clips that all of them scored.

    Of a peer's answer only the score is its own.
    """
    common = [a for a in answers if all(a.clip.file in scores for scores in peers.values())]
    others = {
        peer: [_scored(a, scores[a.clip.file]) for a in common] for peer, scores in peers.items()
    }
    return {name: common, **others}


def _scored(answer: Answer, score: float) -> Answer:
    return replace(answer, verdict=replace(answer.verdict, score=score))
