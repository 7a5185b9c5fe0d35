"""Figures of the data-set workshop on this machine, and what the whole of CETUC would cost by them.

Run as scripts/bench dataset [--scale] [FOLDER]; FOLDER is a set whose confounders are audited.
Other work on the machine makes the times worse, so the load is printed too.
"""

import argparse
import functools
import multiprocessing
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("OMP_NUM_THREADS", "1")  # a worker a core is what is measured

import numpy as np  # noqa: E402
from processes import family, resident  # noqa: E402

from dataset import manifest, spectrograms, toy_corpus  # noqa: E402
from dataset.augmentation.augment import Choice, augment  # noqa: E402
from dataset.engines.copy_synthesis import griffin_lim, world  # noqa: E402
from dataset.engines.engine import Engine, Job, NotReady, Options  # noqa: E402
from dataset.engines.jobs import jobs  # noqa: E402
from dataset.engines.tts import kokoro  # noqa: E402
from dataset.execution.pool import Failed, Pool  # noqa: E402
from dataset.files import write_flac  # noqa: E402
from dataset.manifest import Clip  # noqa: E402
from inference.features import FeatureSpec  # noqa: E402

CORES = 2
POOL = Pool(workers=CORES)
ITEMS = 10_000
SHORT, LONG, SPOKEN = 8, 128, 12  # pairs of clips
STUDY = replace(FeatureSpec(), n_bins=256, bins_per_octave=37, columns=512)  # up to 7.1 kHz
MEBIBYTE = 1024**2
SPECTROGRAMS, AUGMENTATION = "spectrograms of 256 bins × 512 columns", "augmentation, messenger"
REACH = {
    SPECTROGRAMS: "at least 150 ×",
    AUGMENTATION: "at least 60 ×",
    "kokoro": "0.21 + 10 %",  # measured with two threads
    "world": "0.17 + 10 %",
    "griffin-lim": "0.23 + 10 %",
}
SENTENCES = (
    "Bom dia, tudo bem com você? Ontem fui ao mercado e comprei pão, queijo e um pouco de café.",
    "A reunião foi marcada para a próxima quinta-feira, às nove horas, no segundo andar do prédio.",
    "Ele disse que viria mais cedo, mas o trânsito parou e ninguém conseguiu chegar a tempo.",
)
CETUC_HOURS = 144.6  # of 100,998 utterances
ASSUMED = (0.2, 0.5, 1.0)  # nothing with a GPU was measured
GPU_BYTES = 24_000  # a second: 24 kHz of 16 bits, of which FLAC leaves about half

MEASURED = (kokoro.ENGINE, world.ENGINE, griffin_lim.ENGINE)
Row = tuple[str, str, str]


@dataclass(frozen=True)
class Rate:
    """What a step needs for a second of sound."""

    name: str
    work: float  # seconds of one core
    elapsed: float  # seconds with both cores at work
    bytes: float  # on disk


def main() -> None:
    parser = argparse.ArgumentParser(prog="scripts/bench dataset", description=__doc__)
    parser.add_argument("--scale", action="store_true", help="also what CETUC by all engines costs")
    parser.add_argument("set", nargs="?", type=Path, help="a folder whose confounders are audited")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        record(folder / "corpus", SPOKEN, STUDY)
        steps = [
            step_rate(SPECTROGRAMS, _spectrograms, folder),
            step_rate(AUGMENTATION, _augment, folder),
        ]
        tried = (engine_rate(engine, folder / "corpus") for engine in MEASURED)
        engines = [rate for rate in tried if rate]
        rows = [*rate_rows(steps, engines), *ray_rows()]
    if options.set:
        rows += audit_rows(options.set)
    table(("what", "measured", "reach"), rows)
    if options.scale:
        print()
        table(("CETUC", "core hours", "hours on two cores", "GB"), scale(steps, engines))
    print(f"\nLoad of the machine's {os.cpu_count()} cores at the end: {os.getloadavg()[0]:.1f}")


