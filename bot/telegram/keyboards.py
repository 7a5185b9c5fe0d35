"""Inline keyboards: the buttons under an answer, and the link that opens one in private."""

from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.helpers import create_deep_linked_url

from bot.texts import Texts, length
from inference.verdict import NOBODY_SPEAKS, Label, Reason, Verdict

IN_A_ROW = 2
FEW = 2  # buttons under an answer in a group
LEAST = 5.0  # s; of a shorter recording a part says and shows no more than the whole


def under(verdict: Verdict, token: str, texts: Texts, few: bool = False) -> InlineKeyboardMarkup:
    """The buttons that an answer gets; `few` where others read along, the rest is behind *Why?*."""
    return _named(names(verdict)[: FEW if few else None], token, texts)


def under_why(
    verdict: Verdict, token: str, texts: Texts, few: bool, details: bool
) -> InlineKeyboardMarkup:
    """The buttons of an explanation; `details`: the file tells some, and they are not shown yet."""
    more = [*(names(verdict)[FEW:] if few else []), *(["file"] if details else []), "close"]
    return _named(more, token, texts)


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


def _named(found: list[str], token: str, texts: Texts) -> InlineKeyboardMarkup:
    return keyboard([button(texts.say("buttons", name), name, token) for name in found])


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


def keyboard(buttons: list[InlineKeyboardButton], in_a_row: int = IN_A_ROW) -> InlineKeyboardMarkup:
    """Lay buttons out in rows."""
    rows = [buttons[first : first + in_a_row] for first in range(0, len(buttons), in_a_row)]
    return InlineKeyboardMarkup(rows)


def way_to(token: str, label: str, username: str) -> InlineKeyboardMarkup:
    """Make a keyboard of one button: a deep link to the answer in the private chat."""
    link = create_deep_linked_url(username, token)
    return InlineKeyboardMarkup([[InlineKeyboardButton(label, link)]])
