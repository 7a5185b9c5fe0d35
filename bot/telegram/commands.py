"""The lists of commands that Telegram shows in each kind of chat."""

from collections.abc import Sequence

from telegram import BotCommand

from bot.texts import Texts

GROUP = ("check", "compare", "quiz", "help", "privacy", "about", "accuracy", "language")
PRIVATE = ("check", "compare", "demo", "quiz", "start", "help", "privacy", "about", "accuracy")
OWN = ("language", "mydata", "forget")  # about the person themselves


def private(texts: Texts, donations: bool) -> list[BotCommand]:
    """Commands of a private chat; /donate only where `donations` are taken."""
    return _commands([*PRIVATE, *(["donate"] if donations else []), *OWN], texts)


def group(texts: Texts) -> list[BotCommand]:
    """Commands of a group for its members."""
    return _commands(GROUP, texts)


def administrators(texts: Texts) -> list[BotCommand]:
    """Commands of a group for its administrators."""
    return _commands([*GROUP, "settings"], texts)


def _commands(names: Sequence[str], texts: Texts) -> list[BotCommand]:
    return [BotCommand(name, texts.say("commands", name)) for name in names]