def _spectrograms(source: Path, target: Path) -> None:
    spectrograms.write(source, target, STUDY, POOL)


def _augment(source: Path, target: Path) -> None:
    augment(source, target, Choice("messenger"), POOL)


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    head = list(head)
    for row in (head, ["---"] * len(head), *rows):
        print("| " + " | ".join(row) + " |", flush=True)


def record(folder: Path, clips: int, spec: FeatureSpec) -> float:
    """Formula-made clips and counterparts of `spec.columns` columns each; returns the seconds."""
    rows = []
    samples = (spec.columns - 1) * spec.hop_length
    for number in range(clips):
        for label in ("human", "synthetic"):
            rng = np.random.default_rng(number)
            who = number % toy_corpus.SPEAKERS
            voices = [toy_corpus.voice(who, label == "human", rng) for _ in range(3)]
            file = f"{label}/{number:04}.flac"
            write_flac(np.concatenate(voices)[:samples], toy_corpus.RATE, folder / file)
            text, speaker = SENTENCES[number % len(SENTENCES)], f"speaker-{who}"
            rows.append(
                Clip(
                    file=file,
                    label=label,
                    system="human" if label == "human" else "formula",
                    language="pt-BR",
                    speaker=speaker,
                    text=text,
                    pair=str(number),
                    source="formula",
                    seconds=samples / toy_corpus.RATE,
                )
            )
    manifest.write(rows, folder)
    return sum(clip.seconds for clip in rows)


def step_rate(name: str, step: Callable[[Path, Path], object], folder: Path) -> Rate:
    """Of a long run without a short one, so that no start of Ray or of a library counts.

    The very first run fills caches and is not looked at.
    """
    seconds, elapsed, size = [], [], []
    for run, clips in enumerate((SHORT, SHORT, LONG)):
        source, target = folder / f"{name} {run}", folder / f"{name} {run} done"
        seconds.append(record(source, clips, STUDY))
        start = time.monotonic()
        step(source, target)
        elapsed.append(time.monotonic() - start)
        size.append(sum(path.stat().st_size for path in target.rglob("*") if path.is_file()))
    sound = seconds[2] - seconds[1]
    rate = (elapsed[2] - elapsed[1]) / sound
    return Rate(name, CORES * rate, rate, (size[2] - size[1]) / sound)


def engine_rate(engine: Engine, folder: Path) -> Rate | None:
    """Of its workers together, loading left out; None where it can't work."""
    asked = jobs(manifest.read(folder), folder, engine, seed=1)
    make = functools.partial(_timed, engine, asked[0])
    try:
        told = list(POOL.each(make, asked, engine.name))
    except NotReady as error:
        print(f"{engine.name} was left out: {error}", file=sys.stderr)
        return None
    done = [each for each in told if not isinstance(each, Failed)]
    if not done:
        print(f"{engine.name} was left out: {told[0]}", file=sys.stderr)
        return None
    work, sound, size = (sum(column) for column in zip(*done, strict=True))
    return Rate(engine.name, work / sound, work / sound / CORES, size / sound)


def _timed(engine: Engine, first: Job) -> Callable[[Job], tuple[float, float, float]]:
    """Seconds of work, of speech, and bytes of its FLAC."""
    say = engine.make(Options())
    say(first)  # what the first call loads is not counted

    def work(job: Job) -> tuple[float, float, float]:
        start = time.monotonic()
        speech = say(job)
        with tempfile.TemporaryDirectory() as folder:
            write_flac(speech.samples, speech.sample_rate, Path(folder, "speech.flac"))
            size = Path(folder, "speech.flac").stat().st_size
        return time.monotonic() - start, len(speech.samples) / speech.sample_rate, size

    return work


def rate_rows(steps: Iterable[Rate], engines: Iterable[Rate]) -> Iterator[Row]:
    for rate in steps:
        yield f"{rate.name}, two cores", f"{1 / rate.elapsed:.0f} × real time", REACH[rate.name]
    for rate in engines:
        measured = f"RTF {rate.elapsed:.3f} on two cores (one core: {rate.work:.3f})"
        yield f"{rate.name}, work a second of speech", measured, REACH[rate.name]


