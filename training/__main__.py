"""`python -m training fit | export | evaluate | card`: arrays in, the served file out."""

import argparse
import json
import os
import sys
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")  # else TensorFlow prints pages about GPUs

from inference.card import Card
from inference.detector import Detector, default_model
from training.batches import Recipe


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    commands = parser.add_subparsers(required=True)
    _fit(commands.add_parser("fit", help="train a network, or go on training it"))
    _export(commands.add_parser("export", help="calibrate a network on dev and write the file"))
    _evaluate(commands.add_parser("evaluate", help="score clips with a file, write its card"))
    _card(commands.add_parser("card", help="print what a model file says of itself"))
    options = parser.parse_args()
    run: int = options.run_command(options)
    return run


def _fit(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, required=True, help="from `dataset spectrograms`")
    parser.add_argument("--run", type=Path, required=True, help="folder to write; resumes there")
    parser.add_argument("--start", type=Path, help="another run, to set out from its weights")
    parser.add_argument("--epochs", type=int, help="looks at dev")
    parser.add_argument("--steps", type=int, default=Recipe.steps, help="batches between them")
    parser.add_argument("--batch", type=int, default=Recipe.batch, help="clips a batch")
    parser.add_argument("--seed", type=int, default=Recipe.seed)
    parser.set_defaults(run_command=_run_fit)


def _run_fit(options: argparse.Namespace) -> int:
    from training.fit import Fit, fit  # TensorFlow takes seconds, which `card` need not wait

    recipe = Recipe(batch=options.batch, steps=options.steps, seed=options.seed)
    plan = Fit(recipe=recipe)
    plan = replace(plan, epochs=options.epochs or plan.epochs)
    rate = fit(options.data, options.run, plan, options.start)
    print(f"equal error rate on dev, one window a clip: {100 * rate:.1f} %")
    return 0


def _export(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--run", type=Path, required=True, help="from `fit`")
    parser.add_argument("--clips", type=Path, required=True, help="whose dev split calibrates")
    parser.add_argument("--version", required=True, help="of the model, e.g. 0.2.0")
    parser.add_argument("--out", type=Path, required=True, help="folder of the file")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.set_defaults(run_command=_run_export)


def _run_export(options: argparse.Namespace) -> int:
    from training.export import release

    path = options.out / f"ouvido-{options.version}.onnx"
    entry = release(options.run, options.clips, path, options.version, options.jobs)
    print(f"wrote {path}; its entry for inference/models.toml:\n\n{entry}")
    return 0


def _evaluate(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--clips", type=Path, required=True, help="a folder with a manifest.csv")
    parser.add_argument("--model", type=Path, default=default_model())
    parser.add_argument("--split", default="dev")
    parser.add_argument("--out", type=Path, help="Markdown file to write, e.g. MODEL_CARD.md")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.set_defaults(run_command=_run_evaluate)


def _run_evaluate(options: argparse.Namespace) -> int:
    from training.evaluation import figures
    from training.parity import parity
    from training.report import model_card, rows
    from training.served import answers, of_split

    clips = of_split(options.clips, options.split)
    good, bad = answers(options.model, options.clips, clips, options.jobs)
    for clip, reason in bad:
        print(f"not scored: {clip.file}: {reason}", file=sys.stderr)
    difference = parity(options.model, options.clips, clips)
    if options.out:
        page = model_card(options.model, good, difference)
        options.out.write_text(page, encoding="utf-8")
    print(rows("", {options.split: figures(good)}))
    print(f"constant-Q layer against librosa: within {difference:.3f} dB")
    return 1 if bad else 0


def _card(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("model", type=Path, nargs="?", default=default_model())
    parser.set_defaults(run_command=_run_card)


def _run_card(options: argparse.Namespace) -> int:
    card: Card = Detector(options.model).card
    print(json.dumps(json.loads(card.to_json()), indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
