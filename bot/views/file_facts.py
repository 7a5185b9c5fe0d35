"""What a file tells of itself, as lines for people."""

from bot.texts import Texts, clock
from inference.metadata import known_encoders
from inference.metadata.evidence import Evidence, Recorder

UNITS = {  # of each fact; the message that writes it
    "container": "text", "codec": "text", "seconds": "seconds", "kbit_per_second": "kbit",
    "input_rate": "hertz", "channels": "count", "frame_ms": "milliseconds", "vendor": "text",
    "encoder": "text",
}  # fmt: skip
SIGNATURES = ("vendor", "encoder")


Fact = tuple[str, str]  # its name in the words of the report, and what is told


def facts(evidence: Evidence, texts: Texts) -> list[Fact]:
    """All that the file tells. A stranger may have signed it: with a link, or as a bank."""
    return [
        (name, _said(name, unit, value, texts))
        for name, unit in UNITS.items()
        if (value := getattr(evidence, name)) is not None
    ]


def _said(name: str, unit: str, value: str | float, texts: Texts) -> str:
    if name in SIGNATURES and not known_encoders.is_known(str(value)):
        return texts.say("report", "unknown_writer")
    if unit == "seconds":
        return clock(float(value))
    return texts.say("report", f"in_{unit}", value=value)


def recorder(evidence: Evidence, texts: Texts) -> list[Fact]:
    """What the file looks like; nothing where that is not known."""
    if evidence.recorder is Recorder.UNKNOWN:
        return []
    return [("recorder", texts.say("report", f"recorder_{evidence.recorder}"))]
