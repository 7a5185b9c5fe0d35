"""The engines that make synthetic counterparts of human clips, one module each."""

from dataset.engines import swap
from dataset.engines.copy_synthesis import griffin_lim, world, world_moved
from dataset.engines.coqui import conversion, reading, xtts
from dataset.engines.engine import Engine
from dataset.engines.tts import espeak, kokoro, piper
from dataset.engines.vocoder import engine as vocoder

ENGINES: tuple[Engine, ...] = (
    world.ENGINE,
    world_moved.ENGINE,
    griffin_lim.ENGINE,
    vocoder.ENGINE,
    kokoro.ENGINE,
    piper.ENGINE,
    espeak.ENGINE,
    xtts.ENGINE,
    reading.ENGINE,
    *conversion.ENGINES,
    swap.ENGINE,
)
