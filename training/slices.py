"""The groups of clips on which a model has to hold, each for a reason of its own."""

from training.evaluation import split, voice_notes
from training.served import Answer

EVERYBODY = "all people"
NOTES = "voice notes"
PORTUGUESE = "Portuguese people"


def people(answers: list[Answer]) -> dict[str, list[Answer]]:
    """Human clips whom no model may accuse: those of our users first, then what is really sent."""
    human, _ = split(answers)
    return {
        PORTUGUESE: [a for a in human if in_portuguese(a)],
        NOTES: voice_notes(answers),
        EVERYBODY: human,
    }


def in_portuguese(answer: Answer) -> bool:
    return answer.clip.language.split("-")[0] == "pt"
