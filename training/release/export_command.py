"""`python -m training export` writes a served file, `card` prints what one says of itself.

Imports only when run: the other commands need none of it.
"""

import argparse
import json
import os
from pathlib import Path

from dataset.execution.options import Commands, add_command, at_least
from inference.card import Card
from inference.detector import Detector
from inference.registry import default_model


def add(commands: Commands) -> None:
    _add_export(commands)
    _add_card(commands)


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
    parser.add_argument("--jobs", type=at_least(1), default=os.cpu_count() or 1)
    parser.set_defaults(run_command=_run_export)


def _add_card(commands: Commands) -> None:
    parser = add_command(commands, "card", "print what a model file says of itself")
    parser.add_argument("model", type=Path, nargs="?", default=default_model())
    parser.set_defaults(run_command=_run_card)


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


def _run_card(options: argparse.Namespace) -> int:
    card: Card = Detector(options.model).card
    print(json.dumps(json.loads(card.to_json()), indent=2))
    return 0
