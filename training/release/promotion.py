"""`python -m training promote`: a model is served from now on, unless it is worse somewhere."""

import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from dataset.manifest import of_split
from inference.accuracy import beside
from inference.detector import Detector
from training.evaluation.robustness import RobustnessConfig, scored_under_conditions
from training.evaluation.scoring import Answer, answers
from training.export.registry import FOLDER, REFERENCE_SHA256, is_listed, sha256, ship
from training.release.comparison import Compared, Finding, Groups, compare, shared
from training.release.guards import HANDLING
from training.report.evaluate import EvalConfig, evaluate
from training.report.tables import percent, points, table

CARD, FIGURES = "MODEL_CARD.md", "docs/figures"  # below the repository
BELOW = "inference"  # where the list of models stands, below the repository
SPLIT = "dev"


@dataclass(frozen=True)
class Candidate:
    """The file that is to be served, the one that is measured for it, and the served one."""

    file: Path
    measured: Path  # the file itself, or its reference model that has not learnt from dev
    served: Path


def promote(
    candidate: Candidate,
    clips: Path,
    jobs: int,
    memory: Path | None = None,
    home: Path | None = None,
    keep: bool = False,
    robustness: RobustnessConfig | None = None,
) -> int:
    """Compare, then ship into `home`, the repository, and write its card; without it, only say so.

    `robustness` is what the card tells of conditions, beside its figures in `docs/figures`; both
    models are compared after the handling in it, and a candidate is refused where it has none.
    Returns the command's exit status: 1 when the candidate is refused.
    """
    with tempfile.TemporaryDirectory() as folder:
        memory = memory or Path(folder)  # the card asks for the answers once more
        reasons = unsuited(candidate, home)
        if not reasons:
            both = _same(candidate, clips, jobs, memory)
            found = compare(
                *both,
                _handled(candidate, clips, both, robustness or RobustnessConfig(), jobs, memory),
            )
            print(page(found, candidate))
            reasons = refusals(found)
        for reason in reasons:
            print(f"refused: {reason}", file=sys.stderr)
        if home and not reasons:
            config = EvalConfig(
                candidate.measured,
                clips,
                SPLIT,
                jobs,
                memory,
                robustness=robustness or RobustnessConfig(),
            )
            told = beside(home / BELOW / FOLDER / candidate.file.name)
            config = replace(config, card=home / CARD, figures=home / FIGURES, accuracy=told)
            evaluate(replace(config, shipped=candidate.file))
            _say_whose(home / CARD, candidate)
            ship(candidate.file, home / BELOW, keep)
    if not reasons:
        print(f"{candidate.file.name} is accepted" + (" and served from now on" if home else ""))
    return 1 if reasons else 0


def unsuited(candidate: Candidate, home: Path | None = None) -> list[str]:
    """Why a candidate cannot be measured or shipped at all."""
    name, found = candidate.file.name, []
    reference = Detector(candidate.file).card.training.get(REFERENCE_SHA256, "")
    if candidate.measured == candidate.file:
        if reference:
            found += [f"{name} has learnt from dev: its reference model must be given"]
    elif reference != sha256(candidate.measured):
        found += [f"{candidate.measured.name} is not the reference model of {name}"]
    if home and is_listed(candidate.file, home / BELOW):
        found += [f"{name} is listed already: a new model needs a new version"]
    return found


def refusals(found: Sequence[Compared]) -> list[str]:
    """Why a candidate may not be served; what was not measured has no say in its favour."""
    return [
        f"{one.name}: {one.finding}, {percent(one.before)} before and {percent(one.after)} after"
        for one in found
        if one.finding in (Finding.WORSE, Finding.UNKNOWN)
    ]


def page(found: Sequence[Compared], candidate: Candidate) -> str:
    """The table of what is guarded."""
    head = ("guarded", "clips", candidate.served.stem, candidate.measured.stem)
    lines = [
        (
            one.name,
            one.clips,
            percent(one.before),
            percent(one.after),
            f"{points(one.after - one.before)} ({points(one.low)} to {points(one.high)})",
            one.finding,
        )
        for one in found
    ]
    return table((*head, "change, 99 % interval", "finding"), lines)


def _same(
    candidate: Candidate, clips: Path, jobs: int, memory: Path | None
) -> tuple[list[Answer], list[Answer]]:
    """What both said of the clips that both could score."""
    dev = of_split(clips, SPLIT)
    both = [
        answers(model, clips, dev, jobs, memory)[0]
        for model in (candidate.served, candidate.measured)
    ]
    return shared(*both)


def _handled(
    candidate: Candidate,
    clips: Path,
    plain: tuple[list[Answer], list[Answer]],
    robustness: RobustnessConfig,
    jobs: int,
    memory: Path,
) -> tuple[Groups, Groups]:
    """What both said of the same clips after handling, by condition; nothing if not asked for."""
    if HANDLING not in robustness.kinds:
        return {}, {}
    config = replace(robustness, kinds=(HANDLING,))
    first, second = (
        scored_under_conditions(model, clips, answers, config, jobs, memory)[HANDLING]
        for model, answers in zip((candidate.served, candidate.measured), plain, strict=True)
    )
    return first, second


def _say_whose(card: Path, candidate: Candidate) -> None:
    """Tell the readers of a card when its figures are those of a reference model."""
    if candidate.measured == candidate.file:
        return
    title, page = card.read_text(encoding="utf-8").split("\n", 1)
    name = Detector(candidate.file).card.title
    note = (
        f"The served file is {name}. It was trained by the same recipe on the clips of dev as "
        f"well, so that dev says nothing about it; the figures below are those of its reference "
        f"model, {Detector(candidate.measured).card.title}, which has not learnt from dev."
    )
    card.write_text(f"{title}\n\n{note}\n{page}", encoding="utf-8")
