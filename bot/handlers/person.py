"""`/mydata` shows a person what is kept about them, `/forget` erases it; in private chats."""

import json
import logging
from datetime import datetime
from typing import Any

from babel.dates import format_date
from telegram import (
    BotCommandScopeChat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Message,
    Update,
)
from telegram.constants import ChatType
from telegram.error import TelegramError
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler

from bot.db import quotas
from bot.services import donations, privacy
from bot.services.privacy import Known
from bot.telegram.callbacks import pressed, rewrite, toast
from bot.telegram.context import Context
from bot.telegram.messages import NEW, message_of

FILE = "ouvido-mydata.json"
MOST_BUTTONS = 20  # donations that get a button of their own, the latest

logger = logging.getLogger(__name__)


async def on_mydata(update: Update, context: Context) -> None:
    message = message_of(update)
    if message.chat.type != ChatType.PRIVATE:
        await message.reply_text(context.texts.say("person", "privately"))
        return
    words, keyboard = await _shown(message.chat_id, context)
    await message.reply_text(words, reply_markup=keyboard)


async def on_forget(update: Update, context: Context) -> None:
    message, say = message_of(update), context.texts.say
    if message.chat.type != ChatType.PRIVATE:
        await message.reply_text(say("person", "privately"))
        return
    await message.reply_text(say("person", "forget"), reply_markup=_forget(context))


async def on_press(update: Update, context: Context) -> None:
    """Erase one thing or all, or send everything as a file."""
    query, say = update.callback_query, context.texts.say
    assert query is not None
    message = pressed(query)
    if message is None or message.chat.id != query.from_user.id:  # not their private chat
        await toast(query, say("person", "stale"))
        return
    await toast(query)
    match (query.data or "").split(":"):
        case ["mydata", "file"]:
            await _send_file(message, context)
        case ["mydata", "erase", name]:
            await donations.erase(context.store, context.settings, message.chat_id, name)
            await rewrite(message, *await _shown(message.chat_id, context))
        case ["mydata", "forget"]:
            await rewrite(message, say("person", "forget"), _forget(context))
        case ["forget", "yes"]:
            await _forget_all(message, context)
        case _:
            await rewrite(message, say("person", "kept"))


async def _shown(person: int, context: Context) -> tuple[str, InlineKeyboardMarkup | None]:
    """What is kept about a person in words, and the buttons beneath."""
    known = await privacy.known(context.store, person, context.turn.number)
    lines = told(known, await quotas.used(context.store, person), context)
    if not lines:
        return context.texts.say("person", "nothing"), None
    say = context.texts.say
    buttons = [
        InlineKeyboardButton(
            say(
                "person",
                "button_erase",
                date=_day(gift["donated_at"], context),
                truth=_truth(gift, context),
            ),
            callback_data=f"mydata:erase:{gift['id']}",
        )
        for gift in known["donations"][:MOST_BUTTONS]
    ]
    buttons.append(InlineKeyboardButton(say("person", "button_file"), callback_data="mydata:file"))
    buttons.append(
        InlineKeyboardButton(say("person", "button_forget"), callback_data="mydata:forget")
    )
    words = "\n".join([say("person", "title"), *lines, "", say("person", "footer")])
    return words, InlineKeyboardMarkup.from_column(buttons)


def told(known: Known, minutes: int, context: Context) -> list[str]:
    """A line for each kind of thing that is kept; `minutes` count towards the limit of an hour."""
    say, lines = context.texts.say, []
    for person in known["choices"]:
        if person["language"]:
            lines.append(say("person", "language", language=say("language", person["language"])))
        for consent in ("compare", "donate"):
            if given := person[f"{consent}_consent_at"]:
                lines.append(say("person", f"consent_{consent}", date=_day(given, context)))
    if answers := sorted(answer["created_at"] for answer in known["answers"]):
        first, last = _day(answers[0], context), _day(answers[-1], context)
        days = say("person", "one_day" if first == last else "days", first=first, last=last)
        lines.append(say("person", "answers", count=len(answers), days=days))
        if most := context.settings.minutes_per_hour:
            lines.append(say("person", "recent", count=minutes, most=most))
    for kind in ("votes", "donations", "waiting"):
        if known[kind]:
            lines.append(say("person", kind, count=len(known[kind])))
    lines += [say("person", f"access_{str(row['allowed']).lower()}") for row in known["access"]]
    return lines


async def _send_file(message: Message, context: Context) -> None:
    known = await privacy.known(context.store, message.chat_id, context.turn.number)
    data = json.dumps(known, indent=1, ensure_ascii=False).encode()
    await message.reply_document(
        data, filename=FILE, caption=context.texts.say("person", "file"), do_quote=False
    )


async def _forget_all(message: Message, context: Context) -> None:
    await privacy.forget(context.store, context.settings, message.chat_id)
    words = context.texts.say("person", "forgotten")
    if (await privacy.known(context.store, message.chat_id))["access"]:
        words += " " + context.texts.say("person", "decided")
    await rewrite(message, words)
    await _unchosen(message, context)


async def _unchosen(message: Message, context: Context) -> None:
    """The menu of commands follows Telegram's language again."""
    try:
        await context.bot.delete_my_commands(BotCommandScopeChat(message.chat_id))
    except TelegramError as error:
        logger.info("The commands of a chat stay as they are: %s", error)


def _day(time: str, context: Context) -> str:
    """The day of a time in ISO 8601, as people write it."""
    locale = context.texts.language.replace("-", "_")
    return format_date(datetime.fromisoformat(time), "medium", locale)


def _truth(gift: dict[str, Any], context: Context) -> str:
    kind = "own" if gift["truth"] == donations.OWN else "machine"
    return context.texts.say("donate", f"button_{kind}")


def _forget(context: Context) -> InlineKeyboardMarkup:
    say = context.texts.say
    return InlineKeyboardMarkup.from_column(
        [
            InlineKeyboardButton(say("person", "button_yes"), callback_data="forget:yes"),
            InlineKeyboardButton(say("person", "button_no"), callback_data="forget:no"),
        ]
    )


def handlers() -> list[BaseHandler[Update, Context, Any]]:
    return [
        CommandHandler("mydata", on_mydata, NEW),
        CommandHandler("forget", on_forget, NEW),
        CallbackQueryHandler(on_press, pattern=r"^(mydata|forget):"),
    ]
