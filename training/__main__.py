"""`python -m training COMMAND`: the laboratory, from arrays to the served file and its figures."""

import argparse
import json
import os
import statistics
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")  # else TensorFlow prints pages about GPUs

from dataset.execution.options import at_least
from inference.accuracy import beside
from inference.card import Card
from inference.detector import Detector, default_model
from inference.errors import ModelError
from training.music import music_command
from training.networks.sizes import SIZES, SMALL, USUAL
from training.recipe import command as recipe
from training.speaker_verification import voices_command
from training.study import command as study

WHOLE = at_least(1)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    recipe.add(commands)
    _fit(commands.add_parser("fit", help="train a network, or go on training it"))
    _compare(commands.add_parser("compare", help="train the three networks, say what each costs"))
    _join(commands.add_parser("join", help="average several trained CNNs in one network"))
    _export(commands.add_parser("export", help="calibrate a network on dev and write the file"))
    _evaluate(commands.add_parser("evaluate", help="score clips with a file, write its card"))
    _promote(commands.add_parser("promote", help="serve a model, unless it is worse somewhere"))
    study.add(commands.add_parser("study", help="repeat the study's trainings, with a report"))
    _splices(commands.add_parser("splices", help="find synthetic inserts in human speech"))
    _faithfulness(commands.add_parser("faithfulness", help="does the heat map tell the truth?"))
    voices_command.add(commands)
    _overlap(commands.add_parser("overlap", help="fit what hears several voices at once"))
    music_command.add(commands)
    _card(commands.add_parser("card", help="print what a model file says of itself"))
    options = parser.parse_args()
    try:
        code: int = options.run_command(options)
    except (ModelError, OSError, ValueError) as error:  # a manifest's among the last
        print(error, file=sys.stderr)
        return 1
    except ModuleNotFoundError as error:
        print(f"{error}: `scripts/venv .venv-training dataset training` has it", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("stopped; `fit`, `compare` and what has --work go on from here", file=sys.stderr)
        return 130
    return code


def _fit(parser: argparse.ArgumentParser) -> None:
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
        help="learn from dev, too, once the recipe is frozen; `export --like` its twin's file",
    )
    parser.set_defaults(run_command=_run_fit)


def _run_fit(options: argparse.Namespace) -> int:
    from training.data.batches import Recipe  # TensorFlow takes seconds, which `card` need not wait
    from training.fit.fit import Fit, fit

    rates = []
    for seed in options.seed:
        run = options.run / f"seed-{seed}" if len(options.seed) > 1 else options.run
        recipe = replace(Recipe(seed=seed), **_given(options, "steps", "batch"))
        if options.also_dev:
            recipe = replace(recipe, splits=("train", "dev"))
        plan = Fit(recipe=recipe, size=SIZES[options.network][options.size])
        plan = replace(plan, **_given(options, "epochs", "learning_rate"))
        rates.append(100.0 * fit(options.data, run, plan, options.start))
        if options.also_dev:
            print("learnt from dev, which says nothing about it any more")
        else:
            print(f"equal error rate on dev, one window a clip: {rates[-1]:.1f} %")
    if len(rates) > 1 and not options.also_dev:
        mean, spread = statistics.mean(rates), statistics.stdev(rates)
        print(f"over {len(rates)} seeds: {mean:.1f} ± {spread:.1f} %")
    return 0


def _given(options: argparse.Namespace, *names: str) -> dict[str, Any]:
    """What was said on the command line; the rest stays as the recipe has it."""
    return {name: said for name in names if (said := getattr(options, name)) is not None}


def _compare(parser: argparse.ArgumentParser) -> None:
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
    from training.network_comparison.contest import compare, markdown
    from training.network_comparison.contest_picture import draw

    how = _given(options, "size", "epochs", "steps", "batch", "learning_rate")
    rows = compare(options.data, options.out, options.networks, options.seeds, how)
    page = markdown(rows)
    (options.out / "comparison.md").write_text(page + "\n", encoding="utf-8")
    draw(rows, options.out / "comparison.png")
    print(page)
    return 0


