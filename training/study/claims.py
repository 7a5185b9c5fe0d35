"""What the study says of its trainings, each as two figures of which one should be larger."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from training.study import results
from training.study.results import Measure, Run, spread

Figure = tuple[str, Measure]  # of a preset


@dataclass(frozen=True)
class Claim:
    """`larger` is above `smaller` wherever the study is right."""

    words: str
    said: str  # the study's own figures
    larger: Figure
    smaller: Figure


CLAIMS = (
    Claim(
        "after one epoch grey pictures are told better than coloured, wider ones",
        "99 % against 95 %",
        ("final-grey", results.after_one_epoch),
        ("final", results.after_one_epoch),
    ),
    Claim(
        "clips are told better than their noisy copies",
        "no figure",
        ("final", results.plain),
        ("final", results.copies),
    ),
    Claim(
        "the same where speakers and engines, and so a clip and its copies, are apart",
        "no figure",
        ("final-apart", results.plain),
        ("final-apart", results.copies),
    ),
    Claim(
        "after one epoch speech is told better than the kinds of UrbanSound8K",
        "no figure",
        ("first", results.after_one_epoch),
        ("sounds", results.after_one_epoch),
    ),
)

# What the study tried without a figure, or could not see in its own split.
COMPARISONS = (
    Claim(
        "leak: a random split against speakers and engines apart, table 1",
        "–",
        ("first", results.accuracy),
        ("first-apart", results.accuracy),
    ),
    Claim(
        "leak: a random split against speakers and engines apart, table 2",
        "–",
        ("final", results.accuracy),
        ("final-apart", results.accuracy),
    ),
    Claim(
        "noisy copies left out against learnt from, on plain clips",
        "tried",
        ("final-plain", results.plain),
        ("final", results.plain),
    ),
    Claim(
        "English added against not, on clips that are not English",
        "tried",
        ("final-english", results.own_language),
        ("final", results.own_language),
    ),
)


def line(claim: Claim, runs: Mapping[str, Sequence[Run]]) -> tuple[str, ...] | None:
    """Words, the study's figure, ours on both sides, and in how many seeds it is so.

    None where a run is missing. Seeds are compared with themselves.
    """
    pair = [
        {run.seed: measure(run) for run in runs.get(preset, ())}
        for preset, measure in (claim.larger, claim.smaller)
    ]
    seeds = sorted(pair[0].keys() & pair[1].keys())
    if not seeds:
        return None
    larger, smaller = ([values[seed] for seed in seeds] for values in pair)
    so = sum(one > other for one, other in zip(larger, smaller, strict=True))
    gaps = [one - other for one, other in zip(larger, smaller, strict=True)]
    return (
        claim.words,
        claim.said,
        spread(larger),
        spread(smaller),
        spread(gaps, unit=" points"),
        f"{so} of {len(seeds)}",
    )
