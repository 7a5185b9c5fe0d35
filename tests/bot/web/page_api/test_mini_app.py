"""The Mini App gets an answer for whoever could see it in Telegram, and for nobody else."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientResponse
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import select, update

from bot.db import access
from bot.db.tables import Answer, Note
from bot.services import privacy
from bot.services.mini_app.answer import MiniApp
from bot.web.app import build
from bot.web.page_api import mini_app
from tests.bot.chatting import Chat, chatting
from tests.fake_telegram import BadGateway, LocalServer, Person
from tests.fake_telegram.chats import Chat as Group
from tests.fake_telegram.mini_app import init_data

PAGE = "https://ouvido.example.org"
SOUND = b"OggS a voice note"


class Asking:
    """A chat with the bot, and the page beside it."""

    def __init__(self, chat: Chat, client: TestClient[Any, Any]) -> None:
        self.chat, self.client = chat, client

    async def token(self) -> str:
        """Of the answer that was given last."""
        async with self.chat.store.session() as session:
            found = await session.scalars(select(Answer.token).order_by(Answer.created_at))
            return str(found.all()[-1])

    async def asks(
        self, who: Person, token: str | None = None, what: str = "note", **more: Any
    ) -> ClientResponse:
        """What the page that somebody opened is answered, in English."""
        data = init_data(who, self.chat.telegram.token, **more)
        asked = {"init_data": data, "note": token or await self.token()}
        return await self.client.post(f"/page-api/mini-app/{what}?lang=en", json=asked)

    async def is_refused(self, who: Person, code: str = "not_shown", **more: Any) -> bool:
        """By both addresses, alike."""
        found = []
        for what in ("note", "sound"):
            response = await self.asks(who, what=what, **more)
            found.append((await response.json())["error"]["code"])
            assert response.status in (403, 404)
        return found == [code, code]


@asynccontextmanager
async def asking(local: LocalServer | None = None, **settings: Any) -> AsyncIterator[Asking]:
    async with chatting(page_url=PAGE, local=local, **settings) as chat:
        site = build(chat.bot.bot_data.settings, chat.worker)
        mini_app.add_routes(site, MiniApp(chat.bot))
        async with TestClient(TestServer(site)) as client:
            yield Asking(chat, client)


async def in_group(asking: Asking) -> tuple[Group, Person]:
    """A group, and a member who asks there what a note is."""
    chat = asking.chat
    group, ana = chat.telegram.group(), chat.telegram.person("Ana", "en")
    note = chat.telegram.sends_voice(ana, SOUND, chat=group)
    chat.telegram.sends_text(ana, "/check", chat=group, reply_to=note)
    await chat.answered()
    return group, ana


async def test_whoever_sent_a_note_sees_all_of_it_and_hears_it() -> None:
    async with asking() as page:
        answer = await page.chat.note(SOUND)
        response = await page.asks(page.chat.maria)
        shown = await response.json()
        assert response.status == 200
        assert response.headers["Cache-Control"] == "no-store"
        assert shown["words"]["headline"] in answer["caption"]
        assert shown["answer"]["verdict"]["score"] == 0.87
        assert len(shown["words"]["chart"]["box"]) == 4
        assert shown["picture"].startswith("data:image/jpeg;base64,")
        heard = await page.asks(page.chat.maria, what="sound")
        assert (heard.status, heard.content_type) == (200, "audio/ogg")
        assert await heard.read() == SOUND
        assert len(page.chat.worker.asked) == 1


async def test_a_note_is_said_in_the_language_of_the_page_and_its_picture_too() -> None:
    async with asking() as page:
        await page.chat.note()
        data = init_data(page.chat.maria, page.chat.telegram.token)
        asked = {"init_data": data, "note": await page.token()}
        response = await page.client.post("/page-api/mini-app/note?lang=pt-BR", json=asked)
        assert (await response.json())["words"]["language"] == "pt-BR"
        assert page.chat.worker.rewritten == ["Não é prova"]


async def test_a_token_that_was_passed_on_or_guessed_shows_nothing() -> None:
    async with asking() as page:
        await page.chat.note()
        assert await page.is_refused(page.chat.telegram.person("Rui"))
        assert await page.is_refused(page.chat.maria, token="A" * 16)


async def test_what_is_not_signed_or_is_old_shows_nothing() -> None:
    async with asking() as page:
        await page.chat.note()
        assert await page.is_refused(page.chat.maria, "too_old", age=3700)
        asked = {"init_data": init_data(page.chat.maria, "1:other"), "note": await page.token()}
        bodies: list[Any] = [asked, {**asked, "init_data": "x" * 5000}, {"note": "x"}, [], "é"]
        for body in bodies:
            response = await page.client.post("/page-api/mini-app/note", json=body)
            assert response.status == 403
            assert (await response.json())["error"]["code"] == "not_telegram"
        for junk in (b"", b"\xff", b"[" * 50_000):
            response = await page.client.post("/page-api/mini-app/sound", data=junk)
            assert response.status == 403


async def test_another_site_asks_in_vain() -> None:
    async with asking() as page:
        await page.chat.note()
        data = init_data(page.chat.maria, page.chat.telegram.token)
        response = await page.client.post(
            "/page-api/mini-app/note",
            json={"init_data": data, "note": await page.token()},
            headers={"Origin": "https://elsewhere.example"},
        )
        assert response.status == 403
        assert (await response.json())["error"]["code"] != "not_telegram"


async def test_what_was_forgotten_stays_so() -> None:
    async with asking() as page:
        await page.chat.note()
        token = await page.token()
        settings = page.chat.bot.bot_data.settings
        await privacy.forget(page.chat.store, settings, page.chat.maria.id)
        assert await page.is_refused(page.chat.maria, token=token)


async def test_a_group_s_answer_is_for_whoever_asked_and_its_members_of_now() -> None:
    async with asking() as page:
        group, ana = await in_group(page)
        telegram = page.chat.telegram
        members = telegram.chats.members[group.id]
        assert (await page.asks(ana)).status == 200
        rui = telegram.person("Rui", "en")
        for status in ("creator", "administrator", "member", "restricted"):
            members[rui.id] = status
            assert (await page.asks(rui)).status == 200, status
        for status in ("left", "kicked"):
            members[rui.id] = status
            assert await page.is_refused(rui), status


async def test_where_telegram_does_not_tell_who_is_a_member_nobody_else_sees_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with asking() as page:
        group, ana = await in_group(page)
        telegram = page.chat.telegram
        rui = telegram.person("Rui", "en")
        telegram.chats.members[group.id][rui.id] = "member"
        telegram.fails("getChatMember", BadGateway(), times=99)
        with monkeypatch.context() as hurried:
            hurried.setattr(mini_app, "TELEGRAM_SECONDS", 2.0)
            response = await page.asks(rui)
        assert response.status == 502
        assert (await response.json())["error"]["code"] == "unreachable"
        assert (await page.asks(ana)).status == 200


async def test_a_private_answer_of_a_group_is_for_the_asker_alone() -> None:
    async with asking() as page:
        group, ana = await in_group(page)
        async with page.chat.store.session() as session:
            await session.execute(update(Answer).values(private=True))
        rui = page.chat.telegram.person("Rui", "en")
        page.chat.telegram.chats.members[group.id][rui.id] = "administrator"
        assert await page.is_refused(rui)
        assert (await page.asks(ana)).status == 200


async def test_whom_the_operators_shut_out_sees_nothing() -> None:
    async with asking() as page:
        await page.chat.note()
        await access.decide(page.chat.store, page.chat.maria.id, allowed=False)
        assert await page.is_refused(page.chat.maria)
    async with asking(access="allowed") as page:
        await access.decide(page.chat.store, page.chat.maria.id, allowed=True)
        await page.chat.note()
        assert (await page.asks(page.chat.maria)).status == 200
        await access.undecide(page.chat.store, page.chat.maria.id)
        assert await page.is_refused(page.chat.maria)


async def test_without_the_picture_the_words_are_there() -> None:
    async with asking() as page:
        await page.chat.note()
        async with page.chat.store.session() as session:
            await session.execute(update(Note).values(picture_file_ids={}))
        page.chat.telegram.chats.files.clear()
        response = await page.asks(page.chat.maria)
        shown = await response.json()
        assert (response.status, shown["picture"], shown["words"]["chart"]) == (200, "", None)
        assert shown["words"]["headline"]
        silent = await page.asks(page.chat.maria, what="sound")
        assert silent.status == 404
        assert (await silent.json())["error"]["code"] == "gone"


async def test_a_large_sound_comes_from_the_disk_of_a_local_server(tmp_path: Path) -> None:
    local = LocalServer(tmp_path)
    async with asking(local, telegram_api_dir=tmp_path, max_megabytes=200) as page:
        await page.chat.note(SOUND)
        heard = await page.asks(page.chat.maria, what="sound")
        assert await heard.read() == SOUND


async def test_only_telegram_may_frame_the_mini_app_and_nobody_the_page() -> None:
    async with asking() as page:
        framed, whole = await page.client.get("/mini-app"), await page.client.get("/")
        policy = framed.headers["Content-Security-Policy"]
        assert "frame-ancestors https://web.telegram.org" in policy
        assert "X-Frame-Options" not in framed.headers
        assert "frame-ancestors 'none'" in whole.headers["Content-Security-Policy"]
        assert whole.headers["X-Frame-Options"] == "DENY"
        assert (
            policy.split("frame-ancestors")[0].split("nonce-")[0]
            == (
                whole.headers["Content-Security-Policy"]
                .split("frame-ancestors")[0]
                .split("nonce-")[0]
            )
        )


@pytest.mark.parametrize(
    ("host", "code"), [("ouvido.example.org", "not_telegram"), ("x.example", "wrong_host")]
)
async def test_the_public_name_is_ours_also_on_a_loop_back_address(host: str, code: str) -> None:
    async with asking() as page:
        response = await page.client.post(
            "/page-api/mini-app/note", json={}, headers={"Host": host}
        )
        assert (await response.json())["error"]["code"] == code
