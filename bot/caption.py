"""The words under a picture: the verdict, the model that gave it, how often it was asked for."""

from bot.texts import Texts
from inference.verdict import Verdict

LONGEST_MODEL = 64  # characters of its name; an operator's own may be called anything


def caption(verdict: Verdict, checks: int, texts: Texts) -> str:
    """At most 1,024 UTF-16 units, whatever was heard: a test measures it."""
    model = verdict.model[:LONGEST_MODEL]
    key = "checked" if checks > 1 else "model"
    return f"{texts.verdict(verdict)}\n\n{texts.say('buttons', key, model=model, count=checks)}"
