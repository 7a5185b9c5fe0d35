"""Headless Firefox driven by WebDriver BiDi over a socket of its own: needs no driver."""

import asyncio
import base64
import json
import shutil
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp

from tests.browser import BrowserTab, started

EXECUTABLE = shutil.which("firefox-esr") or shutil.which("firefox")
START_SECONDS = 120
PREFERENCES = {  # beside those that Firefox sets by itself where it is driven
    "services.settings.server": "data:,#remote-settings-dummy/v1",
    "browser.startup.page": 0,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "intl.accept_languages": "en-US,en",
    "ui.prefersReducedMotion": 1,
    "media.navigator.streams.fake": True,  # the microphone hears a tone
    "media.navigator.permission.disabled": True,  # nobody is there to be asked for it
    "media.default_volume": "0.0",  # it needs no loudspeaker then, and else plays nothing
}
EVENTS = ["log.entryAdded", "network.responseCompleted", "network.fetchError"]
# What the policy forbids is told to the page alone.
TELL = """() => addEventListener("securitypolicyviolation", (event) =>
  console.error(`${event.violatedDirective} forbids ${event.blockedURI} ${event.sample}`))"""


class Connection:
    """The socket: commands go out, replies and events come in."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.tab: Tab | None = None  # the one whose events are wanted
        self._socket = socket
        self._replies: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._listening = asyncio.create_task(self._listen())

    async def send(self, method: str, **parameters: Any) -> dict[str, Any]:
        number = len(self._replies) + 1
        self._replies[number] = asyncio.get_running_loop().create_future()
        await self._socket.send_json({"id": number, "method": method, "params": parameters})
        reply = await self._replies[number]
        assert reply["type"] == "success", f"{method}: {reply}"
        return reply["result"]  # type: ignore[no-any-return]

    async def _listen(self) -> None:
        async for message in self._socket:
            event = json.loads(message.data)
            if event.get("id") is not None:
                self._replies[event["id"]].set_result(event)
            elif self.tab and event["type"] == "event":
                self.tab.hear(event["method"], event["params"])


class Tab(BrowserTab):
    """One page; its storage is its own."""

    def __init__(self, connection: Connection, context: str) -> None:
        super().__init__()
        self._connection, self._context = connection, context

    async def open(self, address: str) -> None:
        await self._send("browsingContext.navigate", url=address, wait="complete")

    async def evaluate(self, expression: str) -> Any:
        reply = await self._connection.send(
            "script.evaluate",
            expression=expression,
            target={"context": self._context},
            awaitPromise=True,
            userActivation=True,
        )
        assert reply["type"] == "success", reply["exceptionDetails"]["text"]
        return _value(reply["result"])

    async def choose(self, selector: str, files: Sequence[Path]) -> None:
        locator = {"type": "css", "value": selector}
        found = await self._send("browsingContext.locateNodes", locator=locator)
        element = {"sharedId": found["nodes"][0]["sharedId"]}
        await self._send("input.setFiles", element=element, files=[str(file) for file in files])

    async def resize(self, width: int, height: int) -> None:
        viewport = {"width": width, "height": height}
        await self._send("browsingContext.setViewport", viewport=viewport, devicePixelRatio=1.0)

    async def reload(self) -> None:
        await self._send("browsingContext.reload", wait="complete")

    async def screenshot(self, path: Path, full: bool = True) -> None:
        origin = "document" if full else "viewport"
        shot = await self._send("browsingContext.captureScreenshot", origin=origin)
        path.write_bytes(base64.b64decode(shot["data"]))

    def hear(self, name: str, event: dict[str, Any]) -> None:
        """Note what the browser complains of."""
        match name, event:
            case "log.entryAdded", {"level": "error", "text": text}:
                self.complaints.append(str(text))
            case "network.responseCompleted", {"response": {"status": status, "url": url}}:
                if status >= 400:
                    self.complaints.append(f"{status} {url}")
            case "network.fetchError", {"errorText": text, "request": {"url": url}}:
                if text != "NS_BINDING_ABORTED":  # what the page itself gave up
                    self.complaints.append(f"{text} {url}")

    async def _send(self, method: str, **parameters: Any) -> dict[str, Any]:
        return await self._connection.send(method, context=self._context, **parameters)


class Firefox:
    """A running browser."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @asynccontextmanager
    async def tab(self) -> AsyncIterator[Tab]:
        """A tab in which nothing was ever opened: no storage, no cookies."""
        send = self._connection.send
        user = (await send("browser.createUserContext"))["userContext"]
        made = await send("browsingContext.create", type="tab", userContext=user)
        tab = self._connection.tab = Tab(self._connection, made["context"])
        try:
            yield tab
        finally:
            self._connection.tab = None
            await send("browser.removeUserContext", userContext=user)  # and with it the tab


@asynccontextmanager
async def firefox() -> AsyncIterator[Firefox]:
    """A fresh browser whose person reads English."""
    assert EXECUTABLE, "firefox-esr is not installed"
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        lines = [
            f"user_pref({json.dumps(name)}, {json.dumps(value)});\n"
            for name, value in PREFERENCES.items()
        ]
        (Path(profile) / "user.js").write_text("".join(lines))
        command = [EXECUTABLE, "--headless", "--no-remote", "--remote-debugging-port", "0"]
        command += ["--profile", profile, "about:blank"]
        said = r"BiDi listening on (ws://\S+)"
        async with (
            started(*command, announces=said, seconds=START_SECONDS) as address,
            aiohttp.ClientSession() as session,
            session.ws_connect(f"{address}/session", max_msg_size=0) as socket,
        ):
            connection = Connection(socket)
            await connection.send("session.new", capabilities={})
            await connection.send("session.subscribe", events=EVENTS)
            await connection.send("script.addPreloadScript", functionDeclaration=TELL)
            yield Firefox(connection)
            await connection.send("browser.close")


def _value(remote: dict[str, Any]) -> Any:
    """A value as BiDi writes it."""
    match remote["type"]:
        case "array":
            return [_value(each) for each in remote["value"]]
        case "object":
            return {key: _value(each) for key, each in remote["value"]}
        case "number" if isinstance(remote["value"], str):
            return float(remote["value"].replace("Infinity", "inf"))
    return remote.get("value")
