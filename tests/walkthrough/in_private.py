"""The conversations that a newcomer may have with the bot, each told once for all languages."""

from tests.fake_telegram import FakeTelegram, buttons
from tests.fake_telegram.errors import JSON
from tests.walkthrough.notes import Notes
from tests.walkthrough.walk import Conversation, Walk

CODES = {"pt-BR": "pt", "en": "en", "es": "es"}
STEPS = 12  # presses of a game's buttons, until it is over


async def first_contact(walk: Walk, notes: Notes) -> None:
    await walk.says("/start", "start")
    await walk.sends(notes.person, "a person")


async def machine(walk: Walk, notes: Notes) -> None:
    await walk.sends(notes.machine, "a machine")
    await every_button(walk, walk.last)


async def part(walk: Walk, notes: Notes) -> None:
    await walk.sends(notes.part, "part of it a machine")
    await every_button(walk, walk.last)


async def cannot_tell(walk: Walk, notes: Notes) -> None:
    await walk.sends(notes.unsure, "unsure")
    await every_button(walk, walk.last)
    await walk.sends(notes.silence, "silence")


async def again(walk: Walk, notes: Notes) -> None:
    await walk.sends(notes.person, "the same note")
    await walk.sends(notes.person, "the same note, again")


async def several(walk: Walk, notes: Notes) -> None:
    """Files that come together, each answered for itself."""
    name = "PTT-20261122-WA000{}.opus"
    files = [
        ("document", data, {"file_name": name.format(number), "mime_type": "audio/ogg"})
        for number, data in enumerate((notes.person, notes.machine), start=1)
    ]
    walk.acts()
    walk.telegram.sends_album(walk.me, files)
    await walk.sees("two files at once")


async def mistakes(walk: Walk, notes: Notes) -> None:
    await walk.says("is this real? <b>&amp; *x*", "a text")
    await walk.sends(b"no sound at all", "a text, then no sound")
    walk.acts()
    details = {"file_name": "cv.pdf", "mime_type": "application/pdf"}
    walk.telegram.sends_file(walk.me, "document", b"%PDF", details)
    await walk.sees("a text, no sound, a document")


async def quiz(walk: Walk, notes: Notes) -> None:
    """To the end: always the first button, so that some answers are right and some wrong."""
    await walk.says("/quiz", "question")
    for number in range(1, STEPS):
        keys = buttons(walk.last)
        if not keys or ":again" in keys[0]["callback_data"]:
            return
        await walk.presses(walk.last, keys[0]["callback_data"], f"press {number}")


async def donation(walk: Walk, notes: Notes) -> None:
    walk.acts()
    note = walk.telegram.sends_voice(walk.me, notes.person, 8)
    await walk.sees("a note of one's own")
    await walk.says("/donate", "asked", reply_to=note)
    asked = walk.last
    while keys := buttons(asked):
        await walk.presses(asked, keys[0]["callback_data"], keys[0]["callback_data"])


async def comparison(walk: Walk, notes: Notes) -> None:
    await walk.sends(notes.machine, "a note")
    answer = walk.last
    await walk.taps(answer, "compare:", "asked for the real voice")
    asked = walk.last
    walk.acts()
    walk.telegram.sends_voice(walk.me, notes.person, 8, reply_to=asked)
    await walk.sees("the genuine voice")


async def own_data(walk: Walk, notes: Notes) -> None:
    await walk.sends(notes.machine, "a note")
    await walk.says("/mydata", "mydata")
    await every_button(walk, walk.last)
    await walk.says("/forget", "forget")
    await every_button(walk, walk.last)


async def operator(walk: Walk, notes: Notes) -> None:
    """What an operator may ask and order, and what others see of it."""
    for order in ("stats", "busiest", "access", "block", "block 12345", "undo 12345"):
        await walk.says(f"/{order}", order)
    await walk.says("/maintenance on", "maintenance")
    guest = Walk(walk.telegram, walk.service, walk.telegram.person("Rui", walk.me.language))
    await guest.sends(notes.person, "maintenance, seen by others")
    walk.screens |= guest.screens
    await walk.says("/maintenance off", "maintenance off")


async def command(name: str, walk: Walk, notes: Notes) -> None:
    """Whatever command the bot has registered, and each button of its answer."""
    await walk.says(f"/{name}", "sent")
    if walk.telegram.sent_to(walk.me):
        await every_button(walk, walk.last)


async def every_button(walk: Walk, message: JSON) -> None:
    """Press each button that a message has at first, one after the other."""
    for number, button in enumerate(buttons(message), start=1):
        if "callback_data" not in button:
            continue
        standing = buttons(message)
        if standing and button not in standing:  # others took their place: one of them leads back
            await walk.presses(message, standing[0]["callback_data"], f"before button {number}")
        if button in buttons(message):
            await walk.presses(message, button["callback_data"], f"button {number}")


def commands(telegram: FakeTelegram, language: str) -> list[str]:
    """The commands of private chats as the menu shows them."""
    known = telegram.methods.profile.commands
    return [each["command"] for each in known["all_private_chats", CODES[language]]]


CONVERSATIONS: dict[str, Conversation] = {
    "first contact": first_contact,
    "machine": machine,
    "part": part,
    "cannot tell": cannot_tell,
    "again": again,
    "several": several,
    "mistakes": mistakes,
    "quiz": quiz,
    "donation": donation,
    "comparison": comparison,
    "own data": own_data,
}
