"""What a file tells of itself, as lines for people."""

from bot.texts import Texts
from inference.evidence import Evidence, Recorder

UNITS = {  # of each fact; the message that writes it
    "container": "text", "codec": "text", "seconds": "seconds", "kbit_per_second": "kbit",
    "input_rate": "hertz", "channels": "count", "frame_ms": "milliseconds", "vendor": "text",
    "encoder": "text",
}  # fmt: skip


def facts(evidence: Evidence, texts: Texts) -> list[tuple[str, str]]:
    """The name of a fact and the fact, for all that the file tells; some is a stranger's text."""
    told = [
        (name, texts.say("report", f"in_{unit}", value=value))
        for name, unit in UNITS.items()
        if (value := getattr(evidence, name)) is not None
    ]
    if evidence.recorder is not Recorder.UNKNOWN:
        told.append(("recorder", texts.say("report", f"recorder_{evidence.recorder}")))
    return [(texts.say("report", f"fact_{name}"), value) for name, value in told]
