"""Sounds that the shipped model answers differently: those of `demo/`, a formula, and silence."""

from dataclasses import dataclass

from bot.services.demo import examples
from tests import sounds


@dataclass(frozen=True)
class Notes:
    """Voice notes, ogg/opus, by what is answered."""

    person: bytes
    machine: bytes
    part: bytes
    unsure: bytes
    silence: bytes


def notes() -> Notes:
    demo = {each.name: each.read() for each in examples()}
    return Notes(
        person=demo["person"],
        machine=demo["machine"],
        part=demo["part"],
        unsure=sounds.encode(sounds.speech(8, pitch=120), "ogg"),
        silence=sounds.encode(sounds.silence(5), "ogg"),
    )
