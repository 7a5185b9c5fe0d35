"""One Ray for all tests of the session: its start takes seconds."""

import sys
from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session", autouse=True)
def _ray() -> Iterator[None]:
    yield
    if "ray" in sys.modules:
        import ray

        ray.shutdown()
