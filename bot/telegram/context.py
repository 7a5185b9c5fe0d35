"""What a handler needs besides the update: settings, worker, store, the words to use."""

from contextvars import ContextVar
from typing import Any

from telegram import Update
from telegram.constants import ChatType
from telegram.ext import Application, CallbackContext, ExtBot

from bot.db import Store, access
from bot.db.access import Standing
from bot.db.tables import Chat, Maintenance, Person
from bot.settings import Settings
from bot.telegram.etiquette import Told
from bot.telegram.pace import Pace
from bot.texts import Texts, texts_for
from bot.worker.pool import Worker

App = Application[ExtBot[None], "Context", dict[Any, Any], dict[Any, Any], dict[Any, Any], Any]

# Set while the running task does what nobody asked for, so that nobody hears of its failure.
unasked: ContextVar[bool] = ContextVar("unasked", default=False)


class Context(CallbackContext[ExtBot[None], dict[Any, Any], dict[Any, Any], dict[Any, Any]]):
    """One of an update, for all handlers that see it."""

    texts: Texts
    person: Person | None = None  # what the sender chose, if anything
    group: Chat | None = None  # what the administrators of this group chose, if anything
    standing: Standing = Standing.UNKNOWN  # what the operators decided of the sender and the chat
    maintained: Maintenance | None = None  # while the operators work on the bot

    @property
    def settings(self) -> Settings:
        settings: Settings = self.bot_data["settings"]
        return settings

    @property
    def worker(self) -> Worker:
        worker: Worker = self.bot_data["worker"]
        return worker

    @property
    def store(self) -> Store:
        store: Store = self.bot_data["store"]
        return store

    @property
    def pace(self) -> Pace:
        pace: Pace = self.bot_data["pace"]
        return pace

    @property
    def told(self) -> Told:
        told: Told = self.bot_data["told"]
        return told

    @classmethod
    def from_update(
        cls, update: object, application: Application[Any, Any, Any, Any, Any, Any]
    ) -> "Context":
        context = super().from_update(update, application)
        context.texts = texts_for(_told(update), context.settings.language)
        return context


async def settle(update: Update, context: Context) -> None:
    """Before all handlers: what the sender or the group chose counts more than Telegram's word.

    All that is known of both in one transaction, because every update pays for it.
    """
    user, chat = update.effective_user, update.effective_chat
    if update.guest_message:  # the chat that a guest is called from may have the number of ours
        chat = None
    ids = {someone.id for someone in (user, update.effective_sender, chat) if someone}
    async with context.store.session() as session:
        if user:
            context.person = await session.get(Person, user.id)
        if chat and chat.type != ChatType.PRIVATE:
            context.group = await session.get(Chat, chat.id)
        context.standing = await access.standing(session, ids)
        context.maintained = await access.maintenance(session)
    for chosen in (context.group, context.person):
        if chosen and chosen.language:
            context.texts = texts_for(chosen.language, context.settings.language)
            return


def _told(update: object) -> str | None:
    """The language of the sender's app."""
    user = update.effective_user if isinstance(update, Update) else None
    return user.language_code if user else None
