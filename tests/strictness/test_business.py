"""Business accounts' chats and threads of comments, as Telegram shows them to a bot."""

from telegram import Bot
from telegram.error import BadRequest, Forbidden

from tests.fake_telegram import FakeTelegram
from tests.strictness.asking import NOTE, refused, taken


async def test_what_is_written_in_a_connected_chat_is_shown_with_its_connection(
    telegram: FakeTelegram, bot: Bot
) -> None:
    maria, joao = telegram.person("Maria"), telegram.person("João")
    name = telegram.connects(maria)
    note = telegram.records_in(name, telegram.conversation(joao), joao, NOTE)
    (connected, written) = await taken(bot)
    assert connected.business_connection == await bot.get_business_connection(name)
    assert written.message is None
    assert written.business_message
    assert written.business_message.business_connection_id == name
    assert written.business_message.chat.id == joao.id
    await bot.send_message(maria.id, "it sounds like a person")
    with refused(Forbidden, "can't initiate conversation"):  # it is not the bot's own chat
        await bot.send_message(joao.id, "hello", reply_to_message_id=note["message_id"])


async def test_a_connection_that_never_was_is_refused(bot: Bot) -> None:
    with refused(BadRequest, "BUSINESS_CONNECTION_INVALID"):
        await bot.get_business_connection("of nobody")


async def test_a_reply_to_a_post_carried_over_is_a_comment_and_its_thread_cannot_be_named(
    telegram: FakeTelegram, bot: Bot
) -> None:
    group, channel = telegram.group(), telegram.channel()
    post = telegram.posts(channel, "document", b"%PDF", {"file_name": "news.pdf"})
    carried = telegram.carries_over(post, group)["message_id"]
    comment = await bot.send_message(group.id, "a comment", reply_to_message_id=carried)
    answer = await bot.send_message(group.id, "an answer", reply_to_message_id=comment.message_id)
    assert [comment.message_thread_id, answer.message_thread_id] == [carried, carried]
    assert not comment.is_topic_message
    with refused(BadRequest, "message thread not found"):
        await bot.send_message(group.id, "a comment", message_thread_id=carried)
