"""Mutated cards, tables and backups: each reader answers, or raises the one error it tells of."""

import csv
import io
import json
from dataclasses import asdict
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from bot.services.quiz.clips import shipped
from bot.services.quiz.game import Game
from bot.worker import protocol
from dataset import manifest
from inference import accuracy, verdict
from inference.card import Card, Probe
from inference.errors import ModelError
from inference.features import FeatureSpec
from inference.metadata import evidence
from inference.registry import default_model
from tests.bot.stand_ins import EVIDENCE
from tests.bot.stand_ins import verdict as some_verdict
from tests.fuzz import mutate


@cache
def _card() -> Any:
    made = Card(
        *("ouvido", "9.9.9", FeatureSpec(), (0.4, 0.6), Probe(0.5, 0.9, -40.0)),
        training={"clips": [1, 2], "plan": {"epochs": 3, "rate": 0.1}},
        narrow_thresholds=(0.3, 0.7),
    )
    return json.loads(made.to_json())


@cache
def _accuracy() -> Any:
    return json.loads(accuracy.beside(default_model()).read_text(encoding="utf-8"))


def card(random: Random) -> str:
    """What a model file says of itself."""
    try:
        read = Card.from_json(mutate.text(_card(), random))
    except ModelError:
        return "refused"
    assert all(isinstance(number, int | float) for number in read.thresholds)
    assert isinstance(read.probe.score, int | float)
    assert isinstance(read.spec.hop_length, int)
    return f"read {bool(read.title)}"


def measured(random: Random) -> str:
    """How often a model was right."""
    try:
        read = accuracy.Accuracy.from_json(mutate.text(_accuracy(), random))
    except ModelError:
        return "refused"
    for group in read.groups.values():
        assert group.wrong_answers is None or 0.0 <= group.wrong_answers <= 1.0
    return "read"


def stored(random: Random) -> str:
    """Evidence and verdicts of other versions, as a database or a pipe gives them back."""
    found = mutate.values(json.loads(json.dumps(evidence.as_json(EVIDENCE))), random)
    evidence.from_fields(found)
    known = mutate.values(json.loads(json.dumps(asdict(some_verdict()))), random)
    try:
        verdict.from_fields(known)
    except ValueError:  # two thresholds, and names of reasons that it knows
        return "refused"
    return "read"


def frame(random: Random) -> str:
    """What comes through a worker's pipe."""
    body = random.randbytes(20)
    header = mutate.text({"verdict": asdict(some_verdict()), "evidence": {}}, random).encode()
    whole = protocol.LENGTHS.pack(len(header), len(body)) + header + body
    try:
        read = protocol.read(io.BytesIO(mutate.scattered(whole, random)))
    except protocol.BrokenFrame:
        return "refused"
    return "ended" if read is None else "read"


def table(random: Random, folder: Path) -> str:
    """The manifest of a folder of clips."""
    lines = io.StringIO()
    rows = csv.writer(lines)
    rows.writerow(["file", "label", "language", "seconds", "split", "text"])
    for number in range(3):
        rows.writerow([f"{number}.ogg", "human", "pt-BR", "3.5", "train", 'ela disse "sim", sim'])
    made = mutate.scattered(lines.getvalue().encode(), random)
    (folder / manifest.NAME).write_bytes(made)
    try:
        return f"read {len(manifest.read(folder)) > 0}"
    except manifest.ManifestError:
        return "refused"


def game(random: Random) -> str:
    """The data of a quiz's button."""
    begun = Game(random.randrange(2**32), random.choice(("pt", "en", "es")), 7, clips=shipped())
    data = begun.data("human")
    if random.random() < 0.9:
        data = mutate.scattered(data.encode(), random).decode(errors="replace")
    read = Game.read(data, shipped())
    if read is None:
        return "refused"
    action, found = read
    assert found.clip in shipped()
    assert len(found.next().answered(True, True).data(action).encode()) <= 64 or len(action) > 20
    return "read"


READERS = (card, card, measured, stored, frame, game)
