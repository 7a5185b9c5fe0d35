"""`python -m training train CLIPS OUT`: from labelled clips to the served file and its figures."""

import argparse
import os
from dataclasses import replace
from pathlib import Path

from dataset.execution.options import Commands, add_command, at_least
from inference.accuracy import beside
from training.report.command import kinds

WHOLE = at_least(1)


def add(commands: Commands) -> None:
    parser = add_command(commands, "train", "clips → the served file and its figures, in one go")
    parser.add_argument("clips", type=Path, help="a folder with a manifest.csv, train and dev")
    parser.add_argument("out", type=Path, help="folder to write; goes on where it was stopped")
    parser.add_argument("--version", default="0.0.0", help="of the model, e.g. 0.3.0")
    parser.add_argument("--quick", action="store_true", help="a usable model in twenty minutes")
    parser.add_argument("--copies", type=WHOLE, help="of each clip, the untouched one included")
    parser.add_argument("--seed", type=at_least(0), default=1)
    parser.add_argument(
        "--conditions", type=kinds, default=(), help="to be measured, as by `evaluate`"
    )
    parser.add_argument("--jobs", type=WHOLE, default=os.cpu_count() or 1)
    parser.set_defaults(run_command=run)


def run(options: argparse.Namespace) -> int:
    from training.evaluation.robustness import RobustnessConfig, recorded
    from training.recipe.recipe import Recipe, quick, seeded, train
    from training.report.evaluate import EvalConfig, evaluate

    recipe = seeded(quick(Recipe()) if options.quick else Recipe(), options.seed)
    if options.copies:
        recipe = replace(recipe, copies=options.copies)
    model = train(options.clips, options.out, options.version, recipe, options.jobs)
    config = EvalConfig(
        model=model,
        clips=options.clips,
        split="dev",
        jobs=options.jobs,
        memory=options.out / "answers",
        robustness=RobustnessConfig(
            kinds=options.conditions, noises=recorded(options.clips, "dev")
        ),
        card=options.out / "MODEL_CARD.md",
        figures=options.out / "figures",
        accuracy=beside(model),
    )
    bad = evaluate(config)
    print(f"wrote {model}; to serve it: python -m training promote --model {model}")
    return 1 if bad else 0
