"""How alike two voices are, in words, with how often that is wrong."""

from bot.texts import Texts
from inference.speaker import comparison
from inference.speaker.comparison import MIN_SPEECH, Comparison, Likeness, Rate
from inference.verdict import Reason


def words(found: Comparison, texts: Texts) -> str:
    """Return the result in words, with its measured error rates."""
    if found.suspicious or found.known:
        return "\n".join(_obstacles(found, texts))
    card = comparison.card()
    match found.likeness:
        case Likeness.SAME:
            rates = {
                "clones": _of_100(card.clones_as_same),
                "same": _of_100(card.same_as_same),
                "others": _of_100(card.others_as_same),
            }
        case Likeness.DIFFERENT:
            rates = {
                "clones": _of_100(card.clones_as_different),
                "same": _of_100(card.same_as_different),
                "others": _of_100(card.others_as_different),
            }
        case Likeness.UNSURE:
            rates = {
                "same": _rest(card.same_as_same, card.same_as_different),
                "others": _rest(card.others_as_same, card.others_as_different),
            }
    return texts.say("compare", found.likeness, **rates)


def _obstacles(found: Comparison, texts: Texts) -> list[str]:
    lines = [texts.say("compare", "impossible")]
    for name, reasons in (("suspicious", found.suspicious), ("known", found.known)):
        if reasons:
            said = "; ".join(_reason(reason, texts) for reason in reasons)
            lines.append(texts.say("compare", name, reasons=said))
    return [*lines, texts.say("compare", "again")]


def _reason(reason: Reason, texts: Texts) -> str:
    if reason is Reason.TOO_SHORT:  # a voice takes longer to know than to judge
        return texts.say("compare", "too_short", seconds=MIN_SPEECH)
    return texts.say("reasons", reason)


def _rest(*rates: Rate) -> int:
    return _count(1.0 - sum(rate.share for rate in rates))


def _of_100(rate: Rate) -> int:
    return _count(rate.share)


def _count(share: float) -> int:
    """Return a share as a count of 100, from 1 to 99: few people were measured."""
    return min(max(round(100 * share), 1), 99)
