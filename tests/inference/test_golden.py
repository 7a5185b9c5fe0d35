"""The served model says of the clips of the quiz and of /demo what it said when it was promoted.

`python -m tests.inference.test_golden` writes the scores anew, after a promotion.
"""

import json
from pathlib import Path

import pytest

from bot.services.demo import examples
from bot.services.quiz.clips import shipped
from inference.detector import Detector
from inference.pipeline import judge
from inference.registry import default_model

GOLDEN = Path(__file__).parent / "golden.json"
NEAR = 0.02  # another processor rounds otherwise


def scores() -> dict[str, object]:
    """The model's name and its score of each clip."""
    detector = Detector(default_model())
    files = {clip.file: clip.read() for clip in shipped()}
    files |= {example.file: example.read() for example in examples()}
    found = {
        file: round(judge(data, detector, 60.0).verdict.score, 4) for file, data in files.items()
    }
    return {"model": detector.card.title, "scores": found}


def test_the_scores_are_those_of_the_promotion() -> None:
    then, now = json.loads(GOLDEN.read_text()), scores()
    assert now["model"] == then["model"]
    assert now["scores"] == pytest.approx(then["scores"], abs=NEAR)


if __name__ == "__main__":
    GOLDEN.write_text(json.dumps(scores(), indent=2) + "\n")
