"""Orders of the bot's operators, in a private chat: whom to serve, maintenance, numbers."""

import re
from typing import Any

from telegram import Update
from telegram.ext import BaseHandler, CommandHandler, filters

from bot.db import access
from bot.db.statistics import busiest
from bot.services import statistics
from bot.telegram.context import Context
from bot.telegram.messages import PRIVATE, message_of
from bot.texts import Texts
from inference.verdict import Label

MOST_LISTED = 50  # ids of each list
LONGEST = 500  # characters of an operator's own words
MEBIBYTE = 1024**2


class _Operator(filters.UpdateFilter):
    """The person, not a chat in whose name somebody writes."""

    def __init__(self, operators: frozenset[int]) -> None:
        super().__init__()
        self._operators = operators

    def filter(self, update: Update) -> bool:
        return update.effective_user is not None and update.effective_user.id in self._operators


async def on_decision(update: Update, context: Context) -> None:
    """`/block ID`, `/allow ID` and `/undo ID`, for a person or a group."""
    message, say = message_of(update), context.texts.say
    order, argument = _read(message.text or "")
    if not re.fullmatch(r"-?[1-9]\d{0,14}", argument, re.ASCII):
        await message.reply_text(say("operator", "which", order=order))
        return
    number = int(argument)
    if order == "undo":
        done = "undone" if await access.undecide(context.store, number) else "nothing"
    elif number in context.settings.operators:
        done = "yourself"
    else:
        await access.decide(context.store, number, allowed=order == "allow")
        done = order
    await message.reply_text(say("operator", done, id=str(number)))


async def on_access(update: Update, context: Context) -> None:
    """`/access`: who is let in and who is kept out."""
    say = context.texts.say
    lines = [say("operator", f"access_{context.settings.access}")]
    for key, allowed in (("allowed", True), ("blocked", False)):
        numbers = await access.decided(context.store, allowed)
        shown = ", ".join(map(str, numbers[:MOST_LISTED]))
        lines.append(say("operator", key, count=len(numbers), ids=shown or "–"))
    await message_of(update).reply_text("\n".join(lines))


async def on_maintenance(update: Update, context: Context) -> None:
    """`/maintenance on`, with words of one's own or without, and `/maintenance off`."""
    message, say = message_of(update), context.texts.say
    _, argument = _read(message.text or "")
    switch, words = _split(argument)
    switch = switch.lower()
    if switch not in ("on", "off"):
        await message.reply_text(say("operator", "switch"))
    elif len(words) > LONGEST:
        await message.reply_text(say("operator", "long", most=LONGEST))
    else:
        await access.maintain(context.store, switch == "on", words or None)
        shown = words or say("gate", "maintenance")
        await message.reply_text(say("operator", f"maintenance_{switch}", words=shown))


async def on_stats(update: Update, context: Context) -> None:
    """`/stats`: numbers, nobody's name."""
    found = await statistics.gather(context)
    await message_of(update).reply_text(stats(found, context.texts))


async def on_busiest(update: Update, context: Context) -> None:
    """`/busiest`: the ids that one needs for `/block`."""
    people, groups = await busiest(context.store)
    say = context.texts.say
    lines = []
    for key, found in (("people", people), ("groups", groups)):
        lines.append(say("operator", f"busiest_{key}"))
        lines += [say("operator", "busy", id=str(number), count=count) for number, count in found]
        lines += [] if found else ["–"]
    await message_of(update).reply_text("\n".join(lines))


def stats(found: statistics.Statistics, texts: Texts) -> str:
    """The numbers in words."""
    say = texts.say
    lines = [
        say("stats", "answers", count=found.answers, today=found.today),
        say("stats", "people", people=found.people, groups=found.groups),
        say("stats", "labels", **{str(label): count for label, count in found.labels.items()}),
        say("stats", "remembered", count=found.remembered),
    ]
    for label in Label:
        right, wrong = found.votes[label]
        lines.append(say("stats", f"votes_{label}", right=right, wrong=wrong))
    lines.append(say("stats", "queue", count=found.queue))
    lines.append(say("stats", "errors", count=found.errors))
    hours, megabytes = found.uptime / 3600, found.memory / MEBIBYTE
    lines.append(say("stats", "process", hours=hours, megabytes=megabytes))
    return "\n".join(lines)


def _read(text: str) -> tuple[str, str]:
    """The order without its slash and the bot's name, and what follows it."""
    order, argument = _split(text)
    return order[1:].partition("@")[0].lower(), argument


def _split(text: str) -> tuple[str, str]:
    """The first word, and what follows it on the same line or another."""
    first, *rest = text.split(maxsplit=1) or [""]
    return first, "".join(rest).rstrip()


def handlers(operators: frozenset[int]) -> list[BaseHandler[Update, Context, Any]]:
    """For everybody else these are no commands at all."""
    ours = PRIVATE & _Operator(operators)
    return [
        CommandHandler(("block", "allow", "undo"), on_decision, ours),
        CommandHandler("access", on_access, ours),
        CommandHandler("maintenance", on_maintenance, ours),
        CommandHandler("stats", on_stats, ours),
        CommandHandler("busiest", on_busiest, ours),
    ]
