"""A person chooses for themselves, an administrator for a group; the menu follows."""

import json
from typing import Any

import pytest

from bot.texts import LANGUAGES, texts_for
from tests.bot.handlers.test_quiz import buttons, press
from tests.bot.stand_ins import ReadyWorker, Telegram
from tests.bot.talking import command, message, tell

GROUP: dict[str, Any] = {"chat": {"id": -7, "type": "supergroup", "title": "G"}}

Sent = list[tuple[str, dict[str, Any]]]


async def said(
    monkeypatch: pytest.MonkeyPatch, *updates: dict[str, Any], status: str = "member"
) -> Sent:
    telegram = Members(status)
    await tell(monkeypatch, ReadyWorker(), telegram, *updates)
    return telegram.sent


class Members(Telegram):
    """In whose groups everybody has the same standing."""

    def __init__(self, status: str) -> None:
        super().__init__()
        self._status = status

    async def do_request(self, url: str, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        if not url.endswith("/getChatMember"):
            return await super().do_request(url, *args, **kwargs)
        user = {"id": 7, "is_bot": False, "first_name": "A"}
        member = {"user": user, "status": self._status, "is_anonymous": False}
        return 200, json.dumps({"ok": True, "result": member}).encode()


def asks(chat: str = "private", **who: Any) -> dict[str, Any]:
    return {"message": message(chat, **who, **command("/language"))}


async def test_a_person_is_offered_all_languages_and_telegrams(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    [(_, sent)] = await said(monkeypatch, asks())
    assert buttons(sent) == [f"language:{name}" for name in (*LANGUAGES, "auto")]


async def test_the_choice_counts_from_then_on_and_the_menu_follows(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    hello = {"message": message(**command("/check"))}
    sent = await said(monkeypatch, press("language:pt-BR"), hello)
    texts = [each["text"] for _, each in sent if "text" in each]
    assert texts[0] == "Certo, a partir de agora falo português aqui."
    assert texts[1] == texts_for("pt-BR", "en").say("chat", "check")
    [menu] = [each for name, each in sent if name == "setMyCommands"]
    assert menu["scope"] == {"type": "chat", "chat_id": 7}
    assert "Escolher o meu idioma" in [each["description"] for each in menu["commands"]]


async def test_as_in_telegram_takes_the_choice_back(monkeypatch: pytest.MonkeyPatch) -> None:
    sent = await said(monkeypatch, press("language:es"), press("language:auto"), asks())
    assert sent[-1][1]["text"].startswith("Which language")
    assert [name for name, _ in sent if name == "deleteMyCommands"] == ["deleteMyCommands"]


async def test_in_a_group_only_administrators_are_asked_and_may_choose(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    refused = await said(monkeypatch, asks("supergroup"), press("language:es", **GROUP))
    texts = [each["text"] for _, each in refused if "text" in each]
    assert texts == ["Only administrators choose the language of a group."] * 2
    help_there = {"message": message("supergroup", **command("/check"))}
    administrator = await said(
        monkeypatch,
        asks("supergroup"),
        press("language:es", **GROUP),
        help_there,
        status="creator",
    )
    assert buttons(administrator[0][1]) == [f"language:{name}" for name in LANGUAGES]
    assert "Responder" in administrator[-1][1]["text"]
    menus = [each for name, each in administrator if name == "setMyCommands"]
    assert [menu["scope"] for menu in menus] == [
        {"type": "chat", "chat_id": -7},
        {"type": "chat_administrators", "chat_id": -7},
    ]
    for menu in menus:
        assert "mydata" not in [each["command"] for each in menu["commands"]]


async def test_an_anonymous_administrator_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    [(_, sent)] = await said(monkeypatch, asks("supergroup", sender_chat=GROUP["chat"]))
    assert sent["text"].startswith("Which language")


@pytest.mark.parametrize(
    "update",
    [press("language:tlh"), press("language:"), press("language:es", shown=["language:en"])],
)
async def test_what_is_no_button_changes_nothing(
    monkeypatch: pytest.MonkeyPatch, update: dict[str, Any]
) -> None:
    sent = await said(monkeypatch, update, asks())
    assert "/language" in sent[0][1]["text"]
    assert sent[-1][1]["text"].startswith("Which language")
