"""Administrators choose how the bot behaves in their group; nobody else can."""

import re
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.db import chats
from bot.db.tables import ChatRow
from bot.handlers import settings_menu
from bot.telegram import administrators
from bot.telegram.context import App
from bot.telegram.rate_limiter import MOST
from bot.texts import LANGUAGES, texts_for
from bot.views import group_settings
from tests.bot.meeting import QuickWorker, meeting
from tests.fake_telegram import Chat as Group
from tests.fake_telegram import FakeTelegram, Person, buttons

SAY = texts_for("en", "en").say


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as telegram:
        yield telegram


@pytest.fixture
async def app(telegram: FakeTelegram) -> AsyncIterator[App]:
    async with meeting(telegram, QuickWorker()) as app:
        yield app


@pytest.fixture
def group(telegram: FakeTelegram) -> Group:
    return telegram.group()


@pytest.fixture
def ana(telegram: FakeTelegram, group: Group) -> Person:
    """An administrator of the group."""
    ana = telegram.person("Ana", "en")
    telegram.promotes(group, ana)
    return ana


async def chosen(app: App, group: Group) -> ChatRow | None:
    async with app.bot_data.store.session() as session:
        found: ChatRow | None = await session.get(ChatRow, group.id)
        return found


async def opened(telegram: FakeTelegram, ana: Person, group: Group) -> Any:
    telegram.sends_text(ana, "/settings", chat=group)
    return (await telegram.next_call("sendMessage", group)).result


async def press(telegram: FakeTelegram, who: Person, shown: Any, *labels: str) -> Any:
    """Press one button after the other; the menu as it stands then."""
    for label in labels:
        telegram.taps(who, shown, label)
        await telegram.next_call("answerCallbackQuery")
        shown = (await telegram.next_call("editMessageText")).result
    return shown


async def test_an_administrator_chooses_in_one_message(
    telegram: FakeTelegram, app: App, ana: Person, group: Group
) -> None:
    shown = await opened(telegram, ana, group)
    shown = await press(
        telegram, ana, shown, "page:notes", "notes:all", "only_suspicious:1", "Back"
    )
    shown = await press(telegram, ana, shown, "page:reply_mode", "reply_mode:summary")
    shown = await press(telegram, ana, shown, "page:quiet", "quiet:on", "page:quiet_from")
    shown = await press(telegram, ana, shown, "21:00", "page:timezone", "Manaus", "Back")
    assert any("21:00–07:00" in button["text"] for button in buttons(shown))
    shown = await press(telegram, ana, shown, "close")
    assert buttons(shown) == []
    assert len(telegram.sent_to(group)) == 1
    chat = await chosen(app, group)
    assert chat is not None
    assert (chat.notes, chat.only_suspicious, chat.reply_mode) == ("all", True, "summary")
    assert (chat.quiet_from, chat.quiet_to, chat.timezone) == (1260, 420, "America/Manaus")


async def test_the_menu_changes_its_language_and_who_sees_the_answers(
    telegram: FakeTelegram, app: App, ana: Person, group: Group
) -> None:
    shown = await opened(telegram, ana, group)
    shown = await press(telegram, ana, shown, "private_replies:1", "page:language", "language:es")
    await press(telegram, ana, shown, "Listo")
    chat = await chosen(app, group)
    assert chat is not None
    assert (chat.private_replies, chat.language) == (True, "es")


async def test_who_presses_too_much_is_asked_to_wait(
    telegram: FakeTelegram, app: App, ana: Person, group: Group
) -> None:
    shown = await opened(telegram, ana, group)
    for _ in range(MOST):
        app.bot_data.call_budget.spend(group.id)
    telegram.taps(ana, shown, "private_replies:1")
    toast = await telegram.next_call("answerCallbackQuery")
    assert toast.parameters["text"] == SAY("settings", "wait")
    assert not (await chats.of(app.bot_data.store, group.id)).private_replies


async def test_a_member_gets_a_sentence_and_no_menu(
    telegram: FakeTelegram, app: App, group: Group
) -> None:
    telegram.sends_text(telegram.person("Rui", "en"), "/settings", chat=group)
    answer = await telegram.next_call("sendMessage", group)
    assert answer.parameters["text"] == SAY("settings", "only_administrators")
    assert "reply_markup" not in answer.parameters


async def test_a_member_who_presses_is_told_so_and_nothing_changes(
    telegram: FakeTelegram, app: App, ana: Person, group: Group
) -> None:
    shown = await opened(telegram, ana, group)
    telegram.taps(telegram.person("Rui", "en"), shown, "private_replies:1")
    toast = await telegram.next_call("answerCallbackQuery")
    assert toast.parameters["text"] == SAY("settings", "only_administrators")
    chat = await chosen(app, group)
    assert chat is not None
    assert chat.private_replies is False


