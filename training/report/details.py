"""What is too long for a model card: its pictures, and all figures by source and by system."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from inference.detector import Detector
from training.evaluation import baselines
from training.evaluation.figures import by, of_families, scores, split, with_all_humans
from training.evaluation.robustness import Conditions
from training.evaluation.scoring import Answer
from training.evaluation.slices import NEW_SPEECH, collections, in_portuguese, named
from training.report import plots
from training.report.tables import everything

HEAD = """# Details of {title}

Made by `python -m training evaluate`, beside MODEL_CARD.md, which says what the columns mean.
"""


def write(
    model: Path,
    answers: list[Answer],
    folder: Path,
    conditions: Conditions,
    others: Mapping[str, Mapping[str, float]],
) -> None:
    """Leave details.md, scores.png, det.png and reliability.png in a folder."""
    card = Detector(model).card
    folder.mkdir(parents=True, exist_ok=True)
    page = [HEAD.format(title=card.title), *_tables(answers, conditions)]
    (folder / "details.md").write_text("\n\n".join(page) + "\n", encoding="utf-8")
    human, synthetic = _scores(answers)
    plots.histogram(human, synthetic, card.thresholds, folder / "scores.png")
    if human and synthetic:
        plots.reliability_plot(human, synthetic, folder / "reliability.png")
        groups = {
            card.title: answers,
            "text-to-speech and voice conversion": of_families(answers, NEW_SPEECH),
            "Portuguese": [a for a in answers if in_portuguese(a)],
        }
        compared = baselines.beside(answers, card.title, others) if others else {}
        drawn = groups | {name: some for name, some in compared.items() if name in others}
        both = {name: _scores(some) for name, some in drawn.items()}
        plots.det({name: some for name, some in both.items() if all(some)}, folder / "det.png")


def _tables(answers: list[Answer], conditions: Conditions) -> list[str]:
    tables = [
        "## Slices\n\n" + everything("slice", named(answers)),
        "## By family, each against every human clip\n\n"
        + everything("family", with_all_humans(answers, lambda a: a.clip.family, 1)),
        "## By collection, each against every human clip\n\n"
        + everything("collection", collections(answers)),
        "## By language\n\n"
        + everything("language", by(answers, lambda a: a.clip.language or "?")),
        "## By source\n\n" + everything("source", by(answers, lambda a: a.clip.source)),
        "## By system, each against every human clip\n\n"
        + everything("system", with_all_humans(answers, lambda a: a.clip.system)),
    ]
    for kind, groups in conditions.items():
        tables.append(f"## After {kind}\n\n" + everything("", groups))
    return tables


def _scores(answers: Sequence[Answer]) -> tuple[list[float], list[float]]:
    human, synthetic = split(answers)
    return scores(human), scores(synthetic)
