"""`python -m training evaluate`: a file answers clips, and becomes a card with its figures.

Imports only when run: the other commands need none of it.
"""

import argparse
import os
from pathlib import Path

from dataset.execution.options import Commands, add_command, at_least
from inference.accuracy import beside
from inference.registry import default_model

WHOLE = at_least(1)


def add(commands: Commands) -> None:
    parser = add_command(commands, "evaluate", "score clips with a file, write its card")
    parser.add_argument("--clips", type=Path, required=True, help="a folder with a manifest.csv")
    parser.add_argument("--model", type=Path, default=default_model())
    parser.add_argument("--split", default="dev")
    parser.add_argument("--out", type=Path, help="Markdown file to write, e.g. MODEL_CARD.md")
    parser.add_argument("--figures", type=Path, help="folder for pictures and the long tables")
    parser.add_argument(
        "--accuracy", action="store_true", help="write MODEL.accuracy.json beside it, for the bot"
    )
    parser.add_argument("--train", type=Path, help="folder it learnt from; else that of --clips")
    parser.add_argument(
        "--conditions", type=kinds, default=(), help="of codecs,lengths,noise,handling"
    )
    parser.add_argument("--limit", type=WHOLE, default=300, help="clips of a condition")
    parser.add_argument("--noise", type=Path, help="folder of noise clips; else that of --clips")
    parser.add_argument(
        "--without-speech", type=WHOLE, default=0, help="clips of noise to be refused, too"
    )
    parser.add_argument("--peer", type=_peer, action="append", default=[], metavar="NAME=TABLE")
    parser.add_argument("--work", type=Path, help="folder that keeps answers, to go on or to redo")
    parser.add_argument("--jobs", type=WHOLE, default=os.cpu_count() or 1)
    parser.set_defaults(run_command=_run_evaluate)


def kinds(text: str) -> tuple[str, ...]:
    from training.evaluation.conditions import (
        KINDS,  # brings SciPy along, which `card` need not wait for
    )

    chosen = tuple(text.split(","))
    if unknown := [kind for kind in chosen if kind not in KINDS]:
        raise argparse.ArgumentTypeError(f"{unknown[0]!r} is none of {', '.join(KINDS)}")
    return chosen


def _peer(text: str) -> tuple[str, Path]:
    name, _, path = text.partition("=")
    if not name or not Path(path).is_file():
        raise argparse.ArgumentTypeError(f"{text!r} is not a name, = and a table of scores")
    return name, Path(path)


def _run_evaluate(options: argparse.Namespace) -> int:
    from training.evaluation.robustness import RobustnessConfig, recorded
    from training.report.evaluate import EvalConfig, evaluate

    config = EvalConfig(
        model=options.model,
        clips=options.clips,
        split=options.split,
        jobs=options.jobs,
        memory=options.work,
        train=options.train,
        robustness=RobustnessConfig(
            kinds=options.conditions,
            limit=options.limit,
            noises=recorded(options.noise or options.clips, options.split),
        ),
        baselines=dict(options.peer),
        without_speech=options.without_speech,
        card=options.out,
        figures=options.figures,
        accuracy=beside(options.model) if options.accuracy else None,
    )
    return 1 if evaluate(config) else 0
