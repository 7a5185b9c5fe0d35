"""The API on the real process: the examples of docs/api.md as they stand there, keys, repeats."""

import asyncio
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.web.api.document import FILE
from tests.bot.web.api.test_openapi import DOCUMENT
from tests.service import REPOSITORY, Service, running

pytestmark = pytest.mark.asyncio(loop_scope="session")

MANUAL = (REPOSITORY / "docs" / "api.md").read_text(encoding="utf-8")
SAMPLES = DOCUMENT["paths"]["/api/v1/verdicts"]["post"]["x-codeSamples"]
PROGRAMS = {"Shell": "bash", "Python": sys.executable, "JavaScript": "node"}
ADDRESS = "http://127.0.0.1:8080"
VERDICTS = "/api/v1/verdicts?lang=en"
BYTES = {"Content-Type": "application/octet-stream"}


def example(language: str) -> str:
    """The block of a language in docs/api.md."""
    [block] = re.findall(rf"^```{language}\n(.*?)^```$", MANUAL, re.DOTALL | re.MULTILINE)
    return str(block)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: str(sample["label"]))
async def test_the_examples_of_the_manual_do_what_it_says(
    bot: Service, note: bytes, tmp_path: Path, sample: dict[str, str]
) -> None:
    name = {"Shell": "bash"}.get(sample["lang"], sample["lang"].lower())
    code = example(name)
    assert code == sample["source"], f"{FILE.name} has another"
    program = PROGRAMS[sample["lang"]]
    needed = "curl" if sample["lang"] == "Shell" else program
    if shutil.which(needed) is None:
        pytest.skip(f"{needed} is not installed")
    assert ADDRESS in code
    script = tmp_path / "example.mjs"  # Node tells by its name that it is a module
    script.write_text(code.replace(ADDRESS, bot.address), encoding="utf-8")
    for content, found in ((note, r"human|synthetic|inconclusive"), (b"no sound", "as sound")):
        (tmp_path / "note.ogg").write_bytes(content)
        process = await asyncio.create_subprocess_exec(
            program, script, cwd=tmp_path, env={"PATH": os.environ["PATH"]},
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        output, _ = await process.communicate()
        assert process.returncode == 0, output
        assert re.search(found, output.decode()), output


async def _post(session: aiohttp.ClientSession, service: Service, **request: Any) -> Any:
    async with session.post(f"{service.address}{VERDICTS}", **request) as response:
        return response.status, await response.json()


async def _keys(service: Service, *arguments: str) -> str:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "keys", *arguments, cwd=REPOSITORY,
        env={"PATH": os.environ["PATH"], "DATA_DIR": str(service.folder / "data")},
        stdout=subprocess.PIPE,
    )  # fmt: skip
    output, _ = await process.communicate()
    return output.decode().strip()


async def test_the_page_alone_knows_keys_that_are_made_and_removed_while_it_runs(
    note: bytes,
) -> None:
    async with running(None, API_ACCESS="keys") as service, aiohttp.ClientSession() as session:
        status, problem = await _post(session, service, data=note, headers=BYTES)
        assert (status, problem["code"]) == (401, "key_missing")
        key = await _keys(service, "add", "press")
        headers = BYTES | {"Authorization": f"Bearer {key}"}
        status, first = await _post(session, service, data=note, headers=headers)
        assert status == 200
        assert await _post(session, service, data=note, headers=headers) == (200, first)
        assert "last used" in await _keys(service, "list")
        await _keys(service, "remove", "press")
        status, problem = await _post(session, service, data=note, headers=headers)
        assert (status, problem["code"]) == (401, "key_unknown")
        assert key not in service.written


async def test_the_bot_answers_the_same_to_the_same_bytes(bot: Service, note: bytes) -> None:
    async with aiohttp.ClientSession() as session:
        answers = [await _post(session, bot, data=note, headers=BYTES) for _ in range(2)]
        unknown = BYTES | {"Authorization": f"Bearer ouvido_{'x' * 43}"}
        status, problem = await _post(session, bot, data=note, headers=unknown)
        async with session.get(f"{bot.address}/api/v1/model") as response:
            model = await response.json()
    assert answers[0] == answers[1]
    assert (status, problem["code"]) == (401, "key_unknown")
    assert f"{model['name']}-{model['version']}" == answers[0][1]["verdicts"][0]["model"]
    assert model["accuracy"]["sha256"] == model["sha256"]
