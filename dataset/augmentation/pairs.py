"""The clips of one recording, human and synthetic, belong together and get the same treatment."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from dataset.augmentation.recordings import Recording, read_pair
from dataset.engines.engine import Refused
from dataset.execution.seeds import seed_of
from dataset.files import unfinished
from dataset.manifest import Clip


@dataclass(frozen=True)
class Pair:
    """A recording in human and synthetic form, or a clip alone: one item of the work."""

    clips: tuple[Clip, ...]
    folder: str  # below the target's, for what is made of it
    seed: int  # of this pair in this folder alone, so that no worker or order matters

    @property
    def key(self) -> str:
        return f"{self.folder}/{self.clips[0].file}"

    def file(self, clip: Clip, suffix: str) -> str:
        """File name of an augmented clip; the old ending stays in it, which may tell two apart."""
        return f"{self.folder}/{clip.file}{suffix}"


def pairs(clips: Sequence[Clip], folder: str, seed: int) -> list[Pair]:
    """In the order of their first clips."""
    together: dict[str, list[Clip]] = defaultdict(list)
    for clip in clips:
        together[f"pair {clip.pair}" if clip.pair else f"file {clip.file}"].append(clip)
    return [
        Pair(tuple(members), folder, seed_of(f"{seed} {folder} {key}"))
        for key, members in together.items()
    ]


def usable(source: Path, pair: Pair) -> list[Recording]:
    """The readable recordings of a pair; raises Refused when there is none."""
    recordings, refused = read_pair(source, pair.clips)
    if not recordings:
        raise Refused("; ".join(reason for _, reason in refused))
    return recordings


def write(target: Path, file: str, data: bytes) -> None:
    """Whole or not at all."""
    with unfinished(target / file) as path:
        path.write_bytes(data)


def arrived(clip: Clip, file: str, channel: str, seconds: float) -> Clip:
    """A row for what was made of `clip`; what it went through earlier stays in front."""
    way = "+".join(part for part in (clip.channel, channel) if part)
    return replace(clip, file=file, channel=way, seconds=round(seconds, 3))
