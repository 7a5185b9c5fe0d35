"""`python -m dataset list`: what the workshop knows, with licences and what each needs."""

import argparse
import textwrap
from collections.abc import Iterator

from dataset.acquisition.corpus import Corpus
from dataset.augmentation import PRESETS
from dataset.corpora import CORPORA
from dataset.engines import ENGINES
from dataset.execution.options import Commands, add_command

WIDTH, NAMES = 110, 20  # characters


def add(commands: Commands) -> None:
    does = "corpora, engines and presets, with their licences and what each needs"
    command = add_command(commands, "list", does)
    command.set_defaults(run_command=_run)


def _run(_: argparse.Namespace) -> int:
    print("\n".join(lines()))
    return 0


def lines() -> Iterator[str]:
    yield "Corpora (python -m dataset collect NAME --out DIR; docs/corpora.md)"
    for corpus in CORPORA:
        yield _entry(corpus.name, f"{corpus.what}. {_cost(corpus)}. Licence: {corpus.licence}")
    yield "\nEngines (python -m dataset synthesise --engine NAME --in DIR --out DIR)"
    for engine in ENGINES:
        languages = ", ".join(engine.languages) or "any language"
        about = f"{engine.family}; {languages}. Needs: {engine.needs}. Licence: {engine.licence}"
        yield _entry(engine.name, about)
    yield "\nPresets (python -m dataset augment --preset NAME --in DIR --out DIR)"
    for name, does in PRESETS.items():
        yield _entry(name, does)


def _cost(corpus: Corpus) -> str:
    size = f"{corpus.gigabytes:g} GB to download, {corpus.unpacked:g} GB unpacked"
    if corpus.files is None:
        return corpus.by_hand
    return f"{size}. {corpus.by_hand}" if corpus.by_hand else size


def _entry(name: str, about: str) -> str:
    return textwrap.fill(
        about,
        WIDTH,
        initial_indent=f"  {name:<{NAMES}}",
        subsequent_indent=" " * (NAMES + 2),
        break_on_hyphens=False,
    )
