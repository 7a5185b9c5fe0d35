"""`/quiz`: five clips, person or machine? Each is answered in its own message."""

from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Message, Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler

from bot.services import clips
from bot.services.quiz.answers import our_answer, playable, question, revealed, source
from bot.services.quiz.game import ANYBODY, Game
from bot.telegram.callbacks import pressed, rewrite, toast
from bot.telegram.context import Context
from bot.telegram.messages import NEW, message_of
from inference.verdict import Label


async def on_quiz(update: Update, context: Context) -> None:
    """A new game; in a group only who began it may press."""
    message = message_of(update)
    # Buttons are pressed by people; of channels and anonymous administrators we see no person.
    person = None if message.sender_chat else message.from_user
    player = person.id if person else ANYBODY
    await ask(
        message, Game.new(context.texts.language, player, playable(context.settings)), context
    )


async def on_press(update: Update, context: Context) -> None:
    """An answer, whose recording it is, the next clip or a new game."""
    query = update.callback_query
    assert query is not None
    message, read = pressed(query), Game.read(query.data or "", playable(context.settings))
    if message is None or read is None:
        await toast(query, context.texts.say("quiz", "stale"))
        return
    action, game = read
    if action == "source":
        await toast(query, source(game.clip, context.texts), alert=True)
        return
    if game.player not in (ANYBODY, query.from_user.id):
        await toast(query, context.texts.say("quiz", "not_yours"), alert=True)
        return
    await toast(query)
    if action in (Label.HUMAN, Label.SYNTHETIC):
        await reveal(message, game, Label(action), context)
        return
    left = InlineKeyboardMarkup([[button(game, "source", context)]])
    if not await rewrite(message, message.caption or "", left):  # the button is used up
        return
    again = Game.new(context.texts.language, game.player, game.clips)
    await ask(message, again if action == "again" else game.next(), context, do_quote=False)


async def ask(message: Message, game: Game, context: Context, do_quote: bool = True) -> None:
    """Send the game's clip with its two buttons."""
    clip = game.clip
    keyboard = InlineKeyboardMarkup(
        [[button(game, truth, context) for truth in (Label.HUMAN, Label.SYNTHETIC)]]
    )
    sent = await clips.send(
        message, clip.read(), clip.sha256, clip.seconds, context,
        filename="quiz.ogg",  # says nothing about the clip
        caption="\n".join(question(game, context.texts)), reply_markup=keyboard, do_quote=do_quote,
    )  # fmt: skip
    if sent is None:
        await message.reply_text(context.texts.say("quiz", "refused"))


async def reveal(message: Message, game: Game, answer: Label, context: Context) -> None:
    """Say in the clip's own message what it was; after the last clip the score too."""
    ours = await our_answer(game.clip, context.bot_data.quiz, context.worker)
    game, lines = revealed(game, answer, ours, context.texts)
    action = "again" if game.is_over else "next"
    buttons = [[button(game, action, context)], [button(game, "source", context)]]
    await rewrite(message, "\n\n".join(lines), InlineKeyboardMarkup(buttons))


def button(game: Game, action: str, context: Context) -> InlineKeyboardButton:
    label = context.texts.say("quiz", action)
    return InlineKeyboardButton(label, callback_data=game.data(action))


def handlers() -> list[BaseHandler[Update, Context, Any]]:
    return [
        CommandHandler("quiz", on_quiz, NEW),
        CallbackQueryHandler(on_press, pattern=r"^quiz:"),
    ]
