"""The conversations that a newcomer may have with the bot, each told once for all languages."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import numpy as np

from tests import sounds
from tests.fake_telegram import FakeTelegram, buttons
from tests.fake_telegram.errors import JSON
from tests.walkthrough.walk import Walk

CODES = {"pt-BR": "pt", "en": "en", "es": "es"}


@dataclass(frozen=True)
class Notes:
    """Sounds that the shipped model answers differently."""

    person: bytes
    machine: bytes
    unsure: bytes
    silence: bytes


def notes() -> Notes:
    speech = sounds.speech(8)
    # Echoes and a little noise, as in a room, make the formula sound like a person.
    room = speech + 0.4 * np.roll(speech, 1600) + 0.2 * np.roll(speech, 3100)
    made = (
        (room + sounds.noise(8, 0.004)).astype(np.float32),
        sounds.speech(8, pitch=150, seed=1),
        sounds.speech(8, pitch=120),
        sounds.silence(5),
    )
    return Notes(*(sounds.encode(sound, "ogg") for sound in made))


async def first_contact(walk: Walk, notes: Notes) -> None:
    await walk.says("/start", "start")
    await walk.sends(notes.person, "a person")


async def machine(walk: Walk, notes: Notes) -> None:
    await walk.sends(notes.machine, "a machine")
    await every_button(walk, walk.last)


async def cannot_tell(walk: Walk, notes: Notes) -> None:
    await walk.sends(notes.unsure, "unsure")
    await walk.sends(notes.silence, "unsure, then silence")


async def again(walk: Walk, notes: Notes) -> None:
    await walk.sends(notes.person, "the same note")
    await walk.sends(notes.person, "the same note, again")


async def mistakes(walk: Walk, notes: Notes) -> None:
    await walk.says("is this real? <b>&amp; *x*", "a text")
    await walk.sends(b"no sound at all", "a text, then no sound")
    walk.acts()
    details = {"file_name": "cv.pdf", "mime_type": "application/pdf"}
    walk.telegram.sends_file(walk.me, "document", b"%PDF", details)
    await walk.sees("a text, no sound, a document")


async def group(walk: Walk, notes: Notes) -> None:
    telegram = walk.telegram
    place, rui = telegram.group("Família ❤"), telegram.person("Rui")
    note = telegram.sends_voice(rui, notes.machine, 8, chat=place, forwarded=True)
    await walk.says("/check", "check", chat=place, reply_to=note)
    await walk.says("/check", "check, then check of nothing", chat=place)


Conversation = Callable[[Walk, Notes], Awaitable[None]]

CONVERSATIONS: dict[str, Conversation] = {
    "first contact": first_contact,
    "machine": machine,
    "cannot tell": cannot_tell,
    "again": again,
    "mistakes": mistakes,
    "group": group,
}


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
        standing = walk.telegram.chats.message(message["chat"]["id"], message["message_id"])
        if standing is None:
            return
        walk.acts()
        walk.telegram.presses(walk.me, standing, button["callback_data"])
        await walk.sees(f"button {number}")


def commands(telegram: FakeTelegram, language: str) -> list[str]:
    """The commands of private chats as the menu shows them."""
    known = telegram.methods.profile.commands
    return [each["command"] for each in known["all_private_chats", CODES[language]]]
