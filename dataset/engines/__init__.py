"""The engines that make synthetic twins of human clips, one module each."""

from dataset.engines import espeak, griffin_lim, kokoro, piper, swap, world, world_moved
from dataset.engines.coqui import conversion, reading, xtts
from dataset.engines.engine import Engine

ENGINES: tuple[Engine, ...] = (
    world.ENGINE,
    world_moved.ENGINE,
    griffin_lim.ENGINE,
    kokoro.ENGINE,
    piper.ENGINE,
    espeak.ENGINE,
    xtts.ENGINE,
    reading.ENGINE,
    *conversion.ENGINES,
    swap.ENGINE,
)