def _join(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--runs", type=Path, nargs="+", required=True, help="from `fit`")
    parser.add_argument("--out", type=Path, required=True, help="run to write, for `export`")
    parser.set_defaults(run_command=_run_join)


def _run_join(options: argparse.Namespace) -> int:
    from training.fit.joining import join

    join(options.runs, options.out)
    return 0


def _export(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--run", type=Path, required=True, help="from `fit`")
    how = parser.add_mutually_exclusive_group(required=True)
    how.add_argument("--clips", type=Path, help="whose dev split calibrates")
    how.add_argument("--like", type=Path, help="file of the twin, for a run that learnt from dev")
    parser.add_argument("--version", required=True, help="of the model, e.g. 0.2.0")
    parser.add_argument("--out", type=Path, required=True, help="folder of the file")
    parser.add_argument("--jobs", type=WHOLE, default=os.cpu_count() or 1)
    parser.set_defaults(run_command=_run_export)


def _run_export(options: argparse.Namespace) -> int:
    from training.export.export import release, release_like
    from training.export.listed import entry
    from training.report.sections import held

    path = options.out / f"ouvido-{options.version}.onnx"
    if options.like:
        card = release_like(options.like, options.run, path, options.version)
    else:
        card = release(options.run, options.clips, path, options.version, options.jobs)
    print(held(card.training["band"]))
    print(f"wrote {path}; its entry for inference/models.toml:\n\n{entry(path)}")
    return 0


def _evaluate(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--clips", type=Path, required=True, help="a folder with a manifest.csv")
    parser.add_argument("--model", type=Path, default=default_model())
    parser.add_argument("--split", default="dev")
    parser.add_argument("--out", type=Path, help="Markdown file to write, e.g. MODEL_CARD.md")
    parser.add_argument("--figures", type=Path, help="folder for pictures and the long tables")
    parser.add_argument(
        "--accuracy", action="store_true", help="write MODEL.accuracy.json beside it, for the bot"
    )
    parser.add_argument("--train", type=Path, help="folder it learnt from; else that of --clips")
    parser.add_argument(
        "--conditions", type=_kinds, default=(), help="of codecs,lengths,noise,handling"
    )
    parser.add_argument("--limit", type=WHOLE, default=300, help="clips of a condition")
    parser.add_argument("--noise", type=Path, help="folder of noise clips; else that of --clips")
    parser.add_argument("--peer", type=_peer, action="append", default=[], metavar="NAME=TABLE")
    parser.add_argument("--work", type=Path, help="folder that keeps answers, to go on or to redo")
    parser.add_argument("--jobs", type=WHOLE, default=os.cpu_count() or 1)
    parser.set_defaults(run_command=_run_evaluate)


def _kinds(text: str) -> tuple[str, ...]:
    from training.evaluation.conditions import (
        KINDS,  # brings SciPy along, which `card` need not wait for
    )

    kinds = tuple(text.split(","))
    if unknown := [kind for kind in kinds if kind not in KINDS]:
        raise argparse.ArgumentTypeError(f"{unknown[0]!r} is none of {', '.join(KINDS)}")
    return kinds


def _peer(text: str) -> tuple[str, Path]:
    name, _, path = text.partition("=")
    if not name or not Path(path).is_file():
        raise argparse.ArgumentTypeError(f"{text!r} is not a name, = and a table of scores")
    return name, Path(path)


def _run_evaluate(options: argparse.Namespace) -> int:
    from training.evaluation.stress import Stress, recorded
    from training.report.examine import Order, examine

    order = Order(
        model=options.model,
        clips=options.clips,
        split=options.split,
        jobs=options.jobs,
        memory=options.work,
        train=options.train,
        stress=Stress(
            kinds=options.conditions,
            limit=options.limit,
            noises=recorded(options.noise or options.clips, options.split),
        ),
        peers=dict(options.peer),
        card=options.out,
        figures=options.figures,
        accuracy=beside(options.model) if options.accuracy else None,
    )
    return 1 if examine(order) else 0


def _promote(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--model", type=Path, required=True, help="the candidate, from `export`")
    parser.add_argument("--clips", type=Path, required=True, help="whose dev split decides")
    parser.add_argument("--served", type=Path, default=default_model())
    parser.add_argument("--twin", type=Path, help="what is measured for one that learnt from dev")
    every = "codecs,lengths,noise,handling"  # the card of what is served lacks nothing unless told
    parser.add_argument(
        "--conditions", type=_kinds, default=every, help="on the card; handling is guarded"
    )
    parser.add_argument("--limit", type=WHOLE, default=300, help="clips of a condition")
    parser.add_argument("--keep", action="store_true", help="also keep the models served before")
    parser.add_argument("--dry-run", action="store_true", help="only say what would be done")
    parser.add_argument("--work", type=Path, help="folder that keeps answers, to go on or to redo")
    parser.add_argument("--jobs", type=WHOLE, default=os.cpu_count() or 1)
    parser.set_defaults(run_command=_run_promote)


def _run_promote(options: argparse.Namespace) -> int:
    from training.evaluation.stress import Stress, recorded
    from training.release.promotion import SPLIT, Candidate, promote

    candidate = Candidate(options.model, options.twin or options.model, options.served)
    home = None if options.dry_run else Path(__file__).parents[1]
    stress = Stress(options.conditions, options.limit, recorded(options.clips, SPLIT))
    return promote(candidate, options.clips, options.jobs, options.work, home, options.keep, stress)


def _splices(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--clips", type=Path, required=True, help="whose dev split is spliced")
    parser.add_argument("--model", type=Path, default=default_model())
    parser.add_argument("--count", type=WHOLE, default=60, help="recordings, and as many controls")
    parser.set_defaults(run_command=_run_splices)


def _run_splices(options: argparse.Namespace) -> int:
    from dataset.manifest import of_split
    from training.interpretability.localisation import report
    from training.interpretability.splices import plan, recordings

    spliced = recordings(plan(of_split(options.clips, "dev"), options.count), options.clips)
    print(report(options.model, spliced))
    return 0


def _overlap(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--clips", type=Path, required=True, help="a folder with a manifest.csv")
    parser.add_argument("--out", type=Path, required=True, help="file to write, crowd.onnx")
    parser.add_argument("--work", type=Path, required=True, help="folder that keeps the examples")
    parser.add_argument("--music", type=Path, help="folder of other music, to measure on")
    parser.add_argument("--seed", type=at_least(0), default=1)
    parser.set_defaults(run_command=_run_overlap)


def _run_overlap(options: argparse.Namespace) -> int:
    from training.overlapped_speech.overlap import overlap

    model, music = default_model(), options.music
    card = overlap(options.clips, model, options.out, options.work, music, options.seed)
    print(card.to_json(), end="")
    return 0


def _faithfulness(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--clips", type=Path, required=True, help="whose dev split is looked at")
    parser.add_argument("--model", type=Path, default=default_model())
    parser.add_argument("--count", type=WHOLE, default=150, help="clips, all called synthetic")
    parser.set_defaults(run_command=_run_faithfulness)


def _run_faithfulness(options: argparse.Namespace) -> int:
    from dataset.manifest import of_split
    from training.interpretability.faithfulness import report, windows

    seen = windows(options.model, options.clips, of_split(options.clips, "dev"), options.count)
    print(report(options.model, seen))
    return 0


def _card(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("model", type=Path, nargs="?", default=default_model())
    parser.set_defaults(run_command=_run_card)


def _run_card(options: argparse.Namespace) -> int:
    card: Card = Detector(options.model).card
    print(json.dumps(json.loads(card.to_json()), indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