class _Small:
    """A small item: noise and its spectra."""

    def __init__(self, repeats: int) -> None:
        self._repeats = repeats

    def __call__(self, number: int) -> float:
        rng = np.random.default_rng(number)
        spectra = (np.fft.rfft(rng.standard_normal(16_000)) for _ in range(self._repeats))
        return max(float(np.abs(spectrum).max()) for spectrum in spectra)


def ray_rows() -> Iterator[Row]:
    """Ray against a pool of processes, from the first result to the last; and what it takes."""
    memory: list[list[int]] = []
    for repeats, reach in (2, ""), (6, "under 15 %"):
        work = _Small(repeats)
        start = time.process_time()
        for number in range(100):
            work(number)
        item = 10 * (time.process_time() - start)  # ms
        with multiprocessing.get_context("spawn").Pool(CORES) as processes:
            plain = _seconds(processes.imap(work, range(ITEMS), chunksize=64), [])
        memory.clear()
        by_ray = _seconds(POOL.each(functools.partial(_Small, repeats), range(ITEMS), ""), memory)
        measured = f"{by_ray / plain - 1:+.1%} ({by_ray:.1f} s, {plain:.1f} s without)"
        yield f"overhead of Ray on {ITEMS:,} items of {item:.1f} ms", measured, reach
    early, late = memory
    for name, place in ("the command", 0), ("a worker", 1):
        measured = f"{early[place] / MEBIBYTE:.0f} → {late[place] / MEBIBYTE:.0f} MB"
        yield f"memory of {name}, from item 1,000 to item {ITEMS:,}", measured, "flat"


def _seconds(results: Iterator[object], memory: list[list[int]]) -> float:
    next(results)
    start = time.monotonic()
    for place, _ in enumerate(results, 2):
        if place in (ITEMS // 10, ITEMS - 1):
            memory.append(_memory())
    return time.monotonic() - start


def _memory() -> list[int]:
    """Bytes of this process, and of the largest worker."""
    pids = [pid for pid in family(os.getpid()) if _is_worker(pid)]
    return [resident(os.getpid()), max([0, *map(resident, pids)])]


def _is_worker(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().startswith(b"ray::WorkerPool")
    except OSError:
        return False


def audit_rows(folder: Path) -> Iterator[Row]:
    from dataset.quality.audit import TOGETHER, audit, examined  # scikit-learn takes seconds

    clips = manifest.read(folder)
    facts = examined(folder, clips, POOL)
    heard = [(c, f) for c, f in zip(clips, facts, strict=True) if not isinstance(f, Failed)]
    near, far = audit([c for c, _ in heard], [f for _, f in heard])[TOGETHER]
    name = f"confounder audit of {folder.name}, all confounders together"
    yield name, f"AUC {near:.2f} (unknown sources: {far:.2f})", "at most 0.60"


def scale(steps: Sequence[Rate], engines: Sequence[Rate]) -> Iterator[tuple[str, ...]]:
    """CETUC by every engine that was measured, then all of it, and the originals, by every step."""
    everything = [(rate, 1) for rate in engines] + [(rate, len(engines) + 1) for rate in steps]
    total = np.zeros(3)
    for rate, times in everything:
        hours = times * CETUC_HOURS
        costs = np.array([rate.work, rate.elapsed, rate.bytes * 3600 / 1e9]) * hours
        total += costs
        yield (f"{rate.name}, {hours:.0f} h", *(f"{cost:.0f}" for cost in costs))
    yield ("together", *(f"{cost:.0f}" for cost in total))
    for rtf in ASSUMED:
        gpu = f"GPU engine at an assumed RTF of {rtf:.1f}: {rtf * CETUC_HOURS:.0f} GPU hours"
        yield gpu, "not measured", "not measured", f"{GPU_BYTES * CETUC_HOURS * 3600 / 1e9:.0f}"


if __name__ == "__main__":
    main()
