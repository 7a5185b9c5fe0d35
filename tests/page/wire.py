"""A network between browser and service that dies when a test wants it to."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress


class Wire:
    """Passes on what goes to and fro, from `address` to a service."""

    def __init__(self, port: int) -> None:
        self.address = ""
        self.most: int | None = None  # bytes of one connection to the service; then it is silent
        self.silent = asyncio.Event()
        self._port, self._gone = port, False
        self._open: set[asyncio.StreamWriter] = set()

    def cut(self) -> None:
        """End all connections, also new ones: browsers send once more what broke off early."""
        self._gone = True
        for writer in self._open:
            writer.transport.abort()

    def mend(self) -> None:
        self.most, self._gone = None, False

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection of a browser."""
        if self._gone:
            writer.transport.abort()
            return
        answers, asked = await asyncio.open_connection("127.0.0.1", self._port)
        self._open |= {writer, asked}
        ways = [self._pass(reader, asked, True), self._pass(answers, writer, False)]
        tasks = [asyncio.create_task(way) for way in ways]
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for end in (writer, asked):
            end.transport.abort()
        self._open -= {writer, asked}
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _pass(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, limited: bool
    ) -> None:
        passed = 0
        with suppress(ConnectionError):
            while data := await reader.read(64 * 1024):
                passed += len(data)
                if limited and self.most is not None and passed > self.most:
                    self.silent.set()
                    await writer.wait_closed()
                    return
                writer.write(data)
                await writer.drain()


@asynccontextmanager
async def wire(address: str) -> AsyncIterator[Wire]:
    """In front of the service at an address."""
    made = Wire(int(address.rpartition(":")[2]))
    server = await asyncio.start_server(made.carry, "127.0.0.1", 0)
    made.address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield made
    finally:
        server.close()
        made.cut()
        await server.wait_closed()
