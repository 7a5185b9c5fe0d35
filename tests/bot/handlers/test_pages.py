"""The pages of words."""

import pytest
from telegram import Update

from tests.bot.stand_ins import ReadyWorker, Telegram
from tests.bot.talking import bot, command, message, tell


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("start", "Forward me"),
        ("help", "20 MB"),
        ("privacy", "not kept"),
        ("about", "ouvido-9.9.9"),
    ],
)
async def test_the_pages_are_there_in_every_chat(
    monkeypatch: pytest.MonkeyPatch, name: str, words: str
) -> None:
    updates = [{"message": message(chat, **command(f"/{name}"))} for chat in ("private", "group")]
    answers = await tell(monkeypatch, ReadyWorker(), Telegram(), *updates)
    assert [words in sent["text"] for _, sent in answers] == [True, True]


@pytest.mark.parametrize("text", ["/help!", "/help, please", "/help\nhello", "/HELP@ouvido_bot."])
async def test_what_follows_a_command_does_not_matter(
    monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    update = {"message": message(**command(text))}
    [(_, sent)] = await tell(monkeypatch, ReadyWorker(), Telegram(), update)
    assert "20 MB" in sent["text"]


@pytest.mark.parametrize("guest", [True, False])
async def test_guest_mode_is_explained_where_the_bot_has_it(
    monkeypatch: pytest.MonkeyPatch, guest: bool
) -> None:
    async with bot(monkeypatch, ReadyWorker(), telegram := Telegram()) as built:
        with built.bot.bot._unfrozen():
            built.bot.bot.supports_guest_queries = guest
        update = {"update_id": 1, "message": message(**command("/help"))}
        await built.process_update(Update.de_json(update, built.bot))
    [(_, sent)] = telegram.answers()
    assert ("@ouvido_bot" in sent["text"]) == guest


@pytest.mark.parametrize("language", ["pt", "en", "es"])
async def test_privacy_names_whoever_runs_the_bot(
    monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    update = {"message": message(language=language, **command("/privacy"))}
    [(_, sent)] = await tell(
        monkeypatch, ReadyWorker(), Telegram(), update, contact="ana@example.org"
    )
    assert sent["text"].splitlines()[-1].endswith("bot: ana@example.org")
    [(_, sent)] = await tell(monkeypatch, ReadyWorker(), Telegram(), update)
    assert sent["text"].splitlines()[-1].endswith("/forget.")
