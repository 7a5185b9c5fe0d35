"""`python -m training COMMAND`: the laboratory, from arrays to the served file and its figures."""

import argparse
import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")  # else TensorFlow prints pages about GPUs

from dataset.execution.options import current_names, exit_status
from dataset.execution.pool import NoResources, WorkerCrashed
from inference.errors import ModelError
from training.fit import commands as fit
from training.interpretability import commands as interpretability
from training.music import command as music
from training.network_comparison import command as network_comparison
from training.overlapped_speech import command as overlapped_speech
from training.recipe import command as recipe
from training.release import commands as release
from training.report import command as report
from training.speaker_verification import commands as speaker_verification
from training.study import command as study

ROOMS = (
    recipe,
    fit,
    network_comparison,
    report,
    release,
    study,
    interpretability,
    speaker_verification,
    overlapped_speech,
    music,
)
RENAMED = {  # in 0.6.0; the old names go with the next release
    "join": "ensemble",
    "splices": "partial-spoof",
    "voices": "export-speaker-encoder",
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for room in ROOMS:
        room.add(commands)
    options = parser.parse_args(current_names(sys.argv[1:], RENAMED))
    return exit_status(
        lambda: options.run_command(options),
        (ModelError, NoResources, OSError, ValueError, WorkerCrashed),
        "`scripts/venv .venv-training` has it",
        "`fit`, `compare`, `study`, `train` and what has --work go on",
    )


if __name__ == "__main__":
    sys.exit(main())
