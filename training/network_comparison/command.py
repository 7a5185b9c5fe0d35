"""`python -m training compare`: the three networks on the same arrays.

Imports only when run: the other commands need none of it.
"""

import argparse
from pathlib import Path

from dataset.execution.options import Commands, add_command, at_least
from training.fit.commands import given
from training.networks.sizes import SIZES, SMALL, USUAL

WHOLE = at_least(1)


def add(commands: Commands) -> None:
    parser = add_command(commands, "compare", "train the three networks, say what each costs")
    parser.add_argument("--data", type=Path, nargs="+", required=True, help="from `spectrograms`")
    parser.add_argument("--out", type=Path, required=True, help="folder to write; resumes there")
    parser.add_argument("--networks", nargs="+", choices=SIZES, default=list(SIZES))
    parser.add_argument("--size", choices=(SMALL, USUAL), default=SMALL)
    parser.add_argument("--seeds", type=WHOLE, default=3, help="how many")
    parser.add_argument("--epochs", type=WHOLE, default=4, help="looks at dev")
    parser.add_argument("--steps", type=WHOLE, default=100, help="batches between them")
    parser.add_argument("--batch", type=WHOLE, default=32, help="clips a batch")
    parser.add_argument("--learning-rate", type=float, help="at its peak")
    parser.set_defaults(run_command=_run_compare)


def _run_compare(options: argparse.Namespace) -> int:
    from training.network_comparison.comparison import compare, markdown
    from training.network_comparison.picture import draw

    how = given(options, "size", "epochs", "steps", "batch", "learning_rate")
    rows = compare(options.data, options.out, options.networks, options.seeds, how)
    page = markdown(rows)
    (options.out / "comparison.md").write_text(page + "\n", encoding="utf-8")
    draw(rows, options.out / "comparison.png")
    print(page)
    return 0
