"""The settings menu of a group: its pages, their words and buttons, and what a button sets.

A button carries what it sets, never "the other one", so that an old menu does nothing surprising:
`set:notes:all`, `set:page:quiet`, `set:close`.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import get_timezone_location
from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.db.tables import ChatRow
from bot.telegram.group_policy import SUMMARY_MINUTES, SUMMARY_NOTES, clock, zone_of
from bot.texts import LANGUAGES, Texts

OWN = "own"  # no language for the group: everybody is answered in their own
ZONES = (
    *("America/Sao_Paulo", "America/Manaus", "America/Rio_Branco", "America/Noronha"),
    *("America/Argentina/Buenos_Aires", "America/Santiago", "America/Bogota", "America/Caracas"),
    *("America/Mexico_City", "America/New_York", "America/Chicago", "America/Denver"),
    *("America/Los_Angeles", "Europe/London", "Europe/Lisbon", "Europe/Madrid"),
    *("Africa/Luanda", "Africa/Maputo", "Asia/Tokyo", "UTC"),
)
HOURS = tuple(str(hour) for hour in range(24))
SWITCH = ("0", "1")
FIRST_QUIET = {"quiet_from": 22 * 60, "quiet_to": 7 * 60}  # minutes since midnight

# What a button may say → what is set then.
CHOICES: dict[str, tuple[str, ...]] = {
    "language": (OWN, *LANGUAGES),
    "notes": ("asked", "forwarded", "all"),
    "only_suspicious": SWITCH,
    "reply_mode": ("reply", "reaction", "summary"),
    "quiet": ("off", "on"),
    "quiet_from": HOURS,
    "quiet_to": HOURS,
    "timezone": ZONES,
    "private_replies": SWITCH,
}
# Where one finds oneself after a choice; elsewhere one stays on the page.
AFTER = {
    **dict.fromkeys(("language", "reply_mode", "private_replies"), "home"),
    **dict.fromkeys(("quiet_from", "quiet_to", "timezone"), "quiet"),
    "only_suspicious": "notes",
}

Button = tuple[str, str]  # what it says, what it carries behind "set:"


def chosen(name: str, value: str) -> dict[str, str | int | bool | None] | None:
    """The columns of `ChatRow` that a button sets; None for what no button of ours says."""
    if value not in CHOICES.get(name, ()):
        return None
    match name:
        case "language":
            return {name: None if value == OWN else value}
        case "quiet":
            return dict(FIRST_QUIET) if value == "on" else dict.fromkeys(FIRST_QUIET)
        case "quiet_from" | "quiet_to":
            return {name: int(value) * 60}
        case "only_suspicious" | "private_replies":
            return {name: value == "1"}
    return {name: value}


def page_after(name: str) -> str:
    return AFTER.get(name, name)


def page(
    name: str, chat: ChatRow, texts: Texts, blind: bool = False
) -> tuple[str, InlineKeyboardMarkup]:
    """A page's words and buttons; `blind`: we do not see what should be heard by itself."""
    draw = PAGES.get(name, _home)
    words, rows = draw(chat, texts)
    if blind and draw in (_home, _notes):
        words += "\n\n" + texts.say("settings", "blind")
    last = ("done", "close") if draw is _home else ("back", "page:" + BACK.get(name, "home"))
    rows = [*rows, [(texts.say("settings", last[0]), last[1])]]
    keyboard = [
        [InlineKeyboardButton(say, callback_data=f"set:{do}") for say, do in row] for row in rows
    ]
    return words, InlineKeyboardMarkup(keyboard)


Drawn = tuple[str, list[list[Button]]]


def _home(chat: ChatRow, texts: Texts) -> Drawn:
    say = texts.say
    values = {
        "language": say("settings", f"language_{chat.language or OWN}"),
        "notes": say("settings", f"notes_{chat.notes}"),
        "reply_mode": say("settings", f"reply_mode_{chat.reply_mode}"),
        "quiet": _quiet_hours(chat, texts),
    }
    if chat.notes == "asked":  # it is about what is heard by itself
        del values["reply_mode"], values["quiet"]
    rows = [
        [(say("settings", f"button_{name}", value=value), f"page:{name}")]
        for name, value in values.items()
    ]
    switch = say("settings", f"private_replies_{int(chat.private_replies)}")
    rows.append([(switch, f"private_replies:{int(not chat.private_replies)}")])
    return say("settings", "home"), rows


