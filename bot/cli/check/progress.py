"""How far `check` is, on a terminal."""

import sys

BAR = 30  # characters


class Bar:
    """How far we are, on a terminal only; below the lines, on stderr."""

    def __init__(self, total: int, done: int = 0) -> None:
        """`done` of `total` files had their answer before."""
        self._total, self._done = total, done
        self._shown = sys.stderr.isatty() and total > 1

    def advance(self) -> None:
        self._done += 1
        if self._shown:
            full = BAR * self._done // self._total
            bar = "█" * full + "░" * (BAR - full)
            print(f"\r{bar} {self._done}/{self._total}", end="", file=sys.stderr, flush=True)

    def clear(self) -> None:
        if self._shown:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
