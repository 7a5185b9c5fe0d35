"""For all tests."""

import asyncio


def pytest_configure() -> None:
    """Have no event loop but those that tests open and close.

    Where none was ever set, pytest-asyncio has Python make one for the main thread; `asyncio.run`
    forgets it, and whichever test runs when it is collected fails over an unclosed loop.
    """
    asyncio.set_event_loop(None)
