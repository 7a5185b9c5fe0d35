"""The answer that a Mini App asks for: only for those who could see it in Telegram."""

import logging
from dataclasses import dataclass
from pathlib import Path

from telegram import ChatMember, ChatMemberRestricted, File
from telegram.constants import ChatMemberStatus
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.db import access, answers
from bot.db.access import Standing
from bot.db.answers import StoredAnswer
from bot.services import detection
from bot.telegram import files
from bot.telegram.context import App, Context
from bot.texts import Texts
from inference.errors import DetectionError

MEMBERS = (ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR, ChatMemberStatus.MEMBER)

logger = logging.getLogger(__name__)


class NotShown(Exception):
    """There is no such answer, any more or for this person; which of these is not told."""


class MiniApp:
    """The answers of a bot, for the page that it opens."""

    def __init__(self, app: App) -> None:
        self._app, self._state = app, app.bot_data

    async def find(self, token: str, user_id: int) -> "Opened":
        """The answer of a button's token, for the person who opened it; raises NotShown.

        Raises TelegramError where a group's members can't be asked for.
        """
        found = await answers.find(self._state.store, token)
        if found and await self._is_let_in(found, user_id) and await self._sees(found, user_id):
            return Opened(found, self._app)
        raise NotShown

    async def _is_let_in(self, answer: StoredAnswer, user_id: int) -> bool:
        """Whether the operators let this person use the bot, as `handlers.gate` asks in chats."""
        settings = self._state.settings
        if user_id in settings.operators:
            return True
        async with self._state.store.session() as session:
            standing = await access.standing(session, {user_id, answer.chat_id})
        if settings.access == "allowed":
            return standing is Standing.ALLOWED
        return standing is not Standing.BLOCKED

    async def _sees(self, answer: StoredAnswer, user_id: int) -> bool:
        """Whether this person sees the answer in Telegram."""
        if user_id in (answer.chat_id, answer.asker_id):  # a private chat has its person's number
            return True
        if answer.chat_id > 0 or answer.private:
            return False
        return await self._is_member(answer.chat_id, user_id)

    async def _is_member(self, chat_id: int, user_id: int) -> bool:
        """Whether somebody is in a group now; a bot that is no administrator may not be told."""
        try:
            member: ChatMember = await self._app.bot.get_chat_member(chat_id, user_id)
        except (BadRequest, Forbidden) as error:
            logger.info("Not known to be a member: %s", error)
            return False
        if isinstance(member, ChatMemberRestricted):
            return member.is_member
        return member.status in MEMBERS


@dataclass(frozen=True)
class Opened:
    """An answer that its reader may see."""

    answer: StoredAnswer
    app: App

    async def picture(self, texts: Texts) -> bytes | None:
        """The picture with words in a language; None where there is none to be had."""
        context = self._context(texts)
        try:
            if file_id := self.answer.picture_file_ids.get(texts.language):
                return await files.fetch(file_id, context)
            return await detection.draw_again(self.answer, context)
        except (DetectionError, TelegramError) as error:
            logger.warning("No picture for the Mini App: %s", error)
            return None

    async def recording(self, texts: Texts) -> File:
        """Where Telegram has the sound; raises DetectionError and TelegramError."""
        return await files.file_of(self.answer.file_id, self._context(texts))

    async def sound(self, file: File, texts: Texts) -> bytes | Path:
        """The sound itself; raises what `bot.telegram.files.download` raises."""
        return await files.download(file, self._context(texts))

    def _context(self, texts: Texts) -> Context:
        """As handlers have it, of no update."""
        context = Context(self.app)
        context.texts = texts
        return context