def _language(chat: ChatRow, texts: Texts) -> Drawn:
    return texts.say("settings", "page_language"), _options("language", chat.language or OWN, texts)


def _notes(chat: ChatRow, texts: Texts) -> Drawn:
    rows = _options("notes", chat.notes, texts)
    if chat.notes != "asked":
        rows += _options("only_suspicious", str(int(chat.only_suspicious)), texts)
    return texts.say("settings", "page_notes"), rows


def _reply_mode(chat: ChatRow, texts: Texts) -> Drawn:
    words = texts.say("settings", "page_reply_mode", minutes=SUMMARY_MINUTES, count=SUMMARY_NOTES)
    return words, _options("reply_mode", chat.reply_mode, texts)


def _quiet(chat: ChatRow, texts: Texts) -> Drawn:
    say = texts.say
    if chat.quiet_from is None or chat.quiet_to is None:
        return say("settings", "page_quiet"), [[(say("settings", "quiet_on"), "quiet:on")]]
    zone = zone_of(chat, texts.language)
    city = _city(zone.key, texts)
    return say("settings", "page_quiet"), [
        [
            (say("settings", "from", time=clock(chat.quiet_from)), "page:quiet_from"),
            (say("settings", "to", time=clock(chat.quiet_to)), "page:quiet_to"),
        ],
        [(say("settings", "button_timezone", value=city), "page:timezone")],
        [(say("settings", "quiet_off"), "quiet:off")],
    ]


def _hours(
    name: str, current: Callable[[ChatRow], int | None]
) -> Callable[[ChatRow, Texts], Drawn]:
    def draw(chat: ChatRow, texts: Texts) -> Drawn:
        now = (current(chat) or 0) // 60
        labels = [_ticked(clock(60 * int(hour)), int(hour) == now) for hour in HOURS]
        buttons = [(label, f"{name}:{hour}") for label, hour in zip(labels, HOURS, strict=True)]
        return texts.say("settings", f"page_{name}"), _rows(buttons, 4)

    return draw


def _timezone(chat: ChatRow, texts: Texts) -> Drawn:
    now = zone_of(chat, texts.language).key
    cities = [(_ticked(_city(zone, texts), zone == now), f"timezone:{zone}") for zone in ZONES]
    return texts.say("settings", "page_timezone"), _rows(cities, 2)


PAGES: dict[str, Callable[[ChatRow, Texts], Drawn]] = {
    "home": _home,
    "language": _language,
    "notes": _notes,
    "reply_mode": _reply_mode,
    "quiet": _quiet,
    "quiet_from": _hours("quiet_from", lambda chat: chat.quiet_from),
    "quiet_to": _hours("quiet_to", lambda chat: chat.quiet_to),
    "timezone": _timezone,
}
BACK = dict.fromkeys(("quiet_from", "quiet_to", "timezone"), "quiet")


def _options(name: str, current: str, texts: Texts) -> list[list[Button]]:
    """One below the other, with a tick at the one that holds."""
    return [
        [(_ticked(texts.say("settings", f"{name}_{value}"), value == current), f"{name}:{value}")]
        for value in CHOICES[name]
    ]


def _quiet_hours(chat: ChatRow, texts: Texts) -> str:
    if chat.quiet_from is None or chat.quiet_to is None:
        return texts.say("settings", "none")
    return f"{clock(chat.quiet_from)}–{clock(chat.quiet_to)}"


def _city(zone: str, texts: Texts) -> str:
    """A place and what its clocks say now, which people know better than its name."""
    locale = texts.language.replace("-", "_")
    name = "UTC" if zone == "UTC" else get_timezone_location(zone, locale=locale, return_city=True)
    city = name.rpartition("/")[2]  # of Argentina/Buenos Aires
    return f"{city} ({datetime.now(ZoneInfo(zone)):%H:%M})"


def _ticked(label: str, is_current: bool) -> str:
    return f"✓ {label}" if is_current else label


def _rows(buttons: Iterable[Button], width: int) -> list[list[Button]]:
    every: Sequence[Button] = list(buttons)
    return [list(every[start : start + width]) for start in range(0, len(every), width)]
