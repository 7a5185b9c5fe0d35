"""What a browser gets for the private check."""

import gzip
import hashlib
import re

import pytest

from bot.settings import Settings
from bot.texts import LANGUAGES
from bot.web.markup import PAGE
from bot.web.page_api import private
from inference.registry import default_model
from tests.bot.stand_ins import ReadyWorker
from tests.bot.web.test_web import page
from tests.page.frontend import SOURCES


async def test_every_file_is_the_one_that_the_list_names() -> None:
    async with page(ReadyWorker()) as client:
        kit = await (await client.get("/private/kit.json")).json()
        for listed in kit["files"]:
            response = await client.get("/" + listed["address"])
            content = await response.read()
            assert hashlib.sha256(content).hexdigest() == listed["sha256"]
            assert len(content) == listed["bytes"]
            assert int(response.headers["Content-Length"]) == listed["download"]
            assert "immutable" in response.headers["Cache-Control"]
    assert {each["name"] for each in kit["files"]} == {
        "runtime", "vad", "detector", "overlap", "voice_activity"
    }  # fmt: skip
    detector = next(each for each in kit["files"] if each["name"] == "detector")
    assert detector["bytes"] == default_model().stat().st_size
    assert kit["settings"]["segments"]["least"] > 0
    assert kit["accuracy"]["all"]["people"]["wrong"] > 0


async def test_the_runtime_comes_compressed_unless_the_browser_unpacks_nothing() -> None:
    async with page(ReadyWorker()) as client:
        [runtime] = PAGE.glob("ort-wasm-*.wasm.gz")
        whole = gzip.decompress(runtime.read_bytes())
        address = f"/private/{hashlib.sha256(whole).hexdigest()}/runtime"
        client.session._auto_decompress = False
        packed = await (await client.get(address, headers={"Accept-Encoding": "gzip"})).read()
        plain = await (await client.get(address, headers={"Accept-Encoding": "identity"})).read()
    assert packed == runtime.read_bytes()
    assert plain == whole
    assert len(packed) < len(whole) / 3


@pytest.mark.parametrize("path", ["0/detector", "0/..%2Fkit.json", "0/models.toml", "detector"])
async def test_nothing_else_is_handed_out(path: str) -> None:
    async with page(ReadyWorker()) as client:
        assert (await client.get(f"/private/{path}")).status == 404


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_sentences_that_the_page_says_are_in_the_list(language: str) -> None:
    async with page(ReadyWorker()) as client:
        kit = await (await client.get("/private/kit.json")).json()
    given = set(re.findall(r"(?m)^([\w-]+) =", kit["words"][language]))
    folder = SOURCES / "src" / "private"
    sources = "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.ts"))
    said = set(re.findall(r'[sS]ay\("([\w-]+)"', sources))
    assert len(said) > 12
    assert said - given == set()


async def test_a_model_of_ones_own_is_the_one_that_is_handed_out() -> None:
    overlap = private.NETWORKS / "overlap.onnx"  # any file that is not the shipped model
    async with page(ReadyWorker(), Settings(model=overlap)) as client:
        kit = await (await client.get("/private/kit.json")).json()
    digests = {each["name"]: each["sha256"] for each in kit["files"]}
    assert digests["detector"] == hashlib.sha256(overlap.read_bytes()).hexdigest()
    assert kit["accuracy"] is None


async def test_the_page_may_run_webassembly_and_nothing_else_of_the_kind() -> None:
    async with page(ReadyWorker()) as client:
        for path in ("/", "/service-worker.js", "/page/icon.svg"):
            policy = (await client.get(path)).headers["Content-Security-Policy"]
            assert "script-src 'self' 'wasm-unsafe-eval';" in policy
            assert "'unsafe-eval'" not in policy
            assert "unsafe-inline" not in policy


async def test_the_service_worker_is_asked_for_anew_each_time() -> None:
    async with page(ReadyWorker()) as client:
        response = await client.get("/service-worker.js")
        text = await response.text()
    assert response.content_type == "text/javascript"
    assert response.headers["Cache-Control"] == "no-cache"
    kept = set(re.findall(r'"([\w-]+\.(?:js|css|svg))"', text.partition("RELEASE")[0]))
    files = {path.name for path in PAGE.iterdir() if path.suffix in (".js", ".css", ".svg")}
    assert kept == files - {"service-worker.js"}
