"""How large each network is, and what the three are called; light enough for `--help`."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class CnnSize:
    """How large the network is: channels of its stem and of its stages, blocks a stage."""

    stem: int = 16
    stages: tuple[int, ...] = (24, 48, 96)
    blocks: int = 2
    dropout: float = 0.2
    trunks: int = 1  # side by side under one last layer; `training ensemble` makes two of two runs


@dataclass(frozen=True)
class EcGanSize(CnnSize):
    """The CNN as external classifier, beside a generator and a discriminator."""

    latent: int = 32  # random numbers for each eighth column
    generator: tuple[int, ...] = (48, 24, 12)  # channels, from coarse to fine
    discriminator: tuple[int, ...] = (12, 24, 48, 96)  # channels, from fine to coarse
    confidence: float = 0.7  # probability from which on a pseudo-label counts (Haque 2021)
    generated_weight: float = 0.1  # of the generated samples in the classifier's loss (ibid.)


@dataclass(frozen=True)
class VitSize:
    """How large the transformer is."""

    patch: tuple[int, int] = (16, 12)  # columns (0.26 s), bins (half an octave)
    width: int = 96  # numbers a token
    depth: int = 6  # blocks
    heads: int = 4
    waves: int = 16  # cosines over the window that say when a patch is
    dropout: float = 0.1


Size = CnnSize | EcGanSize | VitSize

USUAL, SMALL = "usual", "small"
SIZES: dict[str, dict[str, Size]] = {
    "cnn": {USUAL: CnnSize(), SMALL: CnnSize(8, (12, 24, 48), 1)},
    "ecgan": {
        USUAL: EcGanSize(),
        SMALL: EcGanSize(8, (12, 24, 48), 1, latent=16, generator=(24, 12, 6)),
    },
    "vit": {USUAL: VitSize(), SMALL: VitSize(width=48, depth=3)},
}


def name_of(size: Size) -> str:
    """Which network a size is of: a key of `SIZES`."""
    return next(name for name, sizes in SIZES.items() if type(sizes[USUAL]) is type(size))


def size_from(name: str, facts: dict[str, Any]) -> Size:
    """The size that `run.json` tells of; JSON has made lists of its tuples."""
    fields: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in facts.items()}
    return type(SIZES[name][USUAL])(**fields)


@dataclass(frozen=True)
class HeadSize:
    """How large the head over the speech encoder's frames is."""

    width: int = 160  # numbers a frame
    blocks: int = 2  # residual convolutions of five frames
    attention: int = 64  # numbers from which a frame's weight is made
    dropout: float = 0.3
