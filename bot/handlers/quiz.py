"""`/quiz`: five clips, person or machine? Each is answered in its own message."""

import logging
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Message, Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler

from bot.services import clips
from bot.services.quiz.clips import Clip, shipped
from bot.services.quiz.game import ANYBODY, ROUNDS, Game
from bot.services.quiz.own import folder_of, own
from bot.telegram.callbacks import pressed, rewrite, toast
from bot.telegram.context import Context
from bot.telegram.messages import NEW, message_of
from inference.errors import DetectionError
from inference.verdict import Label

TIPS = 3  # of each truth

logger = logging.getLogger(__name__)


async def on_quiz(update: Update, context: Context) -> None:
    """A new game; in a group only who began it may press."""
    message = message_of(update)
    # Buttons are pressed by people; of channels and anonymous administrators we see no person.
    person = None if message.sender_chat else message.from_user
    player = person.id if person else ANYBODY
    await ask(message, Game.new(context.texts.language, player, playable(context)), context)


async def on_press(update: Update, context: Context) -> None:
    """An answer, whose recording it is, the next clip or a new game."""
    query = update.callback_query
    assert query is not None
    message, read = pressed(query), Game.read(query.data or "", playable(context))
    if message is None or read is None:
        await toast(query, context.texts.say("quiz", "stale"))
        return
    action, game = read
    if action == "source":
        await toast(query, source(game.clip, context), alert=True)
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
    say, clip = context.texts.say, game.clip
    caption = say("quiz", "question", number=game.number, count=ROUNDS)
    if game.number == 1 and clip.language != game.language.partition("-")[0]:
        caption += "\n" + say("quiz", "foreign")
    keyboard = InlineKeyboardMarkup(
        [[button(game, truth, context) for truth in (Label.HUMAN, Label.SYNTHETIC)]]
    )
    sent = await clips.send(
        message, clip.read(), clip.sha256, clip.seconds, context,
        filename="quiz.ogg",  # says nothing about the clip
        caption=caption, reply_markup=keyboard, do_quote=do_quote,
    )  # fmt: skip
    if sent is None:
        await message.reply_text(say("quiz", "refused"))


async def reveal(message: Message, game: Game, answer: Label, context: Context) -> None:
    """Say in the clip's own message what it was; after the last clip the score too."""
    say, clip = context.texts.say, game.clip
    ours = await our_answer(clip, context)
    right = answer is clip.truth
    game = game.answered(right, ours is clip.truth)
    lines = [
        say("quiz", "right" if right else "wrong"),
        say("quiz", f"was_{clip.truth}"),
        say("quiz", f"ours_{ours}"),
        say("quiz", f"tip_{clip.truth}_{game.number % TIPS + 1}"),
    ]
    if game.is_over:
        how = "high" if game.right > 3 else "fair" if game.right > 1 else "low"
        lines.append(say("quiz", "score", right=game.right, count=ROUNDS, ours=game.ours))
        lines.append(say("quiz", f"score_{how}"))
    action = "again" if game.is_over else "next"
    buttons = [[button(game, action, context)], [button(game, "source", context)]]
    await rewrite(message, "\n\n".join(lines), InlineKeyboardMarkup(buttons))


def button(game: Game, action: str, context: Context) -> InlineKeyboardButton:
    label = context.texts.say("quiz", action)
    return InlineKeyboardButton(label, callback_data=game.data(action))


def source(clip: Clip, context: Context) -> str:
    """Whose recording a clip is, and under which licence; at most 200 characters."""
    say = context.texts.say
    by = clip.attribution or say("quiz", "own")
    return say("quiz", f"source_{clip.truth}", attribution=by, licence=clip.licence)


def playable(context: Context) -> tuple[Clip, ...]:
    """The clips that come with the program and those that the operator added."""
    return (*shipped(), *own(folder_of(context.settings)))


async def our_answer(clip: Clip, context: Context) -> Label:
    """What the served model says of a clip; it is heard once in the life of a process."""
    known = context.bot_data.quiz
    if clip.sha256 not in known:
        data = clip.read()
        try:
            async with context.worker.wait(len(data)):
                answer = await context.worker.detect(data)
        except DetectionError as error:
            logger.warning("A clip of the quiz was not judged: %s", error)
            return Label.INCONCLUSIVE
        known[clip.sha256] = answer.verdict.label
    return known[clip.sha256]


def handlers() -> list[BaseHandler[Update, Context, Any]]:
    return [
        CommandHandler("quiz", on_quiz, NEW),
        CallbackQueryHandler(on_press, pattern=r"^quiz:"),
    ]