async def test_who_was_an_administrator_a_while_ago_changes_nothing(
    telegram: FakeTelegram,
    app: App,
    ana: Person,
    group: Group,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(administrators, "MOMENT", 0.0)
    shown = await opened(telegram, ana, group)
    telegram.promotes(group, ana, "member")
    telegram.taps(ana, shown, "private_replies:1")
    toast = await telegram.next_call("answerCallbackQuery")
    assert toast.parameters["text"] == SAY("settings", "only_administrators")
    assert not (await chats.of(app.bot_data.store, group.id)).private_replies


async def test_once_the_bot_is_an_administrator_it_no_longer_asks_to_be_one(
    telegram: FakeTelegram, app: App, ana: Person, group: Group
) -> None:
    shown = await opened(telegram, ana, group)
    shown = await press(telegram, ana, shown, "page:notes", "notes:all")
    assert SAY("settings", "blind") in shown["text"]
    telegram.promotes(group)
    shown = await press(telegram, ana, shown, "only_suspicious:1")
    assert SAY("settings", "blind") not in shown["text"]


async def test_an_anonymous_administrator_has_a_menu_and_a_channel_has_none(
    telegram: FakeTelegram, app: App, ana: Person, group: Group
) -> None:
    telegram.sends_text(ana, "/settings", chat=group, sender_chat=group)
    assert buttons((await telegram.next_call("sendMessage", group)).result)
    telegram.sends_text(ana, "/settings", chat=group, sender_chat=telegram.channel())
    refused = await telegram.next_call("sendMessage", group)
    assert refused.parameters["text"] == texts_for("pt-BR", "en").say(
        "settings", "only_administrators"
    ) or refused.parameters["text"] == SAY("settings", "only_administrators")


@pytest.mark.parametrize("data", ["set:notes:everything", "set:", "set:id:1", "set:page:../../etc"])
async def test_what_no_button_says_changes_nothing(
    telegram: FakeTelegram, app: App, ana: Person, group: Group, data: str
) -> None:
    shown = await opened(telegram, ana, group)
    before = vars(await chosen(app, group))
    telegram.presses(ana, shown, data)
    toast = await telegram.next_call("answerCallbackQuery")
    assert toast.parameters["text"] == SAY("settings", "stale")
    after = vars(await chosen(app, group))
    assert {key: after[key] for key in after if key[0] != "_"} == {
        key: before[key] for key in before if key[0] != "_"
    }


async def test_a_menu_that_was_left_alone_closes_at_the_next_press(
    telegram: FakeTelegram, app: App, ana: Person, group: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = await opened(telegram, ana, group)
    monkeypatch.setattr(settings_menu, "OPEN_SECONDS", -1)
    shown = await press(telegram, ana, shown, "private_replies:1")
    assert shown["text"] == SAY("settings", "stale")
    assert buttons(shown) == []
    chat = await chosen(app, group)
    assert chat is not None
    assert chat.private_replies is False


async def test_the_menu_says_when_the_bot_cannot_see_what_it_should_hear(
    telegram: FakeTelegram, app: App, ana: Person, group: Group
) -> None:
    shown = await opened(telegram, ana, group)
    shown = await press(telegram, ana, shown, "page:notes")
    assert SAY("settings", "blind") not in shown["text"]  # nothing is to be heard yet
    shown = await press(telegram, ana, shown, "notes:forwarded")
    assert SAY("settings", "blind") in shown["text"]
    telegram.promotes(group)
    shown = await press(telegram, ana, shown, "notes:all")
    assert SAY("settings", "blind") not in shown["text"]


async def test_quiet_hours_begin_with_the_clock_of_whoever_chooses_them(
    telegram: FakeTelegram, app: App, group: Group
) -> None:
    bia = telegram.person("Bia", "pt-br")
    telegram.promotes(group, bia)
    shown = await opened(telegram, bia, group)
    await press(telegram, bia, shown, "page:notes", "notes:all", "home", "page:quiet", "quiet:on")
    chat = await chosen(app, group)
    assert chat is not None
    assert (chat.quiet_from, chat.timezone) == (1320, "America/Sao_Paulo")


async def test_two_presses_of_one_button_are_both_answered(
    telegram: FakeTelegram, app: App, ana: Person, group: Group
) -> None:
    shown = await opened(telegram, ana, group)
    for _ in range(2):
        telegram.taps(ana, shown, "page:notes")
    for _ in range(2):
        await telegram.next_call("answerCallbackQuery")
    await telegram.next_call("editMessageText")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("notes", group_settings.CHOICES["notes"])
def test_every_page_fits_a_phone_and_every_button_its_64_bytes(language: str, notes: str) -> None:
    chat = ChatRow(
        id=-1, notes=notes, only_suspicious=True, reply_mode="reply", private_replies=False
    )
    chat.quiet_from, chat.quiet_to, chat.timezone = 1320, 420, "America/Argentina/Buenos_Aires"
    for name in group_settings.PAGES:
        words, keyboard = group_settings.page(name, chat, texts_for(language, "en"), blind=True)
        assert len(words) < 900
        for row in keyboard.inline_keyboard:
            for button in row:
                assert len(str(button.callback_data).encode()) <= 64
                assert len(button.text) * len(row) <= 60, button.text


@pytest.mark.parametrize("zone", group_settings.ZONES)
def test_every_place_has_a_clock(zone: str) -> None:
    assert group_settings.chosen("timezone", zone) == {"timezone": zone}
    assert re.search(r"\(\d\d:\d\d\)$", group_settings._city(zone, texts_for("es", "en")))
