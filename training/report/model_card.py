"""Answers and findings become MODEL_CARD.md, around the words in `model_card.md`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from string import Template

from dataset.manifest import Clip
from dataset.markdown import between, percent
from inference.detector import Detector
from inference.segments import shipped
from inference.speech import MIN_SPEECH
from training.evaluation.conditions import KINDS
from training.evaluation.figures import (
    by,
    figures,
    interval,
    length,
    quiet,
    voice_notes,
    with_all_humans,
)
from training.evaluation.robustness import Conditions
from training.evaluation.scoring import Answer
from training.evaluation.slices import ALL_CLIPS, collections, named
from training.report import sections
from training.report.tables import changes, slices

TEMPLATE = Path(__file__).parent / "model_card.md"
CHOSEN = """Figures on `dev` were measured on the very clips on which the best epoch, the
calibration and the thresholds were chosen, so they flatter the model a little."""

WHOSE = """The table is of the split `train` of the clips that this card was made with, or
of the folder that `--train` named; nothing checks that they are the ones of the file."""
ENCODED = """"As they are" they have been through an encoder of voice notes already."""
OPUS = (".ogg", ".opus", ".oga")


@dataclass(frozen=True)
class Findings:
    """What was found beside the answers to the clips as they are."""

    split: str = "dev"
    train: Sequence[Clip] = ()  # what the model learnt from
    conditions: Conditions = field(default_factory=dict)
    baselines: Mapping[str, Mapping[str, float]] = field(default_factory=dict)  # scores by file
    without_speech: list[Answer] = field(default_factory=list)  # to clips in which nobody speaks
    figures: str = ""  # path from the card to the folder of pictures; empty for none


def model_card(
    model: Path, answers: list[Answer], parity: float, findings: Findings | None = None
) -> str:
    """The whole page about a model file, from its answers and its distance in dB to librosa's."""
    findings = findings or Findings()
    card = Detector(model).card
    overall = figures(answers)
    sources = {a.clip.source for a in answers}
    facts = {
        "title": card.title,
        "split": findings.split,
        "below": f"{card.thresholds[0]:.2f}",
        "above": f"{card.thresholds[1]:.2f}",
        "least": f"{MIN_SPEECH:g} s",
        "human": f"{overall.human:,}",
        "synthetic": f"{overall.synthetic:,}",
        "origins": len(sources),
        "shared": _shared(sources, findings.train),
        "whose": WHOSE if findings.train else "",
        "encoded": ENCODED if all(a.clip.file.endswith(OPUS) for a in answers) else "",
        "chosen": CHOSEN if findings.split == "dev" else "",
        "band": sections.held(card.training.get("band")),
        "longest": f"{max((a.seconds for a in answers), default=0.0):.0f} s",
        "eer": percent(overall.eer),
        "interval": between(*interval(answers)),
        "answered": percent(overall.answered),
        "wrong": percent(overall.wrong),
        "parity": f"{parity:.3f} dB",
        "network": sections.network(card, model.stat().st_size),
        "arrays": f"{card.training['data']['clips']:,}",
        "window": f"{card.spec.columns / card.spec.columns_per_second:.1f} s",
        "costs": sections.costs(answers),
        "notes": sections.notes(voice_notes(answers)),
        "reasons": sections.why_not(answers, findings.without_speech),
        "audit": sections.audited(answers),
        "data": sections.learnt(findings.train),
        "baselines": sections.compared(answers, card.title, findings.baselines),
        "partial": sections.partial(shipped()),
        "pictures": _pictures(findings.figures),
    }
    facts |= _slices(answers, findings) | _conditions(findings.conditions)
    return Template(TEMPLATE.read_text(encoding="utf-8")).substitute(facts)


def _shared(sources: set[str], train: Sequence[Clip]) -> str:
    if not train:
        return "nobody knows how many"
    return str(len(sources & {clip.source for clip in train}) or "none")


def _slices(answers: list[Answer], findings: Findings) -> dict[str, str]:
    """Tables of the clips as they are."""
    known = {clip.system for clip in findings.train if clip.label == "synthetic"}
    met = {True: "met in training", False: "never met"}
    sexes = {"f": "women", "m": "men"}
    groups = {
        f"all of {findings.split}" if name == ALL_CLIPS else name: some
        for name, some in named(answers).items()
    }
    places = collections(answers)
    unseen = with_all_humans(answers, lambda a: met[a.clip.system in known]) if known else {}
    return {
        "overall": slices("", groups),
        "collections": slices("collection", places)
        if places
        else "*The table of clips names none.*",
        "families": slices("synthetic clips of", with_all_humans(answers, lambda a: a.clip.family)),
        "languages": slices("language", by(answers, lambda a: a.clip.language or "?", 20)),
        "unseen": slices("systems", unseen) if known else "*Which they are was not given.*",
        "spoken": slices("speech", by(answers, length)),
        "quiet": slices("speech over noise", by(answers, quiet)),
        "sexes": slices("speaker", by(answers, lambda a: sexes.get(a.clip.sex, "not known"))),
    }


def _conditions(conditions: Conditions) -> dict[str, str]:
    """Tables of the clips after codecs, cuts and noises, each against its first line."""
    options = {kind: kind for kind in KINDS} | {"joined": "lengths"}
    return {
        kind: changes("", conditions[kind], next(iter(conditions[kind])))
        if conditions.get(kind)
        else f"*Not measured for this card: `--conditions {option}` does.*"
        for kind, option in options.items()
    }


def _pictures(folder: str) -> str:
    if not folder:
        return "*No pictures were drawn for this card: `--figures` does.*"
    pictures = {
        "scores": "The scores of both classes and the band without an answer",
        "det": "Detection error trade-off",
        "reliability": "How often the scores are right",
    }
    lines = [f"![{says}]({folder}/{name}.png)" for name, says in pictures.items()]
    return "\n\n".join(
        [*lines, f"More figures, by source and by system: [details]({folder}/details.md)."]
    )
