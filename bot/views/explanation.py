"""Why an answer is what it is, in HTML for a chat: what was heard and where, errors, the file."""

from html import escape
from typing import TYPE_CHECKING

from bot.scale import is_judged, limits
from bot.texts import Texts, advice_of, signature
from bot.views import accuracy
from bot.views.file_facts import Fact, facts, recorder
from inference.accuracy import Accuracy
from inference.verdict import Label, Verdict

if TYPE_CHECKING:
    from bot.db.answers import StoredAnswer  # with SQLAlchemy, which the page alone does without

LINES = 10  # of an explanation at most; a phone shows no more at once
REASONS = 3  # that are told, the weightiest

LENGTHS = {"speech_under_2": 2.0, "speech_2_to_4": 4.0, "speech_over_4": 8.0}  # s of speech below


def explanation(
    answer: "StoredAnswer", origin: str | None, found: Accuracy | None, texts: Texts
) -> str:
    """At most LINES lines. `origin` is the type of a forwarded note's origin."""
    verdict = answer.verdict
    said = [escape(line) for line in grounds(verdict, found, texts)]
    heading = f"<b>{escape(texts.say('why', 'heading'))}</b>"
    return "\n".join([heading, *said, *_file(answer, origin, texts), _signed(answer, texts)])


def grounds(verdict: Verdict, found: Accuracy | None, texts: Texts) -> list[str]:
    """On what an answer rests: what was heard and where, the thresholds, the errors of its kind."""
    lines = [
        " ".join(texts.heard(verdict)),
        *_meaning(verdict, texts),
        *_limits(verdict, texts),
        *_errors(verdict, found, texts),
    ]
    return [line for line in lines if line]


def details(answer: "StoredAnswer", texts: Texts) -> str:
    """The facts of the file, folded; "" where it tells none."""
    listed = "\n".join(map(escape, _lines(facts(answer.evidence, texts), texts)))
    return f"<blockquote expandable>{listed}</blockquote>" if listed else ""


def _meaning(verdict: Verdict, texts: Texts) -> list[str]:
    if verdict.label is Label.SYNTHETIC:
        return [texts.marks(verdict)]
    if verdict.label in (Label.HUMAN, Label.MIXED):
        return [texts.say("why", verdict.label)]
    told = verdict.reasons[:REASONS]
    helps = [advice_of(verdict), *told[1:]]
    return [
        texts.say(
            "why", "reason", reason=texts.say("reasons", one), advice=texts.say("advice", two)
        )
        for one, two in zip(told, helps, strict=True)
    ]


def _limits(verdict: Verdict, texts: Texts) -> list[str]:
    if not is_judged(verdict):
        return []
    low, high = limits(verdict)
    return [texts.say("why", "limits", low=low, high=high)]


def _errors(verdict: Verdict, found: Accuracy | None, texts: Texts) -> list[str]:
    """How often this very kind of answer was wrong in the test, of 100 notes as long as this."""
    # The test's clips are of one voice and a few seconds: it tells nothing of mixed notes.
    if found is None or verdict.label in (Label.INCONCLUSIVE, Label.MIXED):
        return []
    name = next((name for name, most in LENGTHS.items() if verdict.seconds < most), "all")
    group = found.groups.get(name, found.groups["all"])
    truth = "people" if verdict.label is Label.SYNTHETIC else "machines"
    _, unsure, wrong = accuracy.hundred(getattr(group, truth))
    like = texts.say("why", f"like_{name if name in found.groups else 'all'}")
    return [texts.say("why", truth, like=like, wrong=wrong, unsure=unsure)]


def _file(answer: "StoredAnswer", origin: str | None, texts: Texts) -> list[str]:
    """What the file itself tells, apart from the model, and what that is worth."""
    told = _lines(recorder(answer.evidence, texts), texts)
    if origin:
        told.append(texts.say("why", f"origin_{origin}"))
    if not told:
        return []
    heading, worth = texts.say("why", "file"), texts.say("why", "worth")
    return ["", f"<b>{escape(heading)}</b>", escape(" · ".join(told)), escape(worth)]


def _signed(answer: "StoredAnswer", texts: Texts) -> str:
    """The model and how often the note was checked, which an answer in a group does not say."""
    return escape(signature(answer.verdict, answer.request_count, texts))


def _lines(told: list[Fact], texts: Texts) -> list[str]:
    return [f"{texts.say('report', f'fact_{name}')}: {value}" for name, value in told]
