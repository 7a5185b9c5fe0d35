"""Chance that depends on what is worked on, and not on the worker or the order."""

import hashlib


def seed_of(text: str) -> int:
    """The same 32 bits for the same text, on every machine."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big")
