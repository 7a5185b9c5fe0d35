"""The words of a picture in a language, for `inference.drawing`, which knows no languages."""

from bot.texts import Texts
from inference.drawing.captions import PERCENT, Captions
from inference.verdict import ANSWERS, Reason


def captions_of(texts: Texts) -> Captions:
    """All words that a picture may need: they go to whoever draws, before a verdict is known."""
    return Captions(
        headlines={each: texts.say("verdict", each).rstrip(".") for each in ANSWERS},
        reasons={reason.value: _sentence(texts.say("reasons", reason)) for reason in Reason},
        advice={reason.value: texts.say("advice", reason) for reason in Reason},
        chance=texts.say("picture", "chance", percent=PERCENT),
        person=texts.say("picture", "person"),
        unsure=texts.say("picture", "unsure"),
        machine=texts.say("picture", "machine"),
        marks=texts.say("picture", "marks"),
        no_proof=texts.say("picture", "no_proof"),
    )


def _sentence(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}."
