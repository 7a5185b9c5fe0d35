"""The whole study: pictures, all trainings, the report; what is finished is not done again."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from dataset.execution.pool import Pool
from dataset.manifest import ManifestError
from dataset.splitting.split import SplitError
from training.study import report, results
from training.study.drawing import draw, folder_of, pixels
from training.study.figures import curves, side_by_side
from training.study.pictures import Folders, Picture, gather
from training.study.presets import PRESETS, SPEECH, Training
from training.study.results import Run
from training.study.run import Plan, train


@dataclass(frozen=True)
class Choice:
    """Options of `study`, from the command line."""

    presets: tuple[str, ...] = tuple(PRESETS)
    seeds: int = 1
    epochs: int | None = None  # None: the study's
    batch: int | None = None  # None: the study's


def study(folders: Folders, out: Path, choice: Choice, pool: Pool, command: str) -> list[str]:
    """Train what is not trained yet and write the report; what is missing in it, and why.

    All presets are trained with one seed, then with the next: whoever stops it has a whole report.
    """
    out.mkdir(parents=True, exist_ok=True)
    missing: list[str] = []
    drawn = {
        name: pictures
        for name in choice.presets
        if (pictures := _drawn(name, folders, out, pool, missing))
    }
    runs: dict[str, list[Run]] = {}
    for seed in range(1, choice.seeds + 1):
        for name, pictures in drawn.items():
            plan = Plan(name, PRESETS[name], _training(name, choice), seed)
            try:
                done = train(plan, pictures, out)
            except SplitError as error:
                missing.append(f"{name}, seed {seed}: {error}")
                continue
            print(f"{plan.folder}: {'trained' if done else 'was trained before'}", flush=True)
            runs.setdefault(name, []).append(results.read(out / plan.folder, seed))
            curves(f"{name}: {PRESETS[name].words}", runs[name], out / f"{name}.png")
            report.write(out, runs, command, missing)
    report.write(out, runs, command, missing)
    return missing


def _drawn(name: str, folders: Folders, out: Path, pool: Pool, missing: list[str]) -> list[Picture]:
    """The pictures of a preset, those that could be drawn; what could not is added to `missing`."""
    try:
        pictures = gather(PRESETS[name], folders)
    except ManifestError as error:
        missing.append(f"{name}: {error}")
        return []
    folder, kind = folder_of(out, PRESETS[name].training.picture)
    failed = dict(draw(pictures, folder, kind, pool))
    missing += [f"{one.sound.name} in {name}: {reason}" for one, reason in failed.items()]
    drawn = [one for one in pictures if one not in failed]
    _show(drawn, out, folder)
    return drawn


def _training(name: str, choice: Choice) -> Training:
    its = PRESETS[name].training
    return replace(its, epochs=choice.epochs or its.epochs, batch=choice.batch or its.batch)


def _show(pictures: Sequence[Picture], out: Path, folder: Path) -> None:
    """The first plain picture of each class that speaks."""
    firsts = {
        label: next((one for one in pictures if one.label == label and not one.clip.channel), None)
        for label in SPEECH
    }
    found = {label: one for label, one in firsts.items() if one}
    if len(found) == len(SPEECH):
        side_by_side(
            {label: pixels(folder / f"{one.name}.png", False) for label, one in found.items()},
            out / report.SIDE_BY_SIDE,
        )
