"""`python -m dataset vocoder train | export | judge`: human clips in, the engine's file out."""

import argparse
import os
from pathlib import Path

from dataset.execution.options import Commands, add_command

# The steps import TensorFlow and ONNX Runtime: inside the functions, so that `--help` is quick.


def add(commands: Commands) -> None:
    does = "train a neural vocoder on human clips and judge it"
    steps = add_command(commands, "vocoder", does).add_subparsers(required=True, metavar="STEP")
    _add_train(steps)
    _add_export(steps)
    _add_judge(steps)


def _add_train(steps: Commands) -> None:
    step = steps.add_parser("train", help="train, or go on training (needs the extra training)")
    step.add_argument("--in", dest="source", type=Path, required=True, help="folder of clips")
    step.add_argument("--run", type=Path, required=True, help="folder to write; resumes there")
    step.add_argument("--steps", type=int, default=10_000, help="batches in all")
    step.add_argument(
        "--warm-up", type=int, default=3_000, help="of them, before the discriminator joins"
    )
    step.add_argument("--seed", type=int, default=1)
    step.set_defaults(run_command=_run_train)


def _run_train(options: argparse.Namespace) -> int:
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")  # TensorFlow prints pages about GPUs
    from dataset.vocoder_training.fit import Plan, fit

    plan = Plan(steps=options.steps, warm_up=options.warm_up, seed=options.seed)
    last = fit(options.source, options.run, plan)
    print(f"mel distance {last['mel']:.3f} nepers after {last['step']:.0f} steps")
    return 0


def _add_export(steps: Commands) -> None:
    step = steps.add_parser("export", help="write the file that the engine loads")
    step.add_argument("--run", type=Path, required=True, help="of `train`")
    step.add_argument("--version", required=True, help="of the vocoder, e.g. 0.1")
    step.add_argument("--out", type=Path, required=True, help="file, e.g. vocoder.onnx")
    step.set_defaults(run_command=_run_export)


def _run_export(options: argparse.Namespace) -> int:
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    from dataset.vocoder_training.export import export

    digest = export(options.run, options.out, options.version)
    print(f"wrote {options.out}, {options.out.stat().st_size / 1e6:.1f} MB, SHA-256 {digest}")
    return 0


def _add_judge(steps: Commands) -> None:
    from dataset.engines.vocoder.engine import MODEL

    systems = ("recording", "vocoder", "griffin-lim", "world")
    step = steps.add_parser("judge", help="measure it on recordings beside other vocoders")
    step.add_argument("--in", dest="source", type=Path, required=True, help="folder of clips")
    step.add_argument("--split", default="dev", help="whose human clips are said again")
    step.add_argument("--clips", type=int, default=120)
    step.add_argument("--systems", nargs="+", choices=systems, default=systems)
    step.add_argument("--model", type=Path, default=MODEL, help="another exported file")
    step.add_argument("--seed", type=int, default=1)
    step.set_defaults(run_command=_run_judge)


def _run_judge(options: argparse.Namespace) -> int:
    from dataset.vocoder_training.judge import judge

    systems = list(options.systems)
    print(judge(options.source, options.split, options.clips, systems, options.seed, options.model))
    return 0
