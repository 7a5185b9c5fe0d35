"""One answer becomes documents to keep: a PDF for people, JSON for programs. No names in either."""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from bot.settings import Settings
from bot.texts import Texts
from bot.views.accuracy import hundred, measured
from inference import verdict
from inference.accuracy import Accuracy
from inference.metadata import evidence
from inference.metadata.evidence import Evidence
from inference.registry import default_model
from inference.verdict import Verdict


@dataclass(frozen=True)
class Report:
    """What was answered, and what it takes to check it."""

    verdict: Verdict
    evidence: Evidence
    sha256: str  # of the recording's file
    model_sha256: str | None  # of the model's file; None: another model is served by now
    accuracy: Accuracy | None  # of the model; None where nothing was measured
    max_seconds: float  # of a recording that are judged
    made_at: datetime  # UTC

    @property
    def command(self) -> str:
        """What says the same again of the same file; in a terminal, all of it would be heard."""
        minutes = f" --minutes {self.max_seconds / 60:g}" if self.verdict.is_cut else ""
        return f"scripts/run check FILE{minutes} --json"


def report_of(
    found: Verdict, told: Evidence, sha256: str, served: str, settings: Settings, now: datetime
) -> Report:
    """Everything about one answer; `served` is the title of the model that `settings` name."""
    current = found.model == served
    return Report(
        verdict=found,
        evidence=told,
        sha256=sha256,
        model_sha256=_digest(settings.model or default_model()) if current else None,
        accuracy=measured(settings.model) if current else None,
        max_seconds=settings.max_seconds,
        made_at=now,
    )


def pdf(report: Report, texts: Texts, picture: bytes | None) -> bytes:
    """A page or more in A4; `picture`, the one of the answer, is left out where there is none."""
    from bot.views.report_pdf import draw  # brings ReportLab along: 0.4 s and 18 MB; few will ask

    return draw(report, texts, picture)


def as_json(report: Report, texts: Texts) -> bytes:
    """The same for programs; the words in it are in the asker's language."""
    low, high = report.verdict.thresholds
    content: dict[str, Any] = {
        "made_at": report.made_at.isoformat(timespec="seconds"),
        "file": {"sha256": report.sha256, "evidence": evidence.as_json(report.evidence)},
        "model": {"name": report.verdict.model, "sha256": report.model_sha256},
        "settings": {
            "max_seconds": report.max_seconds,
            "thresholds": {"human_at_most": low, "synthetic_at_least": high},
        },
        "verdict": verdict.as_json(report.verdict),
        "language": texts.language,
        "words": texts.verdict(report.verdict),
        "limits": limits(report, texts),
        "measured": _counts(report.accuracy, texts.language),
        "reproduce": {"command": report.command, "words": texts.say("report", "reproduce")},
    }
    return json.dumps(content, ensure_ascii=False, indent=2).encode()


def limits(report: Report, texts: Texts) -> list[str]:
    """What the answer cannot say, and how often the model was wrong."""
    said = [texts.say("report", "no_proof"), _errors(report.accuracy, texts)]
    return said + [texts.say("report", f"limit_{name}") for name in ("new", "window", "file")]


def _errors(accuracy: Accuracy | None, texts: Texts) -> str:
    if accuracy is None:
        return texts.say("report", "not_measured")
    everything = accuracy.groups["all"]
    return texts.say(
        "report",
        "measured",
        people=everything.people.clips,
        machines=everything.machines.clips,
        accused=hundred(everything.people)[2],
        missed=hundred(everything.machines)[2],
    )


def _counts(accuracy: Accuracy | None, language: str) -> dict[str, Any] | None:
    """The groups that tell most about this answer."""
    if accuracy is None:
        return None
    names = ("all", "voice_notes", "never_met", f"language_{language.partition('-')[0]}")
    told = {name: asdict(accuracy.groups[name]) for name in names if name in accuracy.groups}
    return {"split": accuracy.split, "groups": told}


@cache
def _digest(model: Path) -> str:
    return hashlib.sha256(model.read_bytes()).hexdigest()
