"""A text that is too long for a model becomes pieces, and their sounds one sound again."""

import re
from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

TITLE = "".join(rf"(?<!\b[A-ZÀ-Ý]{letters}\.)" for letters in ("", r"\w", r"\w\w"))  # "Sr. Silva"
# Places where a text may be cut, the best first; never inside a word.
CUTS = (
    rf"{TITLE}(?<=[.!?…])[\"”»)]?\s+|(?<=[。！？])",
    r"(?<=[,;:])\s+|\s+(?=[—–(])|(?<=[，、；：])",
    r"\s+",
)
PAUSE = 0.2  # s between pieces: a comma's, as sentences end with a silence of their own
FRAME = 0.02  # s, in which the quietest moment is looked for


def pieces(text: str, limit: int, length: Callable[[str], int] = len) -> list[str]:
    """Parts of about equal length, each within `limit` as `length` counts it.

    Cut at the end of a sentence near the wanted place, else of a clause, else of a word. A word
    that is longer than the limit stays whole.
    """
    text = text.strip()
    count = -(-length(text) // limit)
    if count <= 1:
        return [text] if text else []
    left = count // 2
    cut = _cut(text, left / count, 0.5 / count)
    if cut is None:
        return [text]
    return [*pieces(text[:cut], limit, length), *pieces(text[cut:], limit, length)]


def _cut(text: str, share: float, slack: float) -> int | None:
    """Where to cut so that about `share` of the text stands before; None: it is one word."""
    wanted = share * len(text)
    for pattern in CUTS:
        places = [p for p in _places(pattern, text) if abs(p - wanted) <= slack * len(text)]
        if places:
            return min(places, key=lambda place: abs(place - wanted))
    return min(_places(CUTS[-1], text), key=lambda place: abs(place - wanted), default=None)


def _places(pattern: str, text: str) -> Iterator[int]:
    return (match.end() for match in re.finditer(pattern, text) if 0 < match.end() < len(text))


def join(
    sounds: Sequence[NDArray[np.float32]], rate: int, rng: np.random.Generator
) -> NDArray[np.float32]:
    """One sound with short pauses, as loud as the quietest moment: pure zeros would be a trace."""
    if len(sounds) == 1:
        return sounds[0]
    level = min(_quietest(sound, rate) for sound in sounds)
    joined = [sounds[0]]
    for sound in sounds[1:]:
        pause = level * rng.standard_normal(round(PAUSE * rate))
        joined += [pause.astype(np.float32), sound]
    return np.concatenate(joined)


def _quietest(sound: NDArray[np.float32], rate: int) -> float:
    """Root mean square of the quietest frame."""
    frame = round(FRAME * rate)
    if len(sound) < frame:
        return 0.0
    frames = sound[: len(sound) // frame * frame].reshape(-1, frame)
    return float(np.sqrt(np.square(frames, dtype=np.float64).mean(axis=1)).min())
