"""`python -m training export | card | promote`: from a trained network to the file that is served.

Imports only when run: the other commands need none of it.
"""

import argparse
import json
import os
from pathlib import Path

from dataset.execution.options import Commands, add_command, at_least
from inference.detector import Detector
from inference.registry import default_model
from training.report.command import kinds

WHOLE = at_least(1)


def add(commands: Commands) -> None:
    _add_export(commands)
    _add_card(commands)
    _add_promote(commands)


def _add_export(commands: Commands) -> None:
    parser = add_command(commands, "export", "calibrate a network on dev and write the file")
    parser.add_argument("--run", type=Path, required=True, help="from `fit`")
    how = parser.add_mutually_exclusive_group(required=True)
    how.add_argument("--clips", type=Path, help="whose dev split calibrates")
    how.add_argument(
        "--like", type=Path, help="the reference model, for a run that learnt from dev"
    )
    parser.add_argument("--version", required=True, help="of the model, e.g. 0.2.0")
    parser.add_argument("--out", type=Path, required=True, help="folder of the file")
    parser.add_argument("--jobs", type=WHOLE, default=os.cpu_count() or 1)
    parser.set_defaults(run_command=_run_export)


def _run_export(options: argparse.Namespace) -> int:
    from training.export.export import release, release_like
    from training.export.registry import entry
    from training.report.sections import held

    path = options.out / f"ouvido-{options.version}.onnx"
    if options.like:
        card = release_like(options.like, options.run, path, options.version)
    else:
        card = release(options.run, options.clips, path, options.version, options.jobs)
    print(held(card.training["band"]))
    print(f"wrote {path}; its entry for inference/models.toml:\n\n{entry(path)}")
    return 0


def _add_card(commands: Commands) -> None:
    parser = add_command(commands, "card", "print what a model file says of itself")
    parser.add_argument("model", type=Path, nargs="?", default=default_model())
    parser.set_defaults(run_command=_run_card)


def _run_card(options: argparse.Namespace) -> int:
    card = Detector(options.model).card
    print(json.dumps(json.loads(card.to_json()), indent=2))
    return 0


def _add_promote(commands: Commands) -> None:
    parser = add_command(commands, "promote", "serve a model, unless it is worse somewhere")
    parser.add_argument("--model", type=Path, required=True, help="the candidate, from `export`")
    parser.add_argument("--clips", type=Path, required=True, help="whose dev split decides")
    parser.add_argument("--served", type=Path, default=default_model())
    parser.add_argument(
        "--reference",
        "--twin",  # its name before 0.6.0
        type=Path,
        help="what is measured for one that learnt from dev",
    )
    every = "codecs,lengths,noise,handling"  # the card of what is served lacks nothing unless told
    parser.add_argument(
        "--conditions", type=kinds, default=every, help="on the card; handling is guarded"
    )
    parser.add_argument("--limit", type=WHOLE, default=300, help="clips of a condition")
    parser.add_argument("--keep", action="store_true", help="also keep the models served before")
    parser.add_argument("--dry-run", action="store_true", help="only say what would be done")
    parser.add_argument("--work", type=Path, help="folder that keeps answers, to go on or to redo")
    parser.add_argument("--jobs", type=WHOLE, default=os.cpu_count() or 1)
    parser.set_defaults(run_command=_run_promote)


def _run_promote(options: argparse.Namespace) -> int:
    from training.evaluation.robustness import RobustnessConfig, recorded
    from training.release.promotion import SPLIT, Candidate, promote

    candidate = Candidate(options.model, options.reference or options.model, options.served)
    home = None if options.dry_run else Path(__file__).parents[2]
    robustness = RobustnessConfig(options.conditions, options.limit, recorded(options.clips, SPLIT))
    folders = options.work, home
    return promote(candidate, options.clips, options.jobs, *folders, options.keep, robustness)
