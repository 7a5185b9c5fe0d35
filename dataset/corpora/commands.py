"""`python -m dataset collect`: its options, and what it tells."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from dataset.corpora import CORPORA
from dataset.journal import FAILED
from dataset.pool import Pool

if TYPE_CHECKING:  # argparse has no public name for it
    Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def add(commands: "Commands") -> None:
    does = "get a corpus and list its clips"
    command = commands.add_parser("collect", help=does, description=does)
    command.add_argument("corpus", choices=[corpus.name for corpus in CORPORA])
    command.add_argument("--from", dest="source", type=Path, help="folder or archive on disk")
    command.add_argument("--out", type=Path, required=True, help="folder to leave")
    command.add_argument("--language", default="", help='BCP 47; "pt" takes pt-BR as well')
    command.add_argument("--label", default="", choices=["human", "synthetic", "noise"])
    command.add_argument("--split", default="", choices=["train", "dev", "test"])
    command.add_argument("--workers", type=int, default=0, help="processes; 0: one a core")
    command.add_argument("--ray", metavar="ADDRESS", help="of a Ray cluster that shares the disk")
    command.set_defaults(run_command=_run)


def _run(options: argparse.Namespace) -> int:
    from dataset.collect import Wanted, collect  # httpx takes time, which `--help` need not wait

    corpus = next(corpus for corpus in CORPORA if corpus.name == options.corpus)
    print(f"{corpus.name}: {corpus.what}. Licence: {corpus.licence}")
    wanted = Wanted(options.language, options.label, options.split)
    pool = Pool(options.workers, options.ray)
    outcome = collect(corpus, options.source, options.out, wanted, pool)
    hours = outcome.seconds / 3600
    print(f"{outcome.taken} clips taken ({hours:.1f} h), {outcome.left_out} left out")
    if outcome.summary:
        print(f"{outcome.summary}\n  one by one in {options.out / FAILED}")
    return 0 if outcome.taken else 1
