"""`python -m dataset collect`: its options, and what it tells."""

import argparse
from pathlib import Path

from dataset.corpora import CORPORA
from dataset.execution.checkpoint import FAILED
from dataset.execution.options import Commands, add_command, add_pool, pool_of
from dataset.manifest import LABELS, SPLITS


def add(commands: Commands) -> None:
    does = "get a corpus and list its clips"
    command = add_command(commands, "collect", does)
    command.add_argument("corpus", choices=[corpus.name for corpus in CORPORA])
    command.add_argument("--from", dest="source", type=Path, help="folder or archive on disk")
    command.add_argument("--out", type=Path, required=True, help="folder to leave")
    command.add_argument("--language", default="", help='BCP 47; "pt" takes pt-BR as well')
    command.add_argument("--label", default="", choices=LABELS)
    command.add_argument("--split", default="", choices=SPLITS)
    add_pool(command)
    command.set_defaults(run_command=_run)


def _run(options: argparse.Namespace) -> int:
    from dataset.acquisition.collect import (  # httpx takes time, which `--help` need not wait
        Wanted,
        collect,
    )

    corpus = next(corpus for corpus in CORPORA if corpus.name == options.corpus)
    print(f"{corpus.name}: {corpus.what}. Licence: {corpus.licence}")
    wanted = Wanted(options.language, options.label, options.split)
    pool = pool_of(options)
    outcome = collect(corpus, options.source, options.out, wanted, pool)
    hours = outcome.seconds / 3600
    print(f"{outcome.taken} clips taken ({hours:.1f} h), {outcome.left_out} left out")
    if outcome.summary:
        print(f"{outcome.summary}\n  one by one in {options.out / FAILED}")
    return 0 if outcome.taken else 1
