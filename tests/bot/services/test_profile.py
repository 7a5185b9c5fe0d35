"""Commands, descriptions, name, rights: set where they differ, in every language."""

from pathlib import Path
from typing import Any

import pytest
from telegram import Bot

from bot.services import profile
from bot.texts import LANGUAGES, texts_for
from tests.bot.stand_ins import Telegram
from tests.fake_telegram import FakeTelegram


def _bot(telegram: Telegram) -> Bot:
    return Bot("1:a", request=telegram)


def _named(telegram: Telegram, wanted: str) -> list[dict[str, Any]]:
    return [sent for name, sent in telegram.sent if name == wanted]


async def test_commands_and_descriptions_are_registered_for_each_language_and_scope() -> None:
    telegram = Telegram()
    await profile.announce(_bot(telegram))
    commands = {
        (sent.get("language_code"), sent["scope"]["type"]): [
            command["command"] for command in sent["commands"]
        ]
        for sent in _named(telegram, "setMyCommands")
    }
    assert len(commands) == 18
    assert {code for code, _ in commands} == {None, "pt", "en", "es", "gl", "ca"}
    for (_, scope), names in commands.items():
        assert ("start" in names) == (scope == "all_private_chats")
        assert ("settings" in names) == (scope == "all_chat_administrators")
        assert {"check", "help", "privacy", "about"} <= set(names)
    descriptions = {
        sent.get("language_code"): sent["description"]
        for sent in _named(telegram, "setMyDescription")
    }
    assert descriptions[None] == descriptions["en"]  # for whose language we do not have
    assert descriptions["gl"] == descriptions["pt"]
    assert descriptions["ca"] == descriptions["es"]
    assert len(set(descriptions.values())) == len(LANGUAGES)


async def test_a_profile_that_is_right_already_is_not_changed() -> None:
    class Described(Telegram):
        async def do_request(self, url: str, method: str, *args: Any, **kwargs: Any) -> Any:
            code, payload = await super().do_request(url, method, *args, **kwargs)
            if url.endswith("/getMyDescription"):
                words = texts_for("es", "es").say("profile", "description")
                payload = payload.replace(b'""', f'"{words}"'.encode())
            return code, payload

    telegram = Described()
    await profile.announce(_bot(telegram))
    changed = _named(telegram, "setMyDescription")
    assert [sent.get("language_code") for sent in changed] == [None, "pt", "en", "gl"]


async def test_a_refusal_is_logged_and_the_other_languages_are_set(
    caplog: pytest.LogCaptureFixture,
) -> None:
    telegram = Telegram()
    telegram.refuse = lambda name: (
        (429, {"description": "Too Many Requests", "parameters": {"retry_after": 9}})
        if name == "setMyCommands"
        else None
    )
    await profile.announce(_bot(telegram))
    assert caplog.text.count("could not be registered") == len(profile.CODES)


async def test_everything_is_set_once() -> None:
    async with FakeTelegram() as telegram:
        bot = Bot(telegram.token, base_url=f"{telegram.url}/bot")
        picture = Path(__file__).parents[3] / "docs" / "verdict.jpg"
        async with bot:
            for code in profile.CODES:
                assert await profile.set_words(bot, code, donations=True)
                assert await profile.set_name(bot, code, "Ouvido da Ana") == ["name"]
            assert await profile.set_rest(bot, picture) == [
                "rights asked for in groups", "menu button", "picture",
            ]  # fmt: skip
            calls = len(telegram.calls)
            for code in profile.CODES:
                assert await profile.set_words(bot, code, donations=True) == []
                assert await profile.set_name(bot, code, "Ouvido da Ana") == []
            assert await profile.set_rest(bot) == []
        repeated = {call.method for call in telegram.calls[calls:]}
        assert all(method.startswith("get") for method in repeated)
        kept = telegram.methods.profile
        assert [name for name, granted in kept.rights.items() if granted] == ["can_manage_chat"]
        assert (kept.button, kept.photo) == ({"type": "commands"}, picture.read_bytes())
