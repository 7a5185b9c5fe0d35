"""A link to an answer shows it once more, to whom it is meant for."""

from sqlalchemy import select, update

from bot.db.tables import Answer, Note
from tests.bot.chatting import Chat, chatting
from tests.fake_telegram import Person
from tests.fake_telegram.errors import JSON


async def opens(chat: Chat, who: Person, token: str) -> JSON:
    """What the bot shows to who follows the link."""
    chat.telegram.follows(who, f"https://t.me/ouvido_test_bot?start={token}")
    await chat.answered()
    return chat.telegram.sent_to(who)[-1]


async def token_of(chat: Chat) -> str:
    async with chat.store.session() as session:
        [answer] = await session.scalars(select(Answer))
        return answer.token


async def test_the_whole_answer_is_there_with_the_picture_of_before() -> None:
    async with chatting() as chat:
        answer = await chat.note()
        rui = chat.telegram.person("Rui", "en")
        shown = await opens(chat, rui, await token_of(chat))
        assert shown["caption"] == answer["caption"]
        assert shown["photo"][-1]["file_id"] == answer["photo"][-1]["file_id"]
        assert len(chat.worker.asked) == 1


async def test_its_buttons_are_the_reader_s_own() -> None:
    async with chatting() as chat:
        await chat.note()
        rui = chat.telegram.person("Rui", "en")
        shown = await opens(chat, rui, await token_of(chat))
        assert await chat.tap(shown, "Look closer", rui) == ""
        assert chat.telegram.sent_to(rui)[-1]["caption"].startswith("🔍")


async def test_another_language_gets_the_picture_with_its_words() -> None:
    async with chatting() as chat:
        await chat.note()
        shown = await opens(chat, chat.telegram.person("Rui", "pt-br"), await token_of(chat))
        assert shown["caption"].startswith("🤖 Parece voz de IA, feita por máquina.")
        assert "photo" in shown
        assert chat.worker.rewritten == ["Não é prova"]
        assert len(chat.worker.asked) == 1


async def test_what_telegram_has_forgotten_is_told_in_words() -> None:
    async with chatting() as chat:
        answer = await chat.note()
        token = await token_of(chat)
        async with chat.store.session() as session:
            await session.execute(update(Note).values(picture_file_ids={}))
        chat.telegram.chats.files.clear()
        assert (await opens(chat, chat.maria, token))["text"] == answer["caption"]


async def test_a_private_answer_is_for_the_asker_alone() -> None:
    async with chatting() as chat:
        answer = await chat.note()
        token = await token_of(chat)
        async with chat.store.session() as session:
            await session.execute(update(Answer).values(private=True))
        rui = chat.telegram.person("Rui", "en")
        assert "only for whoever asked" in (await opens(chat, rui, token))["text"]
        assert (await opens(chat, chat.maria, token))["caption"] == answer["caption"]


async def test_a_forgotten_answer_is_the_ordinary_beginning() -> None:
    async with chatting() as chat:
        assert (await opens(chat, chat.maria, "A" * 16))["text"].startswith("Hello! I'm Ouvido")


async def test_what_else_stands_behind_start_is_the_ordinary_beginning() -> None:
    async with chatting() as chat:
        for payload in ("", "short", "A" * 64):
            assert (await opens(chat, chat.maria, payload))["text"].startswith("Hello!")
