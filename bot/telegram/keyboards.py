"""Inline keyboards: the buttons under an answer, and the link that opens one in private."""

from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.helpers import create_deep_linked_url

from bot.texts import Texts
from inference.verdict import NOBODY_SPEAKS, Label, Reason, Verdict

IN_A_ROW = 2
LEAST = 5.0  # s; of a shorter recording a part says and shows no more than the whole


def under(verdict: Verdict, token: str, texts: Texts) -> InlineKeyboardMarkup:
    """Return the buttons of an answer, without those that make no sense for its verdict."""
    names = ["why", "zoom", "vote", "report", "compare"]
    if not can_zoom(verdict):
        names.remove("zoom")
    if {*NOBODY_SPEAKS, Reason.TOO_SHORT} & set(verdict.reasons):
        names.remove("compare")  # there is no voice to compare
    if verdict.label is Label.INCONCLUSIVE:
        names.remove("vote")  # nothing was said that could be right
    return keyboard([button(texts.say("buttons", name), name, token) for name in names])


def can_zoom(verdict: Verdict) -> bool:
    """Return whether the recording is long enough for *Look closer* and has speech."""
    return length(verdict) >= LEAST and not NOBODY_SPEAKS & set(verdict.reasons)


def length(verdict: Verdict) -> float:
    """Return the end of the last window that was judged, s."""
    return verdict.windows[-1].end if verdict.windows else 0.0


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
