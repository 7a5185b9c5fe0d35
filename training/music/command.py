"""`python -m training music` writes the network that tells music from noise, and says how well.

Imports only when run: the other commands need none of it.
"""

import argparse
from dataclasses import replace
from pathlib import Path

from dataset.execution.options import Commands, add_command, at_least
from inference.music import FILE


def add(commands: Commands) -> None:
    command = add_command(commands, "music", "fit what tells music where nobody speaks")
    command.add_argument("--clips", type=Path, required=True, help="a folder with a manifest.csv")
    command.add_argument("--out", type=Path, default=FILE, help="file to write")
    command.add_argument("--music", type=Path, help="folder of other music, to measure on")
    command.add_argument("--seed", type=at_least(0), default=1)
    command.set_defaults(run_command=_run)


def _run(options: argparse.Namespace) -> int:
    from inference.overlap import SPEC
    from inference.registry import default_model
    from training.music.music import fit_to, measure
    from training.overlapped_speech.mixtures import Ear

    ear = Ear(default_model(), SPEC)
    network = fit_to(options.clips, ear, options.seed)
    if options.music:
        found = measure(network, options.music, ear)
        network = replace(network, measured=network.measured | found)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(network.to_json())
    for name, figure in network.measured.items():
        print(f"{name}: {figure:g}")
    return 0
