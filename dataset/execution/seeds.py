"""Seeds that depend on the item alone, not on the worker or the order."""

import hashlib


def seed_of(text: str) -> int:
    """A 32-bit seed from a text, the same on every machine."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big")
