"""Inline keyboards: the buttons under an answer, and the link that opens one in private."""

from collections.abc import Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, WebAppInfo
from telegram.helpers import create_deep_linked_url

from bot.telegram.context import Context
from bot.texts import Texts, length
from inference.verdict import NOBODY_SPEAKS, Label, Reason, Verdict

IN_A_ROW = 2
FEW = 2  # buttons under an answer in a group
LEAST = 5.0  # s; of a shorter recording a part says and shows no more than the whole


def under(
    verdict: Verdict, token: str, context: Context, few: bool = False
) -> InlineKeyboardMarkup:
    """The buttons that an answer gets; `few` where others read along, the rest is behind *Why?*."""
    if few:
        return keyboard(_named(names(verdict)[:FEW], token, context.texts))
    return keyboard([*_named(names(verdict), token, context.texts), *in_app(token, context)])


def under_why(
    verdict: Verdict, token: str, context: Context, few: bool, details: bool
) -> InlineKeyboardMarkup:
    """The buttons of an explanation; `details`: the file tells some, and they are not shown yet."""
    rest = _named(names(verdict)[FEW:], token, context.texts) + linked(token, context)
    own = _named([*(["file"] if details else []), "close"], token, context.texts)
    return keyboard([*(rest if few else []), *own])


def in_app(token: str, context: Context) -> list[InlineKeyboardButton]:
    """In a private chat: the button that opens an answer on the page, as a Mini App.

    None where the operator has named no public page.
    """
    page, texts = context.settings.page_url, context.texts
    if not page:
        return []
    address = f"{page}/mini-app?note={token}&lang={texts.language}"
    return [InlineKeyboardButton(texts.say("buttons", "page"), web_app=WebAppInfo(address))]


def linked(token: str, context: Context) -> list[InlineKeyboardButton]:
    """The same in a group, where Telegram allows only links: to the bot's Main Mini App, if any."""
    if not context.settings.page_url or not context.bot.bot.has_main_web_app:
        return []
    link = f"https://t.me/{context.bot.username}?startapp={token}"
    return [InlineKeyboardButton(context.texts.say("buttons", "page"), link)]


def names(verdict: Verdict) -> list[str]:
    """What can be done with an answer, the most useful first."""
    found = ["why", "zoom", "vote", "report", "compare"]
    if not can_zoom(verdict):
        found.remove("zoom")
    if not can_compare(verdict):
        found.remove("compare")
    if verdict.label is Label.INCONCLUSIVE:
        found.remove("vote")  # nothing was said that could be right
    return found


def _named(found: list[str], token: str, texts: Texts) -> list[InlineKeyboardButton]:
    return [button(texts.say("buttons", name), name, token) for name in found]


def can_compare(verdict: Verdict) -> bool:
    """Whether there is a voice to compare with another one."""
    return not {*NOBODY_SPEAKS, Reason.TOO_SHORT} & set(verdict.reasons)


def can_zoom(verdict: Verdict) -> bool:
    """Return whether the recording is long enough for *Look closer* and has speech."""
    return length(verdict) >= LEAST and not NOBODY_SPEAKS & set(verdict.reasons)


def button(label: str, name: str, token: str, *arguments: object) -> InlineKeyboardButton:
    """Make a button with the data `name:token:argument:…`."""
    data = ":".join(map(str, (name, token, *arguments)))
    return InlineKeyboardButton(label, callback_data=data)


def closing(token: str, texts: Texts) -> InlineKeyboardButton:
    """Make the button that deletes its own message."""
    return button(texts.say("buttons", "close"), "close", token)


def keyboard(
    buttons: Sequence[InlineKeyboardButton], in_a_row: int = IN_A_ROW
) -> InlineKeyboardMarkup:
    """Lay buttons out in rows."""
    rows = [buttons[first : first + in_a_row] for first in range(0, len(buttons), in_a_row)]
    return InlineKeyboardMarkup(rows)


def way_to(token: str, label: str, username: str) -> InlineKeyboardMarkup:
    """Make a keyboard of one button: a deep link to the answer in the private chat."""
    link = create_deep_linked_url(username, token)
    return InlineKeyboardMarkup([[InlineKeyboardButton(label, link)]])
