"""`python -m dataset swap preprocess | train | convert | compare`: from raw clips to the swap."""

import argparse
import os
from pathlib import Path

from dataset import manifest
from dataset.execution.options import Commands, add_command
from dataset.manifest import Clip

# The steps import WORLD and TensorFlow: inside the functions, so that `--help` is there at once.


def add(commands: Commands) -> None:
    does = "train a voice swap: one encoder for all, one decoder a speaker"
    steps = add_command(commands, "swap", does).add_subparsers(required=True, metavar="STEP")
    _add_preprocess(steps)
    _add_train(steps)
    _add_convert(steps)
    _add_compare(steps)


def _add_preprocess(steps: Commands) -> None:
    step = steps.add_parser("preprocess", help="clips of two or more speakers to spectrograms")
    step.add_argument("--in", dest="source", type=Path, required=True, help="folder of clips")
    step.add_argument("--speakers", nargs="+", required=True, metavar="NAME")
    step.add_argument("--out", type=Path, required=True)
    step.set_defaults(run_command=_run_preprocess)


def _run_preprocess(options: argparse.Namespace) -> int:
    from dataset.engines.swap import preprocess
    from dataset.engines.swap.coverage import gaps, too_little
    from dataset.engines.swap.voice import Voice

    failed = preprocess.preprocess(options.source, options.out, options.speakers)
    for file, reason in failed:
        print(f"{file}: {reason}")
    own = {name: preprocess.read(options.out, name) for name in options.speakers}
    voices = {name: Voice.of(each) for name, each in own.items()}
    for name, voice in voices.items():
        print(f"{name}: {voice.minutes:.1f} minutes of speech, pitch about {voice.pitch:.0f} Hz")
    warnings = too_little(voices)
    for a, each in own.items():
        spoken = each.bands[each.spoken], each.pitch[each.spoken]
        for b in voices:
            warnings += gaps(*spoken, voices, a, b) if a != b else []
    _warn(warnings)
    return 0


def _add_train(steps: Commands) -> None:
    step = steps.add_parser("train", help="learn to swap, or go on learning")
    step.add_argument("--in", dest="source", type=Path, required=True, help="of `preprocess`")
    step.add_argument("--run", type=Path, required=True, help="folder to write; resumes there")
    step.add_argument("--start", type=Path, metavar="RUN", help="of other speakers: a warm start")
    step.add_argument("--encoder-only", action="store_true", help="leave that run's decoders")
    step.add_argument("--looks", type=int, default=80, help="at the held-out clips, at most")
    step.add_argument("--steps", type=int, default=50, help="batches between two looks")
    step.add_argument("--seed", type=int, default=1)
    step.set_defaults(run_command=_run_train)


def _run_train(options: argparse.Namespace) -> int:
    _quiet()
    from dataset.engines.swap.coverage import too_little
    from dataset.engines.swap.history import Plan
    from dataset.engines.swap.run import Run
    from dataset.engines.swap.training import train

    plan = Plan(seed=options.seed, looks=options.looks, steps=options.steps)
    looks = train(options.source, options.run, plan, options.start, options.encoder_only)
    best = min(looks, key=lambda look: look.held_loss)
    print(
        f"held-out loss {looks[0].held_loss:.3f} at the start, {best.held_loss:.3f} after "
        f"{best.step} steps ({best.cpu_seconds:.0f} CPU s)"
    )
    _warn(too_little(Run.read(options.run).voices))
    return 0


def _add_convert(steps: Commands) -> None:
    step = steps.add_parser("convert", help="let B say what A said")
    step.add_argument("--run", type=Path, required=True, help="of `train`")
    step.add_argument("--from", dest="a", required=True, metavar="A")
    step.add_argument("--to", dest="b", required=True, metavar="B")
    step.add_argument("files", nargs="+", type=Path, metavar="FILE", help="recordings of A")
    step.add_argument("--out", type=Path, required=True)
    step.set_defaults(run_command=_run_convert)


def _run_convert(options: argparse.Namespace) -> int:
    _quiet()
    from dataset.engines.engine import Refused
    from dataset.engines.swap.conversion import Converter
    from dataset.files import write_flac
    from inference.decoding.audio import SAMPLE_RATE

    converter = Converter(options.run)
    clips = []
    for file in options.files:
        try:
            samples, doubts = converter.convert(file, options.a, options.b)
        except Refused as error:
            print(f"{file}: {error}")
            continue
        made = options.out / f"{file.stem}.flac"
        write_flac(samples, SAMPLE_RATE, made)
        clips.append(
            Clip(
                file=made.name,
                label="synthetic",
                system="swap",
                family="vc",
                speaker=options.b,
                pair=file.stem,
                seconds=round(len(samples) / SAMPLE_RATE, 3),
            )
        )
        _warn([f"{file}: {doubt}" for doubt in doubts])
    options.out.mkdir(parents=True, exist_ok=True)
    manifest.write(clips, options.out)
    print(f"{len(clips)} recordings converted")
    return 0 if clips else 1


def _add_compare(steps: Commands) -> None:
    step = steps.add_parser("compare", help="what a second run needed to be as good as a first")
    step.add_argument("first", type=Path, metavar="RUN")
    step.add_argument("second", type=Path, metavar="RUN")
    step.set_defaults(run_command=_run_compare)


def _run_compare(options: argparse.Namespace) -> int:
    from dataset.engines.swap.history import compared
    from dataset.engines.swap.run import Run

    print(compared(Run.read(options.first).history(), Run.read(options.second).history()))
    return 0


def _warn(warnings: list[str]) -> None:
    for warning in warnings:
        print(f"warning: {warning}")


def _quiet() -> None:
    """TensorFlow prints pages about GPUs that are not there."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
