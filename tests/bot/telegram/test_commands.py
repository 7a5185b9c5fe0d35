"""The menus name commands that exist, each with words, and nothing private in a group."""

import pytest
from telegram import Update

from bot.telegram import commands
from bot.texts import LANGUAGES, texts_for
from tests.bot.stand_ins import ReadyWorker, Telegram
from tests.bot.talking import bot, command, message


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_has_words(language: str) -> None:
    texts = texts_for(language, "en")
    for each in (*commands.private(texts, True), *commands.group(texts)):
        assert each.description


def test_donations_are_offered_only_where_they_are_taken() -> None:
    texts = texts_for("en", "en")
    with_them = {each.command for each in commands.private(texts, True)}
    without = {each.command for each in commands.private(texts, False)}
    assert with_them - without == {"donate"}


def test_in_a_group_nothing_about_a_person_is_offered() -> None:
    offered = {each.command for each in commands.group(texts_for("en", "en"))}
    assert not offered & {"mydata", "forget", "donate", "start"}


async def test_every_command_of_the_menus_is_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    names = [each.command for each in commands.private(texts_for("en", "en"), True)]
    telegram = Telegram()
    async with bot(monkeypatch, ReadyWorker(), telegram) as built:
        for number, name in enumerate(names):
            asked = {"update_id": number, "message": message(**command(f"/{name}"))}
            await built.process_update(Update.de_json(asked, built.bot))
            assert telegram.sent[-1][0].startswith("send"), name
            unknown = texts_for("en", "en").say("chat", "text")
            assert telegram.sent[-1][1].get("text") != unknown, name
            telegram.sent.clear()
