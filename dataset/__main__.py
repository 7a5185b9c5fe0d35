"""`python -m dataset tones | augment | spectrograms`: each leaves files the next one reads."""

import argparse
import os
import sys
from pathlib import Path

from inference.features import FeatureSpec


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m dataset", description=__doc__)
    commands = parser.add_subparsers(required=True)
    tones = commands.add_parser("tones", help="make a tiny corpus of formula-made voices")
    tones.add_argument("--clips", type=int, default=60, help="of each class")
    tones.set_defaults(run_command=_run_tones)
    augment = commands.add_parser("augment", help="add copies sent through messengers' codecs")
    augment.add_argument("--share", type=float, default=0.5, help="of the train clips, 0..1")
    augment.add_argument("--seed", type=int, default=1)
    augment.set_defaults(run_command=_run_augment)
    spectrograms = commands.add_parser("spectrograms", help="compute the arrays training reads")
    spectrograms.set_defaults(run_command=_run_spectrograms)
    for command in (augment, spectrograms):
        command.add_argument("--in", dest="source", type=Path, required=True)
        command.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    for command in (tones, augment, spectrograms):
        command.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    run: int = options.run_command(options)
    return run


def _run_tones(options: argparse.Namespace) -> int:
    from dataset.tones import write

    write(options.out, options.clips)
    return 0


def _run_augment(options: argparse.Namespace) -> int:
    from dataset.codecs import augment

    return _told(augment(options.source, options.out, options.share, options.seed, options.jobs))


def _run_spectrograms(options: argparse.Namespace) -> int:
    from dataset.spectrograms import write  # librosa takes seconds, which `--help` need not wait

    return _told(write(options.source, options.out, FeatureSpec(), options.jobs))


def _told(counts: tuple[int, int]) -> int:
    written, failed = counts
    print(f"{written} clips written, {failed} failed")
    return 0 if written else 1


if __name__ == "__main__":
    sys.exit(main())
