"""For all tests: what runs at all, in which order, and which tests stay together in one process."""

import asyncio
import os

import hypothesis
import pytest

# Most take minutes, so they begin while there is enough else to do. The others follow as they are.
LONGEST = (
    "tests/test_container.py",
    "tests/test_pipeline.py",
    "tests/training/recipe/test_recipe.py",
    "tests/training/fit/test_trainer.py",
    "tests/walkthrough/",
    "tests/end_to_end/",
    "tests/dataset/test_synthesise.py",
    "tests/fuzz/",
    "tests/training/",  # each of a few seconds of TensorFlow
)
# The networks of tests are tiny: more threads than one only wait for each other, and several tests
# run at the same time.
ONE_THREAD = (
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "TF_NUM_INTEROP_THREADS",
    "TF_NUM_INTRAOP_THREADS",
)

# A machine at work on several tests is slow now and then, which is no fault of what is tested.
hypothesis.settings.register_profile(
    "busy", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("busy")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--all", action="store_true", dest="exhaustive", help="run the exhaustive tests, too"
    )


def pytest_configure() -> None:
    """Have no event loop but those that tests open and close.

    Where none was ever set, pytest-asyncio has Python make one for the main thread; `asyncio.run`
    forgets it, and whichever test runs when it is collected fails over an unclosed loop.
    """
    asyncio.set_event_loop(None)
    for name in ONE_THREAD:
        os.environ.setdefault(name, "1")


@pytest.hookimpl(tryfirst=True)  # before xdist reads the groups
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is exhaustive, begin with the longest, keep each file in one process.

    What a file makes once for its tests (a trained network, a browser, a container) is then made
    once. Tests of several files that share something name a group of their own.
    """
    if not config.getoption("exhaustive"):
        left_out = [item for item in items if item.get_closest_marker("exhaustive")]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]
    items.sort(key=_rank)
    for item in items:
        if item.get_closest_marker("xdist_group") is None:
            item.add_marker(pytest.mark.xdist_group(item.nodeid.partition("::")[0]))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what tests have measured, wherever they ran."""
    for report in terminalreporter.getreports("passed"):
        for name, value in report.user_properties:
            terminalreporter.write_line(f"{name}: {value}")


def _rank(item: pytest.Item) -> int:
    return next((n for n, start in enumerate(LONGEST) if item.nodeid.startswith(start)), 99)
