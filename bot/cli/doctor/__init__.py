"""`doctor`: looks at everything that the bot needs and says what to mend.

A line for each thing: ✓ well, ! works but look, ✗ does not work, · could not be looked at.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping
from pathlib import Path

from bot import log
from bot.cli.doctor import machine
from bot.cli.doctor.finding import Finding, Mark, ill, unknown, well
from bot.settings import SettingError, Settings, read


def main(environment: Mapping[str, str], dotenv: Path) -> int:
    """Print the findings; exit code 1 when something does not work."""
    return asyncio.run(_main(environment, dotenv))


async def _main(environment: Mapping[str, str], dotenv: Path) -> int:
    secrets: tuple[str, ...] = ()
    worst = 0
    try:
        settings = read(environment, dotenv)
    except SettingError as error:
        findings = _without(error)
    else:
        secrets, findings = settings.secrets, _with(settings, dotenv)
        log.set_up("ERROR", "text", secrets)
    async for finding in findings:
        line = str(finding)
        for secret in filter(None, secrets):  # whatever an error quotes
            line = line.replace(secret, "…")
        print(line, flush=True)
        worst |= finding.mark is Mark.ILL
    print(_LAST[worst])
    return worst


_LAST = ("Ouvido is well.", "Ouvido is not well; the arrows say what to do.")


async def _without(error: SettingError) -> AsyncIterator[Finding]:
    for finding in machine.installed():
        yield finding
    yield ill(str(error), "Correct it in .env or the environment.")
    yield unknown("Nothing else was looked at: it depends on the settings")


async def _with(settings: Settings, dotenv: Path) -> AsyncIterator[Finding]:
    for finding in machine.installed():
        yield finding
        if finding.mark is Mark.ILL:
            return
    # Only now, because they need the libraries.
    from bot.cli.doctor import database, telegram

    yield well("The settings are understood")
    if dotenv.is_file():
        yield machine.dotenv_mode(dotenv)
    if settings.telegram_bot_token:  # others may write to it
        yield machine.contact(settings)
    yield machine.memory(settings)
    yield machine.disk(settings)
    running = await asyncio.to_thread(machine.is_running, settings)
    yield machine.port(settings, running)
    async for finding in machine.model(settings):
        yield finding
    yield await database.look(settings)
    async for finding in telegram.look(settings, running):
        yield finding
