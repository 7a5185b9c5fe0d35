"""Figures become the tables of MODEL_CARD.md, around the words in `model_card.md`."""

import math
from collections.abc import Iterable
from pathlib import Path
from string import Template

from inference.detector import Detector
from training.audit import audit
from training.evaluation import (
    Figures,
    against_all_humans,
    by,
    figures,
    interval,
    length,
    reasons,
    split,
    voice_notes,
)
from training.served import Answer

TEMPLATE = Path(__file__).parent / "model_card.md"
COLUMNS = ("human", "synthetic", "EER", "false alarms", "misses", "answered", "wrong if answered")


def model_card(model: Path, answers: list[Answer], parity: float) -> str:
    """The whole page about a model file, from its answers and its distance in dB to librosa."""
    card = Detector(model).card
    human, synthetic = split(answers)
    low, high = interval(answers)
    overall = figures(answers)
    return Template(TEMPLATE.read_text(encoding="utf-8")).substitute(
        title=card.title,
        below=f"{card.thresholds[0]:.2f}",
        above=f"{card.thresholds[1]:.2f}",
        human=len(human),
        synthetic=len(synthetic),
        eer=percent(overall.eer),
        interval=f"{percent(low)} to {percent(high)}",
        answered=percent(overall.answered),
        wrong=percent(overall.wrong),
        overall=rows("", {"all of dev": overall}),
        families=rows("synthetic clips of", against_all_humans(answers, lambda a: a.clip.family)),
        languages=rows("language", _groups(by(answers, lambda a: a.clip.language or "?", 20))),
        lengths=rows("speech", _groups(by(answers, length))),
        sources=rows("source", _groups(by(answers, lambda a: a.clip.source, 30))),
        systems=rows("system", against_all_humans(answers, lambda a: a.clip.system)),
        notes=_notes(voice_notes(answers)),
        reasons=_reasons(human, synthetic),
        audit=_audit(answers),
        parity=f"{parity:.3f} dB",
        parameters=f"{card.training['parameters']:,}",
        size=f"{model.stat().st_size / 1e6:.1f} MB",
        data=f"{card.training['data']['clips']:,} clips, of which those of the split `train`.",
    )


def rows(title: str, groups: dict[str, Figures]) -> str:
    lines = [
        (
            name,
            figure.human,
            figure.synthetic,
            percent(figure.eer),
            percent(figure.false_alarms),
            percent(figure.misses),
            percent(figure.answered),
            percent(figure.wrong),
        )
        for name, figure in groups.items()
    ]
    return table((title, *COLUMNS), lines)


def table(head: Iterable[str], lines: Iterable[Iterable[object]]) -> str:
    head = list(head)
    ruled = ["|".join(["", *head, ""]), "|" + "---|" * len(head)]
    return "\n".join([*ruled, *("|".join(["", *map(str, line), ""]) for line in lines)])


def percent(share: float) -> str:
    return "–" if math.isnan(share) else f"{100.0 * share:.1f} %"


def _groups(groups: dict[str, list[Answer]]) -> dict[str, Figures]:
    return {name: figures(group) for name, group in groups.items()}


def _notes(notes: list[Answer]) -> str:
    found = figures(notes)
    return table(
        ("real recordings", "called synthetic", "called human", "not answered"),
        [
            (
                len(notes),
                percent(found.false_alarms),
                percent(found.answered - found.false_alarms),
                percent(1.0 - found.answered),
            )
        ],
    )


def _reasons(human: list[Answer], synthetic: list[Answer]) -> str:
    of_human, of_synthetic = reasons(human), reasons(synthetic)
    lines = [(name, percent(of_human[name]), percent(of_synthetic[name])) for name in of_human]
    return table(("reason", "human clips", "synthetic clips"), lines)


def _audit(answers: list[Answer]) -> str:
    lines = [(name, *(f"{auc:.2f}" for auc in aucs)) for name, aucs in audit(answers).items()]
    return table(("told from", "AUC for the truth", "AUC for the model's opinion"), lines)
