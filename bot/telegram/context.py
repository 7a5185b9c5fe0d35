"""The context of handlers: the parts of the bot, and what the database has about an update."""

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession
from telegram import BusinessConnection, Update
from telegram.constants import ChatType
from telegram.ext import Application, CallbackContext, ExtBot

from bot.db import Store, access, updates, verdicts
from bot.db.access import Standing
from bot.db.tables import ChatRow, Maintenance, Person
from bot.db.verdicts import Recalled
from bot.settings import Settings
from bot.telegram.messages import sounds_in
from bot.telegram.rate_limiter import CallBudget
from bot.telegram.recent import CallbackDebounce, RecentNotes, RecentReplies
from bot.texts import Texts, texts_for
from bot.worker.pool import WorkerPool
from inference.verdict import Label

App = Application[ExtBot[None], "Context", dict[Any, Any], dict[Any, Any], "State", Any]


@dataclass
class State:
    """PTB's `bot_data`: the parts of the bot, and what it remembers until it ends."""

    settings: Settings
    worker: WorkerPool
    store: Store
    call_budget: CallBudget
    recent_replies: RecentReplies = field(default_factory=RecentReplies)
    recent_notes: RecentNotes = field(default_factory=RecentNotes)
    debounce: CallbackDebounce = field(default_factory=CallbackDebounce)
    # When a chat was last refused for a reason: s, monotonic.
    refused: OrderedDict[tuple[int, str], float] = field(default_factory=OrderedDict)
    # Whether somebody in a group is an administrator, and since when that is known: s, monotonic.
    administrators: dict[tuple[int, int], tuple[bool, float]] = field(default_factory=dict)
    connections: OrderedDict[str, BusinessConnection] = field(default_factory=OrderedDict)  # by id
    batch_grew: asyncio.Event = field(default_factory=asyncio.Event)  # for `services.batches`
    quiz: dict[str, Label] = field(default_factory=dict)  # what the model says of each clip


@dataclass(frozen=True)
class Known:
    """Rows about the sender, the chat and the recordings of an update."""

    person: Person | None  # settings of the sender, if any
    group: ChatRow | None  # settings of the group, if any
    standing: Standing  # whether the sender or the chat is allowed or blocked
    maintained: Maintenance | None  # while the maintenance mode is on
    recalled: dict[str, Recalled]  # by `file_unique_id`


@dataclass
class Turn:
    """An update that is being handled, and its outcome."""

    number: int
    known: Known | None = None
    delivered: bool = False  # Telegram has taken a message of ours
    settled: bool = False  # the database has it as answered
    postponed: bool = False  # Telegram can't be reached: it is tried again
    unasked: bool = False  # nobody asked: errors are not reported to the chat
    progress_message_id: int | None = None  # left over where an earlier attempt was killed


# Of the running task; for the HTTP client, to which PTB passes nothing of the update.
current: ContextVar[Turn | None] = ContextVar("current", default=None)


class Context(CallbackContext[ExtBot[None], dict[Any, Any], dict[Any, Any], State]):
    """The context of one update, shared by all its handlers."""

    texts: Texts
    turn: Turn
    person: Person | None = None
    group: ChatRow | None = None
    standing: Standing = Standing.UNKNOWN
    maintained: Maintenance | None = None

    @property
    def settings(self) -> Settings:
        return self.bot_data.settings

    @property
    def worker(self) -> WorkerPool:
        return self.bot_data.worker

    @property
    def max_bytes(self) -> int:
        """Of one file that can be fetched: more than Telegram's own limit with a local server."""
        settings = self.settings
        megabytes = settings.max_megabytes if settings.telegram_api_dir else 0
        return megabytes * 1024**2 or self.worker.max_bytes

    @property
    def store(self) -> Store:
        return self.bot_data.store

    @property
    def call_budget(self) -> CallBudget:
        return self.bot_data.call_budget

    @property
    def recent_replies(self) -> RecentReplies:
        return self.bot_data.recent_replies

    @classmethod
    def from_update(
        cls, update: object, application: Application[Any, Any, Any, Any, Any, Any]
    ) -> "Context":
        """Make the context of an update, with what the inbox has looked up already."""
        context = super().from_update(update, application)
        number = update.update_id if isinstance(update, Update) else 0
        turn = current.get()
        context.turn = turn if turn and turn.number == number else Turn(number)
        context.texts = texts_for(_told(update), context.settings.language)
        if context.turn.known:
            context.learn(context.turn.known)
        return context

    def learn(self, known: Known) -> None:
        """Take over what was looked up; a chosen language replaces that of the sender's app."""
        self.turn.known = known
        self.person, self.group = known.person, known.group
        self.standing, self.maintained = known.standing, known.maintained
        for chosen in (known.group, known.person):
            if chosen and chosen.language:
                self.texts = texts_for(chosen.language, self.settings.language)
                return

    @asynccontextmanager
    async def finish(self) -> AsyncIterator[AsyncSession]:
        """A transaction for after the answer was sent; it also marks the update as answered."""
        async with updates.answered(self.store, self.turn.number) as session:
            yield session
        self.turn.settled = True

    def recalled(self, file_unique_id: str) -> Recalled | None:
        """Return what was looked up about a recording with its update, or None."""
        return self.turn.known.recalled.get(file_unique_id) if self.turn.known else None


async def look_up(session: AsyncSession, update: Update, model: str) -> Known:
    """Look up all rows about an update, in one transaction, as every update pays for it."""
    user, chat = update.effective_user, update.effective_chat
    if update.guest_message:  # the chat that a guest is called from may have the number of ours
        chat = None
    ids = {someone.id for someone in (user, update.effective_sender, chat) if someone}
    in_group = chat and chat.type != ChatType.PRIVATE
    return Known(
        await session.get(Person, user.id) if user else None,
        await session.get(ChatRow, chat.id) if chat and in_group else None,
        await access.standing(session, ids),
        await access.maintenance(session),
        {
            sound.file_unique_id: await verdicts.recall(session, sound, model)
            for sound in sounds_in(update)
        },
    )


async def settle(update: Update, context: Context) -> None:
    """The first handler: look up what the inbox could not; raises SQLAlchemyError."""
    if context.turn.known is None:
        async with context.store.session() as session:
            context.learn(await look_up(session, update, context.worker.model))


def _told(update: object) -> str | None:
    """Return the language of the sender's app, if Telegram tells it."""
    user = update.effective_user if isinstance(update, Update) else None
    return user.language_code if user else None
