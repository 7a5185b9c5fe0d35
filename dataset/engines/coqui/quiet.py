"""The libraries under these engines warn and log by the page; what matters is raised."""

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

LOUD = ("TTS", "trainer", "transformers", "huggingface_hub", "fsspec", "numba", "torch")


@contextmanager
def quiet() -> Iterator[None]:
    """Their warnings and logs are dropped, also where warnings are errors."""
    levels = {name: logging.getLogger(name).level for name in LOUD}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name in LOUD:
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)
        try:
            yield
        finally:
            for name, level in levels.items():
                logging.getLogger(name).setLevel(level)
