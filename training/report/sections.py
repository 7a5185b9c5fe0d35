"""The tables of a model card that are not figures by slice."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from scipy.stats import binomtest

from dataset.manifest import Clip
from dataset.markdown import between, number, percent, table
from inference.card import Card
from inference.segments import SegmentRule
from inference.verdict import Label, Reason
from training.evaluation import baselines
from training.evaluation.figures import by, called, figures, interval, reasons, scores, share, split
from training.evaluation.metrics import calibration_error
from training.evaluation.scoring import Answer
from training.evaluation.slices import NEW_PART, limits, named
from training.report.audit import audit

SAID = {"answered": "answered", "wrong": "wrong if answered"}
BEFORE = (0.05, 0.04)  # up to ouvido-0.2.0: errors among the answers, false alarms
COMPARED = (  # slices on which detectors are compared
    "text-to-speech and voice conversion",
    NEW_PART,
    "pages of 2025-26 and products",
    "voice conversion",
    "copy-synthesis (vocoders and codecs)",
    "Portuguese",
    "real recordings against all synthetic clips",
)
LANGUAGES = 8  # of the training data that are named
CALLED = (Label.HUMAN, Label.SYNTHETIC, Label.INCONCLUSIVE)  # of clips of one voice
FEW = 30  # clips of a source: under it, what one person sends rather than a corpus


def held(band: Mapping[str, Any] | None) -> str:
    """What the rule for the band does on sources that it was not chosen on, beside what it does on
    those that it was chosen on; files up to ouvido-0.2.0 had another rule."""
    if not band:
        return "*The file does not say how they were chosen.*"
    if not band["answered"]:
        return "There were too few clips or sources to choose them by, so nothing is answered."
    if not band.get("chosen"):
        return _held_before(band)
    kept = "keep" if band["holds"] else "do **not** keep"
    tighter = f", which had to be {band['scale']:g} of these" if band["scale"] < 1.0 else ""
    there = {**band["false_alarms"], **{name: band[name] for name in ("misses", *SAID)}}
    names = {"misses": "machines (tts, vc) called people"} | SAID
    lines = []
    for name, rate in there.items():
        limit = limits().get(name, math.nan)
        called = names.get(name, f"{name} called machines")
        lines.append((called, percent(limit), percent(band["chosen"][name]), percent(rate)))
    return (
        "Chosen on half of the sources and checked on the other half, both ways: on sources that "
        f"they were not chosen on the thresholds {kept} their limits{tighter}.\n\n"
        + table(("", "at most", "where they were chosen", "on the other half"), lines)
    )


def _held_before(band: Mapping[str, Any]) -> str:
    alarms = ", ".join(f"{percent(rate)} of {name}" for name, rate in band["false_alarms"].items())
    kept = "so it keeps" if band["holds"] else "so it does **not** keep"
    return (
        f"Chosen by the same rule, and asked only on sources that it was not chosen on, a band "
        f"answers {percent(band['answered'])}, {percent(band['wrong'])} of that wrongly, and calls "
        f"synthetic {alarms}; {kept} what it was chosen for: at most {percent(BEFORE[0])} errors "
        f"among the answers and {percent(BEFORE[1])} false alarms."
    )


def costs(answers: list[Answer]) -> str:
    """The figures that do not depend on the shipped thresholds, each with what it is."""
    found = figures(answers)
    human, synthetic = (scores(group) for group in split(answers))
    mass = calibration_error(human, synthetic, equal_mass=True)
    plain = calibration_error(human, synthetic, balanced=False)
    plain_mass = calibration_error(human, synthetic, balanced=False, equal_mass=True)
    lines = (
        ("AUC", number(found.auc), "area under the curve of the scores"),
        (
            "accuracy",
            percent(found.accuracy),
            'right at a score of 0.5, without "I can\'t tell"; both classes weigh the same',
        ),
        (
            "cost of a wrong answer",
            f"{number(found.cost)}; at best {number(found.least_cost)}",
            "normalised detection cost of ASVspoof 5 (one voice in 20 is synthetic, believing in "
            "it costs ten times what accusing a person does; 1 is calling everybody human), at the "
            "threshold of Bayes' rule; at the best one",
        ),
        ("Brier score", number(found.brier), "both classes weigh the same; 0.5 always has 0.25"),
        (
            "ECE",
            f"{number(found.ece)}; {number(mass)}",
            "15 bins of equal width; of equal mass. Both classes weigh the same, which is what the "
            "scores are calibrated for",
        ),
        (
            "ECE of the clips as they are",
            f"{number(plain)}; {number(plain_mass)}",
            "the same, every clip weighing the same",
        ),
    )
    return table(("figure", "value", "what it is"), lines)


def notes(found: list[Answer]) -> str:
    """What is said of recordings of people, of all and of those that are no corpus."""
    sources = by(found, lambda a: a.clip.source)
    small = [a for group in sources.values() if len(group) < FEW for a in group]
    lines = []
    for name, group in (("all", found), (f"of sources with under {FEW} clips", small)):
        said, away, silent = (percent(share(group, label)) for label in CALLED)
        origins = len({a.clip.source for a in group})
        lines.append((name, len(group), origins, said, away, _wilson(group), silent))
    head = ("clips", "sources", "called human", "called synthetic", "95 % interval", "not answered")
    return table(("real recordings", *head), lines)


def _wilson(answers: list[Answer]) -> str:
    """Of the share that is called synthetic, as if no two clips had anything in common."""
    if not answers:
        return "–"
    synthetic = sum(called(a) == Label.SYNTHETIC for a in answers)
    return between(*binomtest(synthetic, len(answers)).proportion_ci(method="wilson"))


def why_not(answers: list[Answer], without_speech: list[Answer]) -> str:
    """How many clips, and which share, were refused for each reason; one may have several."""
    human, synthetic = split(answers)
    groups = {"human clips": human, "synthetic clips": synthetic}
    if without_speech:
        groups["clips without speech"] = without_speech
    found = {name: reasons(group) for name, group in groups.items()}
    head = [f"{name} ({len(group):,})" for name, group in groups.items()]
    lines = []
    for reason in Reason:
        shares = [(found[name][reason], len(group)) for name, group in groups.items()]
        cells = (f"{round(part * total)} ({percent(part)})" for part, total in shares)
        lines.append((reason, *cells))
    return table(("reason", *head), lines)


def audited(answers: list[Answer]) -> str:
    lines = []
    for name, told in audit(answers).items():
        values = (told.truth, told.opinion, told.explained, told.rank, told.within, told.plain)
        lines.append((name, *("–" if math.isnan(value) else f"{value:.2f}" for value in values)))
    areas = ("AUC for the truth", "AUC for a high score")
    guessed = (
        "R² of the score",
        "Spearman's ρ",
        "R² within the class",
        "ρ within the class, plain",
    )
    return table(("told from", *areas, *guessed), lines)


def learnt(train: Sequence[Clip]) -> str:
    """What there is in the training data, by class and, of people, by language."""
    if not train:
        return "*Not given: these clips have no split `train`; `--train` names others.*"
    lines = []
    for label in ("human", "synthetic", "noise"):
        clips = [clip for clip in train if clip.label == label]
        hours = sum(clip.seconds for clip in clips) / 3600.0
        counts = (len({getattr(clip, key) for clip in clips}) for key in ("source", "system"))
        lines.append((label, len(clips), f"{hours:.1f}", *counts))
    minutes: dict[str, float] = {}
    for clip in train:
        if clip.label == "human":
            language = clip.language or "?"
            minutes[language] = minutes.get(language, 0.0) + clip.seconds / 60.0
    longest = sorted(minutes.items(), key=lambda item: -item[1])[:LANGUAGES]
    spoken = ", ".join(f"{language} {length:.0f}" for language, length in longest)
    told = table(("", "clips", "hours", "sources", "systems"), lines)
    return f"{told}\n\nMinutes of people by language: {spoken}."


def compared(answers: list[Answer], name: str, others: Mapping[str, Mapping[str, float]]) -> str:
    """The model and `others` on the clips that all of them scored, by figures of scores only."""
    if not others:
        return "*No peer's scores were given: `--peer NAME=scores.csv` does.*"
    lines = []
    for who, some in baselines.beside(answers, name, others).items():
        found, slices = figures(some), named(some)
        spread = f"{percent(found.eer)} ({between(*interval(some))})"
        shown = (figures(slices.get(of, [])) for of in COMPARED)
        cells = (
            f"{percent(one.eer)} ({one.human_sources} / {one.synthetic_sources})" for one in shown
        )
        lines.append((who, len(some), spread, *cells, number(found.auc), number(found.least_cost)))
    head = ("detector", "clips", "EER, 95 % interval", *COMPARED, "AUC", "least cost")
    return table(head, lines)


def network(card: Card, size: int) -> str:
    """What the file holds, in `size` bytes: one branch or two."""
    low, high = card.spec.frequencies[[0, -1]]
    column = 1000.0 / card.spec.columns_per_second
    seen = (
        f"a constant-Q spectrogram ({card.spec.n_bins} bins, {low:.0f} Hz to "
        f"{high / 1000:.2f} kHz, {column:.0f} ms a column)"
    )
    parameters = f"{card.training['parameters']:,} parameters"
    if "encoder_sha256" not in card.training["data"]:
        return (
            f"A neural network of {parameters} on {seen}, in one ONNX file of {size / 1e6:.1f} MB."
        )
    fused = card.training["calibration"]
    return (
        f"Two branches of {parameters} in one ONNX file of {size / 1e6:.1f} MB: a convolutional "
        f"network on {seen}, which the picture shows, and the first layers of Whisper-base "
        "(OpenAI, MIT) under attentive heads, which hear the samples. What counts is "
        f"{fused['slope']:.2f} of the first one's logit and {fused['encoder_slope']:.2f} of the "
        "other's: where the second one decides, the marks in the picture are only part of the "
        "reason."
    )


def partial(rule: SegmentRule) -> str:
    """How well the shipped rule finds inserts, as `partial-spoof --ship` measured it."""
    shares = {name: share for name, share in rule.measured.items() if not name.endswith(": notes")}
    lines = [(name, int(rule.measured[f"{name}: notes"]), percent(s)) for name, s in shares.items()]
    if not lines:
        return "It was not measured."
    told = f"Measured with {rule.model}; a stretch counts from a strength of {rule.least:g} on."
    return f"{told}\n\n{table(('notes', 'number', 'share'), lines)}"
