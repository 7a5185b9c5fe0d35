"""Between a browser and a service: what the browser sends is recorded, and the line can be cut."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress


class Relay:
    """A port that passes everything on to the service and back."""

    def __init__(self, service: str) -> None:
        """`service` is its address, http://host:port."""
        self.sent = bytearray()  # by the browser, since it was last cleared
        self.address = ""
        self._host, port = service.removeprefix("http://").split(":")
        self._port = int(port)
        self._writers: set[asyncio.StreamWriter] = set()
        self._server: asyncio.Server | None = None

    async def start(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.address = "http://{}:{}".format(*self._server.sockets[0].getsockname())

    def cut(self) -> None:
        """From now on nobody answers at this address."""
        assert self._server
        self._server.close()
        for writer in self._writers:
            writer.transport.abort()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        inner, outer = await asyncio.open_connection(self._host, self._port)
        self._writers |= {writer, outer}
        await asyncio.gather(self._pass(reader, outer, record=True), self._pass(inner, writer))
        self._writers -= {writer, outer}

    async def _pass(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, record: bool = False
    ) -> None:
        with suppress(ConnectionError):
            while data := await reader.read(65_536):
                if record:
                    self.sent += data
                writer.write(data)
                await writer.drain()
            writer.close()


@asynccontextmanager
async def relayed(service: str) -> AsyncIterator[Relay]:
    """A relay to a service at this address."""
    relay = Relay(service)
    await relay.start()
    try:
        yield relay
    finally:
        relay.cut()
