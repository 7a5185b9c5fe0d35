"""The engines that make synthetic twins of human clips, one module each."""

from dataset.engines import griffin_lim, world, world_moved
from dataset.engines.engine import Engine

ENGINES: tuple[Engine, ...] = (
    world.ENGINE,
    world_moved.ENGINE,
    griffin_lim.ENGINE,
)
