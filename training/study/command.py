"""`python -m training study`: its options, and what it says at the end."""

import argparse
import sys
from pathlib import Path

from dataset.execution.options import Commands, add_command, add_pool, at_least, pool_of
from training.study.presets import PRESETS


def add(commands: Commands) -> None:
    parser = add_command(commands, "study", "repeat the study's trainings, with a report")
    whole = at_least(1)
    parser.add_argument("--clips", type=Path, required=True, help="a folder with a manifest.csv")
    parser.add_argument("--out", type=Path, required=True, help="folder of the report; resumes")
    parser.add_argument(
        "--preset", nargs="+", choices=list(PRESETS), default=list(PRESETS), help="default: all"
    )
    parser.add_argument("--language", default="pt", help="of --clips, the beginning of its code")
    parser.add_argument("--english", type=Path, help="folder of what is added; default: --clips")
    parser.add_argument("--noise", type=Path, help="folder of ambience; default: --clips")
    parser.add_argument("--limit", type=whole, help="speech clips, half of each class")
    parser.add_argument("--epochs", type=whole, help="at most; default: the study's 100")
    parser.add_argument("--batch", type=whole, help="default: the study's 32 and 128")
    parser.add_argument("--seeds", type=whole, default=3)
    add_pool(parser)
    parser.set_defaults(run_command=run)


def run(options: argparse.Namespace) -> int:
    from training.study.pictures import Folders  # these bring librosa, matplotlib, TensorFlow
    from training.study.study import Choice, study

    folders = Folders(
        clips=options.clips,
        english=options.english or options.clips,
        noise=options.noise or options.clips,
        language=options.language,
        limit=options.limit,
    )
    choice = Choice(tuple(options.preset), options.seeds, options.epochs, options.batch)
    command = " ".join(["python -m training", *sys.argv[1:]])
    missing = study(folders, options.out, choice, pool_of(options), command)
    print(f"wrote {options.out / 'report.md'}")
    for reason in missing:
        print(f"missing: {reason}", file=sys.stderr)
    return 1 if missing else 0
