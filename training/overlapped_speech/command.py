"""`python -m training overlap` fits the small network that hears several people at once.

Imports only when run: the other commands need none of it.
"""

import argparse
from pathlib import Path

from dataset.execution.options import Commands, add_command, at_least
from inference.registry import default_model


def add(commands: Commands) -> None:
    parser = add_command(commands, "overlap", "fit what hears several voices at once")
    parser.add_argument("--clips", type=Path, required=True, help="a folder with a manifest.csv")
    parser.add_argument("--out", type=Path, required=True, help="file to write, overlap.onnx")
    parser.add_argument("--work", type=Path, required=True, help="folder that keeps the examples")
    parser.add_argument("--music", type=Path, help="folder of other music, to measure on")
    parser.add_argument("--seed", type=at_least(0), default=1)
    parser.set_defaults(run_command=_run_overlap)


def _run_overlap(options: argparse.Namespace) -> int:
    from training.overlapped_speech.fit import overlap

    model, music = default_model(), options.music
    card = overlap(options.clips, model, options.out, options.work, music, options.seed)
    print(card.to_json(), end="")
    return 0
