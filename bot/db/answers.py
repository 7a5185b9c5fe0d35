"""A verdict given to somebody gets a token: what its buttons, links and reports refer to."""

import secrets
import time

from telegram import Message

from bot import metrics
from bot.db import Store
from bot.db.tables import Answer
from bot.services.detection import Heard
from bot.telegram.messages import Sound

TOKEN_BYTES = 12  # 16 characters: nobody guesses one, and it fits into a button's 64 bytes


async def issue(
    store: Store,
    heard: Heard,
    sound: Sound,
    chat_id: int,
    asker_id: int,
    private: bool = False,
) -> str:
    """Note an answer; `private` ones are shown to the asker alone."""
    metrics.answered(heard.verdict)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    async with store.session() as session:
        session.add(
            Answer(
                token=token,
                sha256=heard.sha256,
                model=heard.verdict.model,
                file_id=sound.file_id,
                chat_id=chat_id,
                asker_id=asker_id,
                private=private,
                created_at=int(time.time()),
            )
        )
    return token


async def issue_again(store: Store, answer: Answer, chat_id: int, asker_id: int) -> str:
    """Note that an answer is shown once more, to somebody else or elsewhere."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    async with store.session() as session:
        session.add(
            Answer(
                token=token,
                sha256=answer.sha256,
                model=answer.model,
                file_id=answer.file_id,
                chat_id=chat_id,
                asker_id=asker_id,
                private=answer.private,
                created_at=int(time.time()),
            )
        )
    return token


async def find(store: Store, token: str) -> Answer | None:
    """The answer of a token, unless it was forgotten or never given."""
    async with store.session() as session:
        return await session.get(Answer, token)


def asker_of(message: Message) -> int:
    """Who asks: a person, or a channel or group in whose name somebody writes."""
    if message.sender_chat:
        return message.sender_chat.id
    return message.from_user.id if message.from_user else message.chat_id
