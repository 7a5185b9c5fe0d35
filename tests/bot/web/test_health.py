import asyncio

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.web import health


async def asked(port: int | None, monkeypatch: pytest.MonkeyPatch) -> int:
    """The exit code of a health check that is told the port."""
    monkeypatch.setenv("OUVIDO_HOST", "0.0.0.0")
    monkeypatch.setenv("OUVIDO_PORT", str(port))
    return await asyncio.to_thread(health.main)


@pytest.mark.parametrize(("status", "code"), [(200, 0), (503, 1)])
async def test_a_service_is_as_well_as_it_says(
    status: int, code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def answer(request: web.Request) -> web.Response:
        return web.Response(status=status)

    site = web.Application()
    site.router.add_get("/healthz", answer)
    async with TestServer(site) as server:
        assert await asked(server.port, monkeypatch) == code


async def test_a_service_that_does_not_answer_is_not_well(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    server = TestServer(web.Application())
    await server.start_server()
    port = server.port
    await server.close()
    assert await asked(port, monkeypatch) == 1
    assert "refused" in capsys.readouterr().err
