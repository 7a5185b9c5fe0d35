"""`python -m training promote`: a candidate is served, unless it is worse somewhere.

Imports only when run: the other commands need none of it.
"""

import argparse
import os
from pathlib import Path

from dataset.execution.options import Commands, add_command, at_least
from inference.registry import default_model
from training.report.command import kinds

WHOLE = at_least(1)


def add(commands: Commands) -> None:
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
    return promote(
        candidate, options.clips, options.jobs, options.work, home, options.keep, robustness
    )
