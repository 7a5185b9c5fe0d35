"""The page's files: compressed, kept by browsers, and none that is no file of it."""

from bot.web.markup import PAGE
from tests.bot.stand_ins import ReadyWorker
from tests.bot.web.test_web import page

SCRIPT = next(PAGE.glob("index-*.js"))


async def test_a_script_comes_compressed_and_is_kept() -> None:
    async with page(ReadyWorker()) as client:
        response = await client.get(f"/page/{SCRIPT.name}")
        assert await response.read() == SCRIPT.read_bytes()
        assert response.headers["Content-Encoding"] == "gzip"
        assert "immutable" in response.headers["Cache-Control"]
        assert response.content_type == "text/javascript"
        assert int(response.headers["Content-Length"]) < len(SCRIPT.read_bytes()) / 2


async def test_who_unpacks_nothing_gets_it_as_it_is() -> None:
    async with page(ReadyWorker()) as client:
        headers = {"Accept-Encoding": "identity"}
        response = await client.get("/page/icon.svg", headers=headers)
        assert "Content-Encoding" not in response.headers
        assert "immutable" not in response.headers["Cache-Control"]
        assert await response.read() == (PAGE / "icon.svg").read_bytes()


async def test_nothing_else_is_served() -> None:
    async with page(ReadyWorker()) as client:
        for name in ("index.html", "..%2Fapp.py", "none.js", ""):
            assert (await client.get(f"/page/{name}")).status == 404
