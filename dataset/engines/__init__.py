"""The engines that make synthetic twins of human clips, one module each."""

from dataset.engines.engine import Engine

ENGINES: tuple[Engine, ...] = ()
