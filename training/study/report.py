"""Finished runs become report.md: tables, and sentences that say no more than they do."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from dataset.markdown import percent, table
from training.study import results
from training.study.claims import CLAIMS, COMPARISONS, Claim, line
from training.study.presets import PRESETS
from training.study.results import Measure, Run, spread

NAME = "report.md"
SIDE_BY_SIDE = "side-by-side.png"


def write(
    out: Path, runs: Mapping[str, Sequence[Run]], command: str, missing: Sequence[str]
) -> None:
    """`missing` says what was not trained or drawn, and why; figures stand in `out` already."""
    parts = [
        "# The study, repeated",
        f"`{command}`",
        "± is the standard deviation over the seeds; a seed has its own split and first weights.",
        "## What was trained",
        _trained(runs),
        *(f"Missing: {reason}." for reason in missing),
        "## What came out",
        _outcomes(runs),
        "Validation chose the epoch, so test is the figure that nothing was chosen by.",
        "## What the study says",
        _compared(CLAIMS, runs, ("the study's figures", "so in seeds")),
        _reached(runs),
        _stopping(runs),
        "## What it tried, and its leak",
        _compared(COMPARISONS, runs, ("", "larger in seeds")),
        "## Curves",
        *(f"![{name}]({name}.png)" for name in runs),
    ]
    if (out / SIDE_BY_SIDE).exists():
        parts += ["## A human voice and a machine's", f"![side by side]({SIDE_BY_SIDE})"]
    (out / NAME).write_text("\n\n".join(part for part in parts if part) + "\n", encoding="utf-8")


def _trained(runs: Mapping[str, Sequence[Run]]) -> str:
    head = ("preset", "", "pictures", "train / validation / test", "batch", "batches an epoch")
    lines = []
    for name, (run, *_) in runs.items():
        counts = [sum(side.values()) for side in run.facts["sides"].values()]
        how = run.facts["made_of"]["training"]
        lines.append(
            (
                name,
                PRESETS[name].words,
                how["picture"],
                " / ".join(map(str, counts)),
                how["batch"],
                run.steps,
            )
        )
    return table(head, lines)


def _outcomes(runs: Mapping[str, Sequence[Run]]) -> str:
    columns: dict[str, Measure] = {
        "validation, 1 epoch": results.after_one_epoch,
        "validation, best": results.validation,
        "test": results.accuracy,
        "test EER": results.eer,
    }
    lines = [
        (
            name,
            len(some),
            *(spread([measure(run) for run in some]) for measure in columns.values()),
            spread([float(run.best) for run in some], 1.0, ""),
            spread([results.epochs(run) for run in some], 1.0, ""),
        )
        for name, some in runs.items()
    ]
    return table(("preset", "seeds", *columns, "best epoch", "epochs"), lines)


def _compared(
    claims: Sequence[Claim], runs: Mapping[str, Sequence[Run]], heads: tuple[str, str]
) -> str:
    lines = [found for claim in claims if (found := line(claim, runs))]
    if lines:
        return table(("", heads[0], "the first", "the second", "difference", heads[1]), lines)
    both = ((claim.larger[0], claim.smaller[0]) for claim in claims)
    pairs = dict.fromkeys(f"`{one}` with `{other}`" for one, other in both if one != other)
    return f"Each line takes two presets, and one of them is missing: {', '.join(pairs)}."


def _reached(runs: Mapping[str, Sequence[Run]]) -> str:
    """The study's accuracies after one epoch, against ours."""
    words = []
    for name, share in (("final", 0.95), ("final-grey", 0.99)):
        if some := runs.get(name):
            count = sum(results.after_one_epoch(run) >= share for run in some)
            steps = some[0].steps
            words.append(
                f"After one epoch of {name} ({steps} batches) {count} of {len(some)} seeds reach "
                f"the study's {percent(share)}."
            )
    return " ".join(words)


def _stopping(runs: Mapping[str, Sequence[Run]]) -> str:
    """The study stopped after 25 epochs."""
    some = runs.get("first")
    if not some:
        return ""
    early = sum(results.stopped(run) for run in some)
    limit = some[0].facts["made_of"]["training"]["epochs"]
    return (
        f"The study's first training stopped after 25 epochs; here {early} of {len(some)} seeds "
        f"stopped before the {limit} epochs they were allowed, after "
        f"{spread([results.epochs(run) for run in some], 1.0, '')}."
    )
