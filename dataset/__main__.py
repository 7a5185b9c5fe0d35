"""`python -m dataset COMMAND`: the workshop, one command a step; each reads what another left."""

import argparse
import sys
from pathlib import Path

from dataset import listing
from dataset.acquisition.corpus import CorpusError
from dataset.augmentation import PRESETS
from dataset.corpora import commands as corpora
from dataset.engines import ENGINES
from dataset.engines.engine import NotReady, Options
from dataset.engines.swap import commands as swap
from dataset.execution.checkpoint import InUse
from dataset.execution.options import Commands, add_pool, add_step, at_least, current_names, pool_of
from dataset.execution.pool import NoResources, WorkerCrashed
from dataset.manifest import ManifestError
from dataset.splitting.split import KEYS, Plan
from dataset.vocoder_training import commands as vocoder
from inference.features import FeatureSpec

# Steps import librosa, Ray and engines: inside the functions, so that `--help` is there at once.


RENAMED = {"tones": "toy-corpus"}  # in 0.6.0; the old name goes with the next release


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m dataset", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_toy_corpus(commands)
    corpora.add(commands)
    _add_synthesise(commands)
    _add_augment(commands)
    _add_spectrograms(commands)
    _add_transcribe(commands)
    _add_split(commands)
    _add_card(commands)
    _add_export(commands)
    swap.add(commands)
    vocoder.add(commands)
    listing.add(commands)
    options = parser.parse_args(current_names(sys.argv[1:], RENAMED))
    try:
        _keep_apart(getattr(options, "source", None), getattr(options, "out", None))
        code: int = options.run_command(options)
    except (
        CorpusError,
        WorkerCrashed,
        InUse,
        ManifestError,
        NoResources,
        NotReady,
        OSError,
    ) as error:
        print(error, file=sys.stderr)
        return 1
    except ModuleNotFoundError as error:
        print(f"{error}: `scripts/venv .venv-training` has it", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("stopped; the same command goes on from here", file=sys.stderr)
        return 130
    return code


def _keep_apart(source: Path | None, out: Path | None) -> None:
    """A step adds to what it leaves; what it reads stays as it is."""
    if source and out and out.resolve().is_relative_to(source.resolve()):
        raise ManifestError(f"{out} is (in) the folder that is read: name another one for --out")


def _add_toy_corpus(commands: Commands) -> None:
    command = commands.add_parser("toy-corpus", help="make a tiny corpus of formula-made voices")
    command.add_argument("--clips", type=at_least(1), default=60, help="of each class")
    command.add_argument("--out", type=Path, required=True)
    command.set_defaults(run_command=_run_toy_corpus)


def _run_toy_corpus(options: argparse.Namespace) -> int:
    from dataset.toy_corpus import write

    write(options.out, options.clips)
    return 0


def _add_synthesise(commands: Commands) -> None:
    command = add_step(commands, "synthesise", "make a synthetic counterpart of every human clip")
    command.add_argument("--engine", choices=[engine.name for engine in ENGINES], required=True)
    command.add_argument("--model", help="name or path, for engines that have a choice")
    command.add_argument("--accept-licence", action="store_true", help="of non-free weights")
    command.add_argument("--check-words", action="store_true", help="by Whisper (extra words)")
    command.add_argument("--device", default="cpu", help="cpu or cuda")
    command.add_argument("--share", type=float, default=1.0, help="0..1 of the clips, by seed")
    command.add_argument("--seed", type=int, default=1)
    add_pool(command)
    command.set_defaults(run_command=_run_synthesise)


def _run_synthesise(options: argparse.Namespace) -> int:
    from dataset.synthesise import synthesise

    engine = next(engine for engine in ENGINES if engine.name == options.engine)
    chosen = Options(
        model=options.model,
        accept_licence=options.accept_licence,
        seed=options.seed,
        device=options.device,
        check_words=options.check_words,
        share=options.share,
    )
    gpus = engine.gpus if options.device != "cpu" else 0.0
    pool = pool_of(options, engine.cpus, gpus)
    outcome = synthesise(options.source, options.out, engine, chosen, pool)
    return _told(outcome.made, outcome.summary)


def _add_augment(commands: Commands) -> None:
    command = add_step(commands, "augment", "make the classes alike, send them through channels")
    command.add_argument("--preset", choices=list(PRESETS), required=True)
    command.add_argument("--notes", type=Path, help="folder of real voice notes to sound like")
    command.add_argument("--noise", type=Path, help="folder of ambience, for the preset study")
    command.add_argument("--copies", type=at_least(1), default=1, help="of every pair")
    command.add_argument("--seed", type=int, default=1)
    add_pool(command)
    command.set_defaults(run_command=_run_augment)


def _run_augment(options: argparse.Namespace) -> int:
    from dataset.augmentation.augment import Choice, augment

    choice = Choice(options.preset, options.notes, options.noise, options.copies, options.seed)
    outcome = augment(options.source, options.out, choice, pool_of(options))
    return _told(outcome.made, outcome.summary)


def _add_spectrograms(commands: Commands) -> None:
    command = add_step(commands, "spectrograms", "compute the arrays training reads, or pictures")
    command.add_argument("--pictures", choices=("grey", "colour"), help="PNGs instead of arrays")
    add_pool(command)
    command.set_defaults(run_command=_run_spectrograms)


def _run_spectrograms(options: argparse.Namespace) -> int:
    from dataset.spectrograms import draw, write

    if options.pictures:
        outcome = draw(options.source, options.out, options.pictures, pool_of(options))
    else:
        outcome = write(options.source, options.out, FeatureSpec(), pool_of(options))
    return _told(outcome.made, outcome.summary)


def _add_split(commands: Commands) -> None:
    command = add_step(commands, "split", "deal the clips to train, dev and test")
    command.add_argument("--by", nargs="+", choices=KEYS, default=KEYS, help="kept on one side")
    command.add_argument("--shares", nargs=3, type=float, default=Plan.shares)
    command.add_argument(
        "--test-family", nargs="+", default=(), metavar="NAME", help="of engines, only for test"
    )
    command.add_argument("--anew", action="store_true", help="forget the splits there are")
    command.add_argument("--seed", type=int, default=1)
    command.set_defaults(run_command=_run_split)


def _run_split(options: argparse.Namespace) -> int:
    from dataset.splitting.split import deal

    if min(options.shares) < 0 or not sum(options.shares):
        raise ManifestError("--shares wants three numbers that are not negative, e.g. 0.8 0.1 0.1")
    shares = tuple(share / sum(options.shares) for share in options.shares)
    plan = Plan(tuple(options.by), shares, tuple(options.test_family), options.seed)
    splits = deal(options.source, options.out, plan, options.anew)
    return _told(len(splits.clips), splits.summary)


def _add_card(commands: Commands) -> None:
    command = add_step(commands, "card", "describe and audit a folder: card.html and card.md")
    command.add_argument("--before", type=Path, metavar="DIR", help="audit it too, to compare")
    add_pool(command)
    command.set_defaults(run_command=_run_card)


def _run_card(options: argparse.Namespace) -> int:
    from dataset.card import write

    read, summary = write(options.source, options.out, options.before, pool_of(options))
    print(f"{read} clips described in {options.out / 'card.html'}", summary, sep="\n")
    return 0 if read else 1


def _add_export(commands: Commands) -> None:
    command = add_step(commands, "export", "leave a folder for other tools to load")
    command.add_argument("--format", choices=("audiofolder", "webdataset"), required=True)
    command.add_argument("--shard-size", type=float, default=500.0, metavar="MB", help="of tars")
    command.set_defaults(run_command=_run_export)


def _run_export(options: argparse.Namespace) -> int:
    from dataset.export import export

    size = round(options.shard_size * 1e6)
    outcome = export(options.source, options.out, options.format, size)
    return _told(outcome.made, outcome.summary)


def _add_transcribe(commands: Commands) -> None:
    command = add_step(commands, "transcribe", "write down what is said where no text is known")
    add_pool(command)
    command.set_defaults(run_command=_run_transcribe)


def _run_transcribe(options: argparse.Namespace) -> int:
    from dataset.transcribe import transcribe

    return _told(*transcribe(options.source, options.out, pool_of(options)))


def _told(made: int, summary: str) -> int:
    """Say how many clips there are and what went wrong; fails when there is nothing."""
    print(f"{made} clips written")
    if summary:
        print(summary)
    return 0 if made else 1


if __name__ == "__main__":
    sys.exit(main())
