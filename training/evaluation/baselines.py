"""Scores that other detectors gave the same clips: a table per detector, with the columns
`file` (as in the manifest) and `score` (the higher, the more synthetic; any scale)."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from dataset.manifest import ManifestError

if TYPE_CHECKING:  # other detectors' environments lack what scoring with our model needs
    from training.evaluation.scoring import Answer

COLUMNS = ("file", "score")


def read(path: Path) -> dict[str, float]:
    """Scores by file; raises ManifestError."""
    with path.open(newline="", encoding="utf-8-sig") as file:
        rows = csv.DictReader(file)
        missing = set(COLUMNS) - set(rows.fieldnames or ())
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
        table.writerow(COLUMNS)
        table.writerows((a.clip.file, f"{a.verdict.score:.6f}") for a in answers)


def resume(path: Path) -> dict[str, float]:
    """The scores in a table that `append` made, without a half-written last line, which is cut off.

    Where there is no table an empty one is made. Raises ManifestError, and changes nothing, when
    the file is no such table.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    header = ",".join(COLUMNS).encode() + b"\r\n"
    with path.open("a+b") as table:
        table.seek(0)
        content = table.read()
        if not content.startswith(header):
            if not header.startswith(content):
                raise ManifestError(f"{path} is there and is no table of scores to go on with")
            content = b""
        table.truncate(content.rfind(b"\n") + 1)
        if not content:
            table.write(header)
    return read(path)


def append(path: Path, file: str, score: float) -> None:
    """One more score; it is in the file when this returns."""
    with path.open("a", newline="", encoding="utf-8") as table:
        csv.writer(table).writerow((file, f"{score:.6f}"))


def beside(
    answers: Sequence[Answer], name: str, baselines: Mapping[str, Mapping[str, float]]
) -> dict[str, list[Answer]]:
    """The model's answers and its baselines', on the clips that all of them scored.

    Of a peer's answer only the score is its own.
    """
    common = [a for a in answers if all(a.clip.file in scores for scores in baselines.values())]
    others = {
        peer: [_scored(a, scores[a.clip.file]) for a in common]
        for peer, scores in baselines.items()
    }
    return {name: common, **others}


def _scored(answer: Answer, score: float) -> Answer:
    return replace(answer, verdict=replace(answer.verdict, score=score))
