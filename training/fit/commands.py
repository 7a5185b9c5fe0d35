"""`python -m training fit` trains a network, `ensemble` averages several.

Imports only when run: the other commands need none of it.
"""

import argparse
import statistics
from dataclasses import replace
from pathlib import Path
from typing import Any

from dataset.execution.options import Commands, add_command, at_least
from training.networks.sizes import SIZES, SMALL, USUAL

WHOLE = at_least(1)


def add(commands: Commands) -> None:
    _add_fit(commands)
    _add_ensemble(commands)


def _add_fit(commands: Commands) -> None:
    parser = add_command(commands, "fit", "train a network, or go on training it")
    parser.add_argument("--data", type=Path, nargs="+", required=True, help="from `spectrograms`")
    parser.add_argument("--run", type=Path, required=True, help="folder to write; resumes there")
    parser.add_argument("--start", type=Path, help="another run, to set out from its weights")
    parser.add_argument("--network", choices=SIZES, default="cnn")
    parser.add_argument("--size", choices=(SMALL, USUAL), default=USUAL)
    parser.add_argument("--epochs", type=WHOLE, help="looks at dev")
    parser.add_argument("--steps", type=WHOLE, help="batches between them")
    parser.add_argument("--batch", type=WHOLE, help="clips a batch")
    parser.add_argument("--learning-rate", type=float, help="at its peak")
    parser.add_argument(
        "--seed", type=at_least(0), nargs="+", default=[1], help="several: RUN/seed-N each"
    )
    parser.add_argument(
        "--also-dev",
        action="store_true",
        help="learn from dev, too, once the recipe is frozen; then `export --like`",
    )
    parser.set_defaults(run_command=_run_fit)


def _add_ensemble(commands: Commands) -> None:
    parser = add_command(commands, "ensemble", "average several trained CNNs in one network")
    parser.add_argument("--runs", type=Path, nargs="+", required=True, help="from `fit`")
    parser.add_argument("--out", type=Path, required=True, help="run to write, for `export`")
    parser.set_defaults(run_command=_run_ensemble)


def _run_fit(options: argparse.Namespace) -> int:
    from training.data.batches import Recipe  # TensorFlow takes seconds, which `card` need not wait
    from training.fit.trainer import Fit, fit

    rates = []
    for seed in options.seed:
        run = options.run / f"seed-{seed}" if len(options.seed) > 1 else options.run
        recipe = replace(Recipe(seed=seed), **given(options, "steps", "batch"))
        if options.also_dev:
            recipe = replace(recipe, splits=("train", "dev"))
        plan = Fit(recipe=recipe, size=SIZES[options.network][options.size])
        plan = replace(plan, **given(options, "epochs", "learning_rate"))
        rates.append(100.0 * fit(options.data, run, plan, options.start))
        if options.also_dev:
            print("learnt from dev, which says nothing about it any more")
        else:
            print(f"equal error rate on dev, one window a clip: {rates[-1]:.1f} %")
    if len(rates) > 1 and not options.also_dev:
        mean, spread = statistics.mean(rates), statistics.stdev(rates)
        print(f"over {len(rates)} seeds: {mean:.1f} ± {spread:.1f} %")
    return 0


def given(options: argparse.Namespace, *names: str) -> dict[str, Any]:
    """What was said on the command line; the rest stays as the recipe has it."""
    return {name: said for name in names if (said := getattr(options, name)) is not None}


def _run_ensemble(options: argparse.Namespace) -> int:
    from training.fit.ensemble import join

    join(options.runs, options.out)
    return 0
