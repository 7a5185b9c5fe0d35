"""`python -m training partial-spoof` finds synthetic inserts, `faithfulness` tests saliency maps.

Imports only when run: the other commands need none of it.
"""

import argparse
from pathlib import Path

from dataset.execution.options import Commands, add_command, at_least
from inference.registry import default_model

WHOLE = at_least(1)


def add(commands: Commands) -> None:
    _add_partial_spoof(commands)
    _add_faithfulness(commands)


def _add_partial_spoof(commands: Commands) -> None:
    parser = add_command(commands, "partial-spoof", "find synthetic inserts in human speech")
    parser.add_argument("--clips", type=Path, required=True, help="whose dev split is spliced")
    parser.add_argument("--model", type=Path, default=default_model())
    parser.add_argument("--count", type=WHOLE, default=60, help="recordings, and as many controls")
    parser.set_defaults(run_command=_run_partial_spoof)


def _add_faithfulness(commands: Commands) -> None:
    parser = add_command(commands, "faithfulness", "does the saliency map tell the truth?")
    parser.add_argument("--clips", type=Path, required=True, help="whose dev split is looked at")
    parser.add_argument("--model", type=Path, default=default_model())
    parser.add_argument("--count", type=WHOLE, default=150, help="clips, all called synthetic")
    parser.set_defaults(run_command=_run_faithfulness)


def _run_partial_spoof(options: argparse.Namespace) -> int:
    from dataset.manifest import of_split
    from training.interpretability.localisation import report
    from training.interpretability.partial_spoof import plan, recordings

    spliced = recordings(plan(of_split(options.clips, "dev"), options.count), options.clips)
    print(report(options.model, spliced))
    return 0


def _run_faithfulness(options: argparse.Namespace) -> int:
    from dataset.manifest import of_split
    from training.interpretability.faithfulness import report, windows

    seen = windows(options.model, options.clips, of_split(options.clips, "dev"), options.count)
    print(report(options.model, seen))
    return 0
