"""What Telegram shows of the bot: its commands by kind of chat and language, its descriptions, and
on an operator's order its name, its picture, the rights that it asks for and its menu button.

Everything is asked for first and set only where it differs: Telegram allows few changes a day.
"""

import logging
from collections.abc import Sequence
from pathlib import Path

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    ChatAdministratorRights,
    InputProfilePhotoStatic,
    MenuButtonCommands,
)
from telegram.error import TelegramError

from bot.telegram import commands
from bot.texts import LANGUAGES, NEAR, OTHERS, texts_for

# None is for everybody whose language is no other of these, and so in English. Telegram takes two
# letters.
CODES = (
    None,
    *(language.partition("-")[0] for language in LANGUAGES),
    *(code for code in NEAR if len(code) == 2),
)
# Being an administrator is all that it needs: it then gets every message of the group.
RIGHTS = ChatAdministratorRights(
    can_manage_chat=True,
    is_anonymous=False,
    can_delete_messages=False,
    can_manage_video_chats=False,
    can_restrict_members=False,
    can_promote_members=False,
    can_change_info=False,
    can_invite_users=False,
    can_post_stories=False,
    can_edit_stories=False,
    can_delete_stories=False,
)

logger = logging.getLogger(__name__)


async def announce(bot: Bot, donations: bool = False) -> None:
    """Set the words of every language; at the start of the service, which no refusal stops."""
    for code in CODES:
        try:
            await set_words(bot, code, donations)
        except TelegramError as error:
            logger.warning("The commands could not be registered (%s): %s", code, error)


async def set_words(bot: Bot, code: str | None, donations: bool) -> list[str]:
    """Set commands and descriptions for a language; return the names of what differed.

    Raises TelegramError.
    """
    texts = texts_for(code, OTHERS)
    menus: Sequence[tuple[str, list[BotCommand], BotCommandScope]] = (
        ("private chats", commands.private(texts, donations), BotCommandScopeAllPrivateChats()),
        ("groups", commands.group(texts), BotCommandScopeAllGroupChats()),
        ("administrators", commands.administrators(texts), BotCommandScopeAllChatAdministrators()),
    )
    changed = []
    for name, menu, scope in menus:
        if await bot.get_my_commands(scope, code) != tuple(menu):
            await bot.set_my_commands(menu, scope, code)
            changed.append(f"commands in {name}")
    description = texts.say("profile", "description")
    if (await bot.get_my_description(code)).description != description:
        await bot.set_my_description(description, code)
        changed.append("description")
    short = texts.say("profile", "short_description")
    if (await bot.get_my_short_description(code)).short_description != short:
        await bot.set_my_short_description(short, code)
        changed.append("about text")
    return changed


async def set_name(bot: Bot, code: str | None, name: str) -> list[str]:
    """Set the bot's name for a language; return what differed. Raises TelegramError."""
    if (await bot.get_my_name(code)).name == name:
        return []
    await bot.set_my_name(name, code)
    return ["name"]


async def set_rest(bot: Bot, picture: Path | None = None) -> list[str]:
    """Set what has no language, and the profile's picture (a JPEG) if there is one.

    Return what differed; of a picture Telegram doesn't tell. Raises TelegramError and OSError.
    """
    changed = []
    if _granted(await bot.get_my_default_administrator_rights()) != _granted(RIGHTS):
        await bot.set_my_default_administrator_rights(RIGHTS)
        changed.append("rights asked for in groups")
    if (await bot.get_chat_menu_button()).type != MenuButtonCommands().type:
        await bot.set_chat_menu_button(menu_button=MenuButtonCommands())
        changed.append("menu button")
    if picture:
        await bot.set_my_profile_photo(InputProfilePhotoStatic(picture.read_bytes()))
        changed.append("picture")
    return changed


def _granted(rights: ChatAdministratorRights) -> set[str]:
    return {name for name, granted in rights.to_dict().items() if granted}
