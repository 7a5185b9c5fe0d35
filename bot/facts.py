"""What a file tells of itself, as lines for people."""

from bot.texts import Texts
from inference.evidence import Evidence, Recorder

UNITS = {  # of each fact; the message that writes it
    "container": "text", "codec": "text", "seconds": "seconds", "kbit_per_second": "kbit",
    "input_rate": "hertz", "channels": "count", "frame_ms": "milliseconds", "vendor": "text",
    "encoder": "text",
}  # fmt: skip


Fact = tuple[str, str]  # its name in the words of the report, and what is told


def facts(evidence: Evidence, texts: Texts) -> list[Fact]:
    """All that the file tells; some is a stranger's text."""
    return [
        (name, texts.say("report", f"in_{unit}", value=value))
        for name, unit in UNITS.items()
        if (value := getattr(evidence, name)) is not None
    ]


def recorder(evidence: Evidence, texts: Texts) -> list[Fact]:
    """What the file looks like; nothing where that is not known."""
    if evidence.recorder is Recorder.UNKNOWN:
        return []
    return [("recorder", texts.say("report", f"recorder_{evidence.recorder}"))]
