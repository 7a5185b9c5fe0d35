"""`/demo`: four recordings by buttons, each sent and answered as somebody's own note would be."""

from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Message, Update
from telegram.constants import ChatType
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler

from bot.handlers import notes
from bot.services import clips
from bot.services.demo import Example, examples
from bot.telegram.callbacks import pressed, toast
from bot.telegram.context import Context
from bot.telegram.messages import NEW, message_of


async def on_demo(update: Update, context: Context) -> None:
    """A button for each recording; in private only, where two messages a press disturb nobody."""
    message, say = message_of(update), context.texts.say
    if message.chat.type != ChatType.PRIVATE:
        await message.reply_text(say("demo", "privately"))
        return
    buttons = [
        InlineKeyboardButton(say("demo", each.name), callback_data=f"demo:{each.name}")
        for each in examples()
    ]
    keyboard = InlineKeyboardMarkup.from_column(buttons)
    await message.reply_text(say("demo", "pick"), reply_markup=keyboard, do_quote=False)


async def on_press(update: Update, context: Context) -> None:
    """The recording of a button, and what this bot says of it."""
    query = update.callback_query
    assert query is not None
    message, name = pressed(query), (query.data or "").partition(":")[2]
    found = [each for each in examples() if each.name == name]
    if message is None or message.chat.type != ChatType.PRIVATE or not found:
        await toast(query, context.texts.say("demo", "stale"))
        return
    await toast(query)
    with context.bot_data.debounce.doing((query.from_user.id, f"demo:{name}")) as first:
        if first:
            await show(message, found[0], query.from_user.id, context)


async def show(message: Message, example: Example, person: int, context: Context) -> None:
    say = context.texts.say
    source = say("demo", "source", attribution=example.attribution, licence=example.licence)
    sent = await clips.send(
        message, example.read(), example.sha256, example.seconds, context,
        filename=example.file, caption=f"{say('demo', f'is_{example.name}')}\n\n{source}",
        do_quote=False,
    )  # fmt: skip
    if sent is None:
        await message.reply_text(say("demo", "refused"))
    else:
        await notes.judge(sent, sent.voice, context, person)


def handlers() -> list[BaseHandler[Update, Context, Any]]:
    return [
        CommandHandler("demo", on_demo, NEW),
        CallbackQueryHandler(on_press, pattern=r"^demo:"),
    ]
