"""What the page shows of an answer: the bot's own sentences, and where the chart is to be found."""

from dataclasses import asdict, dataclass
from typing import Any

from bot.scale import is_judged
from bot.texts import Texts, clock, synthetic_stretches
from bot.views.explanation import grounds
from bot.views.file_facts import facts, recorder
from inference.accuracy import Accuracy
from inference.drawing.layout import layout_of
from inference.metadata import evidence
from inference.metadata.evidence import Evidence
from inference.verdict import Label, Verdict, from_fields


@dataclass(frozen=True)
class Answer:
    """What a browser keeps of an answer, and sends back to read it in another language."""

    sha256: str  # of the recording's file
    verdict: Verdict
    evidence: Evidence

    def as_json(self) -> dict[str, Any]:
        return {
            "sha256": self.sha256,
            "verdict": asdict(self.verdict),
            "evidence": evidence.as_json(self.evidence),
        }


def answer_of(fields: dict[str, Any]) -> Answer:
    """What `as_json` made; KeyError, TypeError or ValueError for anything else."""
    verdict = from_fields(fields["verdict"])
    return Answer(str(fields["sha256"]), verdict, evidence.from_fields(fields["evidence"]))


def words(answer: Answer, found: Accuracy | None, texts: Texts) -> dict[str, Any]:
    """All that is said of an answer; `found` is the measurement of its model, if there is one."""
    verdict = answer.verdict
    synthetic = verdict.label is Label.SYNTHETIC
    return {
        "language": texts.language,
        "label": verdict.label.value,
        "lean": verdict.lean.value if verdict.lean else None,
        "judged": is_judged(verdict),
        "cut": "".join(texts.cut(verdict)),
        "headline": texts.headline(verdict),
        "lines": [*texts.why(verdict), *texts.heard(verdict)],
        "advice": texts.advice(verdict),
        "marks": texts.marks(verdict) if synthetic else "",
        "stretches": _stretches(verdict, texts),
        "why": {"heading": texts.say("why", "heading"), "lines": grounds(verdict, found, texts)},
        "file": _file(answer, texts),
        "chart": chart(verdict),
    }


def chart(verdict: Verdict, part: tuple[float, float] | None = None) -> dict[str, Any] | None:
    """Where the spectrogram lies in the picture, px, and what time it shows, s; None: it has none.

    `part` is what was judged of the recording, None: all that was heard of it.
    """
    layout = layout_of(verdict, large=part is not None)
    if layout.spectrogram is None:
        return None
    start, end = part or (0.0, verdict.heard_seconds or 0.0)
    return {"box": layout.spectrogram, "width": layout.size[0], "start": start, "end": end}


def _stretches(verdict: Verdict, texts: Texts) -> list[dict[str, Any]]:
    """The parts of a mixed recording, or what sounded synthetic in one of a machine."""
    if verdict.segments:
        found = [(s.start, s.end, s.label is Label.SYNTHETIC) for s in verdict.segments]
    elif verdict.label is Label.SYNTHETIC:
        found = [(start, end, True) for start, end in synthetic_stretches(verdict)]
    else:
        found = []
    return [
        {
            "start": start,
            "end": end,
            "synthetic": synthetic,
            "words": texts.say(
                "chart", "machine" if synthetic else "person", time=f"{clock(start)}–{clock(end)}"
            ),
        }
        for start, end, synthetic in found
    ]


def _file(answer: Answer, texts: Texts) -> dict[str, Any]:
    told = [*recorder(answer.evidence, texts), *facts(answer.evidence, texts)]
    told.append(("sha256", answer.sha256))
    return {
        "heading": texts.say("why", "file"),
        "facts": [[texts.say("report", f"fact_{name}"), value] for name, value in told],
        "worth": texts.say("why", "worth"),
    }
