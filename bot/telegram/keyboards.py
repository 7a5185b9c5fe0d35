"""The buttons under an answer, and the links that open one in private."""

from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.helpers import create_deep_linked_url

from bot.texts import Texts
from inference.verdict import NOBODY_SPEAKS, Label, Reason, Verdict

IN_A_ROW = 2
LEAST = 5.0  # s; of a shorter recording a part says and shows no more than the whole


def under(verdict: Verdict, token: str, texts: Texts) -> InlineKeyboardMarkup:
    """The buttons that an answer gets."""
    names = ["why", "zoom", "vote", "report", "compare"]
    if not can_zoom(verdict):
        names.remove("zoom")
    if {*NOBODY_SPEAKS, Reason.TOO_SHORT} & set(verdict.reasons):
        names.remove("compare")  # there is no voice to compare
    if verdict.label is Label.INCONCLUSIVE:
        names.remove("vote")  # nothing was said that could be right
    return keyboard([button(texts.say("buttons", name), name, token) for name in names])


def can_zoom(verdict: Verdict) -> bool:
    return length(verdict) >= LEAST and not NOBODY_SPEAKS & set(verdict.reasons)


def length(verdict: Verdict) -> float:
    """Seconds from the beginning of a recording to the end of what was judged."""
    return verdict.windows[-1].end if verdict.windows else 0.0


def button(label: str, name: str, token: str, *arguments: object) -> InlineKeyboardButton:
    data = ":".join(map(str, (name, token, *arguments)))
    return InlineKeyboardButton(label, callback_data=data)


def closing(token: str, texts: Texts) -> InlineKeyboardButton:
    """Takes its own message away."""
    return button(texts.say("buttons", "close"), "close", token)


def keyboard(buttons: list[InlineKeyboardButton], in_a_row: int = IN_A_ROW) -> InlineKeyboardMarkup:
    rows = [buttons[first : first + in_a_row] for first in range(0, len(buttons), in_a_row)]
    return InlineKeyboardMarkup(rows)


def way_to(token: str, label: str, username: str) -> InlineKeyboardMarkup:
    """One button that leads to the answer, in private."""
    link = create_deep_linked_url(username, token)
    return InlineKeyboardMarkup([[InlineKeyboardButton(label, link)]])
