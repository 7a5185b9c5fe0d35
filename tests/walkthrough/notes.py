"""Sounds that the shipped model answers differently."""

from dataclasses import dataclass

import numpy as np

from tests import sounds


@dataclass(frozen=True)
class Notes:
    """Voice notes, ogg/opus, by what is answered."""

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
