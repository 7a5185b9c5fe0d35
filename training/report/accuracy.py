"""Answers become the counts that the bot tells of its model, see `inference.accuracy`."""

from collections.abc import Sequence
from pathlib import Path

from dataset.files import sha256
from inference.accuracy import Accuracy, Group, Said
from inference.detector import Detector
from inference.verdict import Label
from training.evaluation.figures import by, called, split, voice_notes
from training.evaluation.robustness import AS_THEY_ARE, Conditions
from training.evaluation.scoring import Answer

LENGTHS = {
    "under_2": (0.0, 2.0),
    "2_to_4": (2.0, 4.0),
    "over_4": (4.0, float("inf")),
}  # s of speech
FEWEST = 20  # clips of a language that is told apart
FAMILIES = ("tts", "vc", "vocoder", "codec")
CONDITIONS = {  # the kind and the name that `training.evaluation.robustness` gives it
    "as_recorded": ("codecs", AS_THEY_ARE),
    "whatsapp": ("codecs", "WhatsApp-like (Opus 16 kbit/s, for voice)"),
    "telephone": ("codecs", "AMR-NB 12.2 kbit/s (telephone)"),
    "mp3": ("codecs", "MP3 48 kbit/s"),
    "iphone": ("codecs", "AAC 64 kbit/s, then WhatsApp-like"),
    "noise_20": ("noise", "recorded noise, 20 dB"),
    "noise_10": ("noise", "recorded noise, 10 dB"),
    "joined_8": ("joined", "8 s"),
    "joined_30": ("joined", "30 s"),
}


def accuracy(
    model: Path,
    measured: Path,
    part: str,
    answers: Sequence[Answer],
    conditions: Conditions,
    known: set[str],
) -> Accuracy:
    """Count the answers of `measured`; `known` are the systems that it learnt from."""
    _, machines = split(answers)
    groups = {
        "all": list(answers),
        "voice_notes": voice_notes(list(answers)),
        **_languages(answers),
        **{f"speech_{name}": _between(answers, *edges) for name, edges in LENGTHS.items()},
        **{name: [a for a in machines if a.clip.family == name] for name in FAMILIES},
    }
    if known:
        groups["met"] = [a for a in machines if a.clip.system in known]
        groups["never_met"] = [a for a in machines if a.clip.system not in known]
    for name, (kind, condition) in CONDITIONS.items():
        if condition in conditions.get(kind, {}):
            groups[name] = conditions[kind][condition]
    return Accuracy(
        model=Detector(model).card.title,
        sha256=sha256(model),
        measured=Detector(measured).card.title,
        split=part,
        groups={name: _group(found) for name, found in groups.items()}
        | {"leaning": _leaning(answers)},
    )


def _languages(answers: Sequence[Answer]) -> dict[str, list[Answer]]:
    """By the first part of the language: that of Portugal and that of Brazil are one."""
    named = [a for a in answers if a.clip.language]
    found = by(named, lambda a: f"language_{a.clip.language.split('-')[0]}", FEWEST)
    found.pop("the others", None)
    return found


def _between(answers: Sequence[Answer], low: float, high: float) -> list[Answer]:
    return [a for a in answers if low <= a.measures.speech_seconds < high]


def _group(answers: Sequence[Answer]) -> Group:
    people, machines = split(answers)
    return Group(_said(people, Label.HUMAN), _said(machines, Label.SYNTHETIC))


def _leaning(answers: Sequence[Answer]) -> Group:
    """Of "I can't tell" what leans to one side, see `Verdict.lean`."""
    people, machines = split([a for a in answers if a.verdict.lean])

    def said(some: Sequence[Answer], truth: Label) -> Said:
        right = sum(a.verdict.lean is truth for a in some)
        return Said(right=right, wrong=len(some) - right)

    return Group(said(people, Label.HUMAN), said(machines, Label.SYNTHETIC))


def _said(answers: Sequence[Answer], truth: Label) -> Said:
    labels = [called(answer) for answer in answers]
    right, unsure = labels.count(truth), labels.count(Label.INCONCLUSIVE)
    return Said(right, unsure, len(labels) - right - unsure)
