"""The groups of clips that a report and the gate look at, each for a reason of its own.

"New part" is what `dataset.manifest` says was collected after the data's first version, which held
engines of 2016 to 2022 only; clips that name no collection belong to no part.
"""

from collections.abc import Sequence

from training.evaluation.figures import by, of_families, split, voice_notes
from training.evaluation.scoring import Answer

EVERYBODY = "all people"
NOTES = "voice notes"
PORTUGUESE = "Portuguese people"

NEW_SPEECH, COPIES = ("tts", "vc"), ("vocoder", "codec")
OLD_PART = "2016-22"
NEWEST = ("pages-2025-26", "products")
ALL_CLIPS, NEW_PART = "all clips", "new part"  # names of slices that others ask for


def people(answers: list[Answer]) -> dict[str, list[Answer]]:
    """Human clips whom no model may accuse: those of our users first, then what is really sent."""
    human, _ = split(answers)
    return {
        PORTUGUESE: [a for a in human if in_portuguese(a)],
        NOTES: voice_notes(answers),
        EVERYBODY: human,
    }


def in_portuguese(answer: Answer) -> bool:
    return _language(answer) == "pt"


def in_new_part(answer: Answer) -> bool:
    return answer.clip.collection not in ("", OLD_PART)


def machines(answers: Sequence[Answer]) -> list[Answer]:
    """Synthetic clips of the families that speak by themselves: text-to-speech and conversion."""
    _, synthetic = split(answers)
    return [a for a in synthetic if a.clip.family in NEW_SPEECH]


def named(answers: list[Answer]) -> dict[str, list[Answer]]:
    """The slices that reports show first, baselines are judged on and figures.json holds, by name.

    Slices that lack a class altogether are left out, but for the first, which is everything.
    """
    human, synthetic = split(answers)
    speaking = machines(answers)
    new = [a for a in speaking if in_new_part(a)]
    people_of_new = [a for a in human if in_new_part(a)]
    newest = [a for a in speaking if a.clip.collection in NEWEST]
    groups = {
        "text-to-speech and voice conversion": human + speaking,
        NEW_PART: people_of_new + new,
        "new part against every human clip": human + new if len(people_of_new) < len(human) else [],
        "pages of 2025-26 and products": people_of_new + newest,
        "pages of 2025-26 and products against every human clip": human + newest,
        "voice conversion": of_families(answers, ("vc",)),
        "copy-synthesis (vocoders and codecs)": of_families(answers, COPIES),
        "Portuguese": [a for a in answers if in_portuguese(a)],
        "Spanish": [a for a in answers if _language(a) == "es"],
        "Portuguese and Spanish": [a for a in answers if _language(a) in ("es", "pt")],
        "real recordings against all synthetic clips": voice_notes(answers) + synthetic,
    }
    return {ALL_CLIPS: answers} | {name: g for name, g in groups.items() if all(split(g))}


def collections(answers: list[Answer]) -> dict[str, list[Answer]]:
    """Synthetic clips of each collection against every human clip; none where none is named."""
    human, synthetic = split(answers)
    known = [a for a in synthetic if a.clip.collection]
    return {name: human + group for name, group in by(known, lambda a: a.clip.collection).items()}


def _language(answer: Answer) -> str:
    return answer.clip.language.split("-")[0]
