"""The button that opens an answer on the page: where there is one, and what it opens."""

from urllib.parse import parse_qs, urlsplit

from bot.texts import LANGUAGES, texts_for
from tests.bot.chatting import Chat, chatting
from tests.fake_telegram import buttons
from tests.fake_telegram.errors import JSON

PAGE = "https://ouvido.example.org"


def page_buttons(message: JSON) -> list[JSON]:
    names = {texts_for(language, "en").say("buttons", "page") for language in LANGUAGES}
    return [each for each in buttons(message) if each["text"] in names]


async def checked(chat: Chat) -> tuple[JSON, JSON]:
    """The answer to a note in a group, and its explanation."""
    group = chat.telegram.group()
    note = chat.telegram.sends_voice(chat.maria, b"a note", chat=group)
    chat.telegram.sends_text(chat.maria, "/check", chat=group, reply_to=note)
    await chat.answered()
    answer = chat.telegram.sent_to(group)[-1]
    await chat.tap(answer, "why:")
    return answer, chat.telegram.sent_to(group)[-1]


async def test_in_private_it_opens_the_mini_app_of_this_answer() -> None:
    async with chatting(page_url=PAGE) as chat:
        answer = await chat.note()
        [button] = page_buttons(answer)
        address = urlsplit(button["web_app"]["url"])
        assert f"{address.scheme}://{address.netloc}{address.path}" == f"{PAGE}/mini-app"
        [why] = [each for each in buttons(answer) if each.get("callback_data", "")[:3] == "why"]
        token = why["callback_data"].partition(":")[2]
        assert parse_qs(address.query) == {"note": [token], "lang": ["en"]}


async def test_it_is_still_there_after_a_vote() -> None:
    async with chatting(page_url=PAGE) as chat:
        answer = await chat.note()
        before = page_buttons(answer)
        await chat.tap(answer, "vote:")
        assert page_buttons(chat.said[0]) == []
        await chat.tap(chat.said[0], ":right")
        assert page_buttons(chat.said[0]) == before != []


async def test_in_a_group_a_link_stands_behind_why_where_the_bot_has_a_main_mini_app() -> None:
    async with chatting(page_url=PAGE) as chat:
        assert page_buttons((await checked(chat))[1]) == []
    async with chatting(page_url=PAGE, main_mini_app=True) as chat:
        answer, explained = await checked(chat)
        assert page_buttons(answer) == []
        [button] = page_buttons(explained)
        assert button["url"].startswith("https://t.me/ouvido_test_bot?startapp=")
        assert button["url"][-16:] in {
            each.get("callback_data", "").partition(":")[2] for each in buttons(answer)
        }


async def test_without_a_public_page_there_is_none() -> None:
    async with chatting(main_mini_app=True) as chat:
        assert page_buttons(await chat.note()) == []
        assert page_buttons((await checked(chat))[1]) == []
