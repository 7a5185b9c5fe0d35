"""A tab of a real browser, as the tests of the page use it, whichever browser it is."""

import asyncio
import json
import re
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any


class Navigated(Exception):
    """The page went away while it was asked something."""


class BrowserTab(ABC):
    """One page and what can be done to it."""

    def __init__(self) -> None:
        # Uncaught errors, console errors, refused resources and answers of 400 and above.
        self.complaints: list[str] = []

    @abstractmethod
    async def open(self, address: str) -> None:
        """Go to an address and wait until all of it is loaded."""

    @abstractmethod
    async def evaluate(self, expression: str) -> Any:
        """The value of a piece of JavaScript, run as if the person had just clicked."""

    @abstractmethod
    async def choose(self, selector: str, files: Sequence[Path]) -> None:
        """What a person does in the dialog of a file input."""

    @abstractmethod
    async def resize(self, width: int, height: int) -> None:
        """The size of what is seen, px; less than 500 in width is a telephone."""

    @abstractmethod
    async def reload(self) -> None:
        """Load the page anew and wait until all of it is there."""

    @abstractmethod
    async def screenshot(self, path: Path, full: bool = True) -> None:
        """Write a PNG of the whole page, or of what is seen of it."""

    async def until(self, expression: str, seconds: float = 60) -> None:
        async with asyncio.timeout(seconds):
            while not await self._holds(expression):
                await asyncio.sleep(0.05)

    async def _holds(self, expression: str) -> bool:
        with suppress(Navigated):
            return bool(await self.evaluate(f"Boolean({expression})"))
        return False

    async def text(self, selector: str) -> str:
        found = await self.evaluate(f"document.querySelector({json.dumps(selector)}).innerText")
        return str(found)

    async def click(self, selector: str) -> None:
        await self.evaluate(f"document.querySelector({json.dumps(selector)}).click()")


@asynccontextmanager
async def started(*command: str, announces: str, seconds: float) -> AsyncIterator[str]:
    """Start a browser; the WebSocket's address, the group of what it `announces` in so many
    seconds. Whoever uses it has it end; else it is killed."""
    process = await asyncio.create_subprocess_exec(
        *command, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE
    )
    assert process.stderr
    try:
        async with asyncio.timeout(seconds):
            found = None
            while not found:
                line = (await process.stderr.readline()).decode()
                assert line, f"{command[0]} ended with {await process.wait()}"
                found = re.search(announces, line)
        drain = asyncio.create_task(process.stderr.read())
        yield found[1]
        await drain
        await asyncio.wait_for(process.wait(), 60)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
