"""Why an answer is what it is, in HTML for a chat: marks, reasons, stretches, errors, the file."""

import math
from html import escape

from bot.db.answers import StoredAnswer
from bot.texts import Texts, clock, percent
from bot.views import accuracy
from bot.views.file_facts import Fact, facts, recorder
from inference.accuracy import Accuracy
from inference.verdict import Label, Reason, Verdict, Window

MOST = 12  # stretches; more fill a phone's screen and say no more
BAR = 10  # characters of the longest bar
ROUNDING = 1e-9  # 0.29 * 100 is 28.999…

LENGTHS = {"speech_under_2": 2.0, "speech_2_to_4": 4.0, "speech_over_4": 8.0}  # s of speech below


def explanation(
    answer: StoredAnswer, origin: str | None, found: Accuracy | None, texts: Texts
) -> str:
    """At most 4,096 UTF-16 units. `origin` is the type of a forwarded note's origin."""
    verdict = answer.verdict
    parts = [
        f"<b>{texts.say('why', 'heading')}</b>\n{_meaning(verdict, texts)}",
        _stretches(verdict, texts),
        _errors(verdict, found, texts),
        _file(answer, origin, texts),
    ]
    return "\n\n".join(part for part in parts if part)


def _meaning(verdict: Verdict, texts: Texts) -> str:
    if verdict.label is Label.SYNTHETIC:
        return escape(texts.marks(verdict))
    if verdict.label in (Label.HUMAN, Label.MIXED):
        return escape(texts.say("why", verdict.label))
    lines = [
        texts.say(
            "why", "reason", reason=texts.say("reasons", reason), advice=texts.say("advice", reason)
        )
        for reason in verdict.reasons
    ]
    return escape("\n".join(lines))


def _stretches(verdict: Verdict, texts: Texts) -> str:
    """A bar for each stretch; what could not be judged as a whole is not judged in parts."""
    if set(verdict.reasons) - {Reason.UNSURE} or not verdict.windows:
        return ""
    shown = telling(verdict)
    key = "stretches" if len(shown) == len(verdict.windows) else "some_stretches"
    heading = texts.say("why", key, shown=len(shown), count=len(verdict.windows))
    rows = "\n".join(_row(window) for window in shown)
    low, high = verdict.thresholds
    limits = texts.say(
        "why", "limits", low=math.floor(100 * low + ROUNDING), high=math.ceil(100 * high - ROUNDING)
    )
    return f"<b>{escape(heading)}</b>\n<pre>{escape(rows)}</pre>\n{escape(limits)}"


def telling(verdict: Verdict) -> list[Window]:
    """In time order the windows whose scores are furthest from "I can't tell"."""
    middle = sum(verdict.thresholds) / 2
    first = sorted(verdict.windows, key=lambda window: -abs(window.score - middle))[:MOST]
    return sorted(first, key=lambda window: window.start)


def _row(window: Window) -> str:
    full = round(BAR * window.score)
    bar = "█" * full + "░" * (BAR - full)
    return f"{clock(window.start)}–{clock(window.end)} {bar} {percent(window.score):2}%"


def _errors(verdict: Verdict, found: Accuracy | None, texts: Texts) -> str:
    """How often this very kind of answer was wrong in the test, of 100 notes as long as this."""
    # The test's clips are of one voice and a few seconds: it tells nothing of mixed notes.
    if found is None or verdict.label in (Label.INCONCLUSIVE, Label.MIXED):
        return ""
    name = next((name for name, most in LENGTHS.items() if verdict.seconds < most), "all")
    group = found.groups.get(name, found.groups["all"])
    truth = "people" if verdict.label is Label.SYNTHETIC else "machines"
    _, unsure, wrong = accuracy.hundred(getattr(group, truth))
    like = texts.say("why", f"like_{name if name in found.groups else 'all'}")
    return escape(texts.say("why", truth, like=like, wrong=wrong, unsure=unsure))


def _file(answer: StoredAnswer, origin: str | None, texts: Texts) -> str:
    """The card of evidence: what the file itself tells, apart from the model; details folded."""
    plain = _lines(recorder(answer.evidence, texts), texts)
    if origin:
        plain.append(texts.say("why", f"origin_{origin}"))
    details = _lines(facts(answer.evidence, texts), texts)
    if not plain + details:
        return ""
    plain.append(texts.say("report", "anybody"))
    card = [f"<b>{escape(texts.say('why', 'file'))}</b>", *map(escape, plain)]
    if details:
        listed = "\n".join(map(escape, details))
        card.append(f"<blockquote expandable>{listed}</blockquote>")
    return "\n".join(card)


def _lines(told: list[Fact], texts: Texts) -> list[str]:
    return [f"{texts.say('report', f'fact_{name}')}: {value}" for name, value in told]
