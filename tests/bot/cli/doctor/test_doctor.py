"""The doctor from outside: lines to read, an exit code for scripts, no secrets."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

from tests.fake_telegram import TOKEN, FakeTelegram
from tests.service import running

ROOT = Path(__file__).parents[4]


def doctor(folder: Path, **settings: str) -> tuple[int, list[str]]:
    """Exit code and lines."""
    done = subprocess.run(
        [sys.executable, "-P", "-m", "bot", "doctor"],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "OUVIDO_PORT": "0"}
        | {"DATA_DIR": str(folder), **settings},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.stderr == ""
    return done.returncode, done.stdout.splitlines()


def test_without_a_network_it_says_what_could_not_be_reached(tmp_path: Path) -> None:
    nowhere = "http://127.0.0.1:9"
    code, lines = doctor(tmp_path, TELEGRAM_BOT_TOKEN=TOKEN, TELEGRAM_API_URL=nowhere)
    assert code == 1
    [ill] = [line for line in lines if line.startswith("✗")]
    assert ill.startswith("✗ 127.0.0.1:9 can't be asked: ")
    assert "· The clock was not checked: nobody told the time" in lines
    assert lines[-1] == "Ouvido is not well; the arrows say what to do."
    assert any(line.startswith("✓ ffmpeg and the model judged a sound in") for line in lines)
    assert TOKEN.partition(":")[2] not in "".join(lines)


def test_without_a_token_it_is_well_and_says_how_to_get_one(tmp_path: Path) -> None:
    code, lines = doctor(tmp_path)
    assert code == 0
    assert [line for line in lines if line[2:].startswith("Decoding box: ")]
    assert "! No TELEGRAM_BOT_TOKEN is set: only the page is served" in lines
    assert lines[-1] == "Ouvido is well."


def test_a_wrong_setting_is_what_it_says_first(tmp_path: Path) -> None:
    code, lines = doctor(tmp_path, OUVIDO_PORT="http")
    assert code == 1
    assert "✗ OUVIDO_PORT must be a whole number from 0 to 65535, not http." in lines


def test_a_model_that_cannot_be_trusted_is_ill(tmp_path: Path) -> None:
    code, lines = doctor(tmp_path, MODEL=__file__)
    assert code == 1
    assert any(line.startswith("✗ The model can't be trusted: ") for line in lines)


async def test_beside_a_running_service_all_is_well_and_nothing_is_taken_from_it() -> None:
    async with FakeTelegram() as telegram, running(telegram) as service:
        polls = [call for call in telegram.calls if call.method == "getUpdates"]
        port = service.address.rpartition(":")[2]
        arguments = [sys.executable, "-P", "-m", "bot", "doctor"]
        environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "OUVIDO_PORT": port}
        environment |= {"TELEGRAM_API_URL": telegram.url, "TELEGRAM_BOT_TOKEN": telegram.token}
        environment |= {"DATA_DIR": str(service.folder / "data")}
        process = await asyncio.create_subprocess_exec(
            *arguments, env=environment, stdout=subprocess.PIPE
        )
        output, _ = await process.communicate()
        lines = output.decode().splitlines()
        assert process.returncode == 0, lines
        assert f"✓ Ouvido is running at port {port} and answers" in lines
        assert "✓ The clock is right" in lines
        assert "✓ The token is that of @ouvido_test_bot" in lines
        assert any(line.endswith("can be read and written") for line in lines)
        assert [call for call in telegram.calls if call.method == "getUpdates"] == polls
