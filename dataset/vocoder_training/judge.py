"""Recordings that no training has heard, said again by each system, as a table of measures."""

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from dataset import manifest
from dataset.engines.engine import Refused
from dataset.engines.vocoder.engine import Vocoder, resampled
from dataset.engines.vocoder.spectrum import SAMPLE_RATE, Samples
from dataset.manifest import Clip
from dataset.markdown import table
from dataset.vocoder_training import measures

SECONDS = (1.5, 8.0)  # PESQ wants more than a word, and nobody wants to wait


@dataclass
class Row:
    """Measures of one system, clip by clip."""

    system: str
    cpu_seconds: float = 0.0
    sound_seconds: float = 0.0
    found: dict[str, list[float]] = field(default_factory=dict)


def judge(source: Path, split: str, count: int, systems: list[str], seed: int, model: Path) -> str:
    """A Markdown table, a row a system, of means over `count` human clips of a split."""
    clips = _chosen(source, split, count, seed)
    makers = {name: _maker(name, model) for name in systems}
    wanted = measures.installed()
    rows = {name: Row(name) for name in systems}
    for clip in clips:
        try:
            recorded = resampled(source / clip.file)
        except Refused as reason:
            print(f"left out: {clip.file}: {reason}", file=sys.stderr)
            continue
        for name, make in makers.items():
            _measure(rows[name], clip, recorded, make, wanted)
    languages = {clip.language for clip in clips}
    head = f"{len(clips)} human clips of {split}, {len(languages)} languages, seed {seed}\n\n"
    return head + _table(list(rows.values()), list(wanted))


def _measure(
    row: Row,
    clip: Clip,
    recorded: Samples,
    make: Callable[[Samples], Samples],
    wanted: dict[str, measures.Measure],
) -> None:
    started = time.process_time()
    made = make(recorded)
    row.cpu_seconds += time.process_time() - started
    row.sound_seconds += len(recorded) / SAMPLE_RATE
    for name, measure in wanted.items():
        try:
            row.found.setdefault(name, []).append(measure(recorded, made))
        except (ValueError, RuntimeError) as reason:  # PESQ hears no speech in some clips
            print(f"no {name}: {row.system}, {clip.file}: {reason}", file=sys.stderr)


def _chosen(source: Path, split: str, count: int, seed: int) -> list[Clip]:
    """Clips of as many languages and sources as there are, in turns."""
    least, most = SECONDS
    human = [
        clip
        for clip in manifest.read(source)
        if clip.label == "human" and clip.split == split and least <= clip.seconds <= most
    ]
    np.random.default_rng(seed).shuffle(human)
    turns: dict[tuple[str, str], int] = {}
    ranked = []
    for clip in human:
        key = (clip.language, clip.source)
        turns[key] = turns.get(key, 0) + 1
        ranked.append((turns[key], clip))
    ranked.sort(key=lambda pair: pair[0])
    return [clip for _, clip in ranked[:count]]


def _maker(name: str, model: Path) -> Callable[[Samples], Samples]:
    if name == "vocoder":
        return Vocoder(model).resynthesise
    if name == "griffin-lim":
        from dataset.engines.copy_synthesis import griffin_lim

        return lambda samples: griffin_lim.resynthesise(samples, SAMPLE_RATE, 80, 32, seed=1)
    if name == "world":
        from dataset.engines.copy_synthesis import world

        world.check()
        return lambda samples: world.put_together(
            world.take_apart(samples, SAMPLE_RATE), len(samples)
        )
    return lambda samples: samples


def _table(rows: list[Row], columns: list[str]) -> str:
    lines = []
    for row in rows:
        found = [row.found.get(name) for name in columns]
        means = [f"{np.mean(values):.2f}" if values else "–" for values in found]
        lines.append((row.system, *means, f"{row.cpu_seconds / row.sound_seconds:.3f}"))
    page = table(("system", *columns, "RTF (CPU)"), lines)
    if missing := {"PESQ (wide)", "STOI", "DNSMOS"} - set(columns):
        page += f"\n\nNot measured: {', '.join(sorted(missing))} (pip install 'ouvido[judge]')."
    return page
