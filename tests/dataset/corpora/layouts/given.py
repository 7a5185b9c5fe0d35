"""Donations, as the bot leaves them."""

import hashlib
import json

from dataset.corpora.donations import DONATIONS
from dataset.manifest import Clip
from tests.dataset.corpora.archives import sound
from tests.dataset.corpora.layouts.layout import Layout


def facts(file: str, data: bytes, **other: str) -> bytes:
    told = {
        "file": file,
        "truth": "human",
        "engine": "",
        "language": "pt-BR",
        "speaker": "5ca1ab1e",
        "sha256": hashlib.sha256(data).hexdigest(),
        "licence": "given for training",
    }
    return json.dumps(told | other).encode()


OWN, MADE, UNKNOWN, CHANGED = (sound(pitch) for pitch in (100, 101, 102, 103))
GIVEN = Layout(
    DONATIONS,
    {
        "a1.wav": OWN,
        "a1.json": facts("a1.wav", OWN),
        "b2.wav": MADE,
        "b2.json": facts("b2.wav", MADE, truth="synthetic", engine="elevenlabs"),
        "c3.wav": UNKNOWN,
        "c3.json": facts("c3.wav", UNKNOWN, truth="synthetic", engine="unknown", language="es"),
        "d4.wav": CHANGED,
        "d4.json": facts("d4.wav", OWN),
        "e5.json": facts("e5.wav", OWN),
        "f6.json": b"{",
        "g7.json": facts("../g7.wav", OWN),
        "h8.wav": sound(108),
    },
    {
        "a1.wav": Clip(
            "",
            "human",
            "human",
            "human",
            "pt-BR",
            "donor-5ca1ab1e",
            source="donations",
            licence="given for training",
        ),
        "b2.wav": Clip("", "synthetic", "elevenlabs", "tts", "pt-BR", "donor-5ca1ab1e"),
        "c3.wav": Clip("", "synthetic", "unknown", "", "es"),
    },
    {
        "d4.wav": "damaged",
        "e5.wav": "no recording",
        "f6.json": "not in the table",
        "g7.json": "not in the table",
        "h8.wav": "not in the table",
    },
)
