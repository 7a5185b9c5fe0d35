"""Headless Chromium driven over its DevTools protocol: needs no driver and no further package."""

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

from tests.browser import BrowserTab, Navigated, started

EXECUTABLE = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = (
    "--headless=new",
    "--no-sandbox",  # root, as in CI's container, cannot have it
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--remote-debugging-port=0",
)


class Tab(BrowserTab):
    """One page; `send` does whatever else the protocol knows."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        super().__init__()
        self.requests: list[str] = []  # addresses, once `Network.enable` was sent
        self._socket = socket
        self._session: str | None = None
        self._replies: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._listening = asyncio.create_task(self._listen())

    async def open(self, address: str) -> None:
        await self.send("Page.navigate", url=address)
        await self.until(f"location.href.startsWith({json.dumps(address)})")
        await self.until("document.readyState === 'complete'")

    async def evaluate(self, expression: str) -> Any:
        reply = await self.send(
            "Runtime.evaluate",
            expression=expression,
            awaitPromise=True,
            returnByValue=True,
            userGesture=True,
        )
        assert "exceptionDetails" not in reply, reply["exceptionDetails"]
        return reply["result"].get("value")

    async def choose(self, selector: str, files: Sequence[Path]) -> None:
        document = await self.send("DOM.getDocument")
        root = document["root"]["nodeId"]
        node = await self.send("DOM.querySelector", nodeId=root, selector=selector)
        paths = [str(file) for file in files]
        await self.send("DOM.setFileInputFiles", nodeId=node["nodeId"], files=paths)

    async def resize(self, width: int, height: int) -> None:
        await self.send(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=width < 500,
        )

    async def reload(self) -> None:
        await self.evaluate("window.old = true")
        await self.send("Page.reload")
        await self.until("!window.old && document.readyState === 'complete'")

    async def screenshot(self, path: Path, full: bool = True) -> None:
        shot = await self.send("Page.captureScreenshot", captureBeyondViewport=full)
        path.write_bytes(base64.b64decode(shot["data"]))

    async def send(self, method: str, **parameters: Any) -> dict[str, Any]:
        number = len(self._replies) + 1
        message: dict[str, Any] = {"id": number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        self._replies[number] = asyncio.get_running_loop().create_future()
        await self._socket.send_json(message)
        reply = await self._replies[number]
        if "navigated or closed" in reply.get("error", {}).get("message", ""):
            raise Navigated(method)
        assert "error" not in reply, f"{method}: {reply['error']}"
        return reply["result"]  # type: ignore[no-any-return]

    async def begin(self, language: str) -> None:
        target = await self.send("Target.createTarget", url="about:blank")
        attached = await self.send(
            "Target.attachToTarget", targetId=target["targetId"], flatten=True
        )
        self._session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Log", "DOM"):
            await self.send(f"{domain}.enable")
        agent = await self.evaluate("navigator.userAgent")
        await self.send("Emulation.setUserAgentOverride", userAgent=agent, acceptLanguage=language)

    async def end(self) -> None:
        self._session = None
        await self.send("Browser.close")
        await self._listening

    async def _listen(self) -> None:
        async for message in self._socket:
            event = json.loads(message.data)
            if "id" in event:
                self._replies[event["id"]].set_result(event)
                continue
            match event["method"], event["params"]:
                case "Runtime.exceptionThrown", {"exceptionDetails": details}:
                    self.complaints.append(json.dumps(details))
                case "Log.entryAdded", {"entry": {"level": "error", "text": text, **rest}}:
                    self.complaints.append(f"{text} {rest.get('url', '')}")
                case "Network.requestWillBeSent", {"request": {"url": address}}:
                    self.requests.append(address)
                case "Runtime.consoleAPICalled", {"type": "error", "args": arguments}:
                    self.complaints.append(json.dumps(arguments))


@asynccontextmanager
async def chromium(*flags: str, language: str = "en-US") -> AsyncIterator[Tab]:
    """A fresh browser with one tab whose person reads `language`."""
    assert EXECUTABLE, "chromium is not installed"
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        command = [EXECUTABLE, *FLAGS, *flags, f"--user-data-dir={profile}", "about:blank"]
        async with (
            started(*command, announces=r"(ws://\S+)", seconds=60) as address,
            aiohttp.ClientSession() as session,
            session.ws_connect(address, max_msg_size=0) as socket,
        ):
            tab = Tab(socket)
            await tab.begin(language)
            yield tab
            await tab.end()
