"""What was measured of the served model, in words: of 100 notes so many."""

import logging
from functools import cache
from pathlib import Path

from bot.texts import Texts
from inference import accuracy
from inference.accuracy import Accuracy, Group, Said
from inference.errors import ModelError
from inference.registry import default_model

ENOUGH = 100  # recordings of people and of machines each, for a sentence about one language
FEWEST = 10  # recordings of people or of machines in a row; fewer say nothing

SECTIONS = {  # and their rows, by the names of `training.report.accuracy`
    "who": ("all", "voice_notes", "language_pt", "language_en", "language_es"),
    "length": ("speech_under_2", "speech_2_to_4", "speech_over_4", "joined_30"),
    "way": ("as_recorded", "whatsapp", "telephone", "noise_20", "noise_10"),
    "machine": ("met", "never_met", "tts", "vc", "vocoder"),
}

logger = logging.getLogger(__name__)


@cache
def measured(model: Path | None) -> Accuracy | None:
    """The measurement that came with a model file, the shipped one if None; None without one."""
    try:
        return accuracy.read(model or default_model())
    except (ModelError, OSError) as error:
        logger.warning("No measurement: %s", error)
        return None


def words(texts: Texts, found: Accuracy | None, model: str) -> str:
    """The page: how often people are called machines and machines people, and how often neither."""
    if found is None:
        return texts.say("accuracy", "none", model=model)
    everything = found.groups["all"]
    counts = {"people": everything.people.clips, "machines": everything.machines.clips}
    mine = found.groups.get(f"language_{texts.language.partition('-')[0]}")
    enough = mine is not None and min(mine.people.clips, mine.machines.clips) >= ENOUGH
    parts = [texts.say("accuracy", "tested", **counts)]
    if not enough:
        parts.append(texts.say("accuracy", "few"))
    group, whose = (mine, "mine") if mine and enough else (everything, "all")
    parts += [
        _of_hundred(texts, "people", whose, group),
        _of_hundred(texts, "machines", whose, group),
    ]
    parts.append(_overall(texts, found))
    return "\n\n".join(parts)


def measured_sections(found: Accuracy) -> dict[str, list[str]]:
    """The sections and rows that were measured."""
    sections: dict[str, list[str]] = {}
    for section, names in SECTIONS.items():
        for name in names:
            group = found.groups.get(name)
            if group and max(group.people.clips, group.machines.clips) >= FEWEST:
                sections.setdefault(section, []).append(name)
    return sections


def hundred(said: Said) -> tuple[int, int, int]:
    """Right, unsure and wrong of 100; together 100, and what happened at all is at least 1."""
    counts = (said.right, said.unsure, said.wrong)
    exact = [100 * count / max(said.clips, 1) for count in counts]
    shares = [max(int(share), 1) if share else 0 for share in exact]
    while said.clips and sum(shares) > 100:
        shares[shares.index(max(shares))] -= 1
    while said.clips and sum(shares) < 100:
        lacking = [round(share - whole, 6) for share, whole in zip(exact, shares, strict=True)]
        shares[max(range(3), key=lambda i: (lacking[i], shares[i]))] += 1
    return shares[0], shares[1], shares[2]


def _of_hundred(texts: Texts, which: str, whose: str, group: Group) -> str:
    right, unsure, wrong = hundred(group.people if which == "people" else group.machines)
    heading = texts.say("accuracy", f"{which}_{whose}")
    return f"{heading}\n{texts.say('accuracy', which, right=right, unsure=unsure, wrong=wrong)}"


def _overall(texts: Texts, found: Accuracy) -> str:
    lines = [texts.say("accuracy", "caution", split=found.split)]
    if (wrong := found.groups["all"].wrong_answers) is not None:
        lines.insert(0, texts.say("accuracy", "overall", wrong=max(round(100 * wrong), 1)))
    if (leaning := found.groups.get("leaning")) is not None:
        sides = leaning.people, leaning.machines
        person, machine = (
            Said(right=one.right, wrong=other.wrong) for one, other in (sides, sides[::-1])
        )
        if min(person.clips, machine.clips) >= ENOUGH:
            shares = {"person": hundred(person)[0], "machine": hundred(machine)[0]}
            lines.insert(-1, texts.say("accuracy", "leaning", **shares))
    return "\n".join(lines)
