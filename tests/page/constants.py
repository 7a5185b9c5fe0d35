"""The numbers of the server's pipeline that the page's private check uses: constants.json.

`python -m tests.page.constants` writes it anew.
"""

import json
from dataclasses import asdict
from types import ModuleType
from typing import Any

from inference import (
    detector,
    music,
    overlap,
    pipeline,
    segments,
    speech,
    strip,
    two_voices,
    verdict,
    voice_activity,
)
from inference.decoding import channels
from inference.features import FeatureSpec
from tests.page.frontend import SOURCES

FILE = SOURCES / "src" / "private" / "pipeline" / "constants.json"

NAMES: dict[str, tuple[ModuleType, str]] = {
    "speech": (
        speech,
        "SAMPLE_RATE FRAME CHUNK LOUD MAX_GAIN FLOOR SPECTRUM MAX_SPECTRA LOWEST RUMBLE AUDIBLE "
        "TOP FLAT LOUD_SWING SHORTEST_SWING ANY_SPEECH MIN_SPEECH MIN_SNR MIN_LEVEL MAX_CLIPPED "
        "MIN_BANDWIDTH MODE",
    ),
    "channels": (channels, "INVERTED ALONE MUCH_WEAKER AUDIBLE NEAR RUN LEAST_ALONE"),
    "voice_activity": (voice_activity, "CHUNK SPEECH LOUD MAX_GAIN"),
    "detector": (detector, "SHORTEST"),
    "strip": (strip, "WHOLE POOLED MINUTE"),
    "overlap": (overlap, "COLUMNS RANGE FAINTEST SILENT FEW_COLUMNS SURE_OF_FEW BATCH"),
    "music": (
        music,
        "STEP LEAST MOST RANGE FAINTEST LASTING WIDE STANDS_OUT HALF_A_SECOND OCTAVES LOW",
    ),
    "segments": (segments, "REST LONG GROWTH MOST"),
    "pipeline": (pipeline, "NOTHING"),
}


def collected() -> dict[str, Any]:
    """By the names of their modules."""
    found: dict[str, Any] = {
        group: {name: getattr(module, name) for name in names.split()}
        for group, (module, names) in NAMES.items()
    }
    found["spec"] = asdict(FeatureSpec())
    found["verdict"] = {
        "LEAN": verdict.LEAN,
        "CERTAIN": detector.CERTAIN,
        "REASONS": [reason.value for reason in verdict.Reason],
        "LEANING": sorted(reason.value for reason in verdict.LEANING),
        "NOBODY_SPEAKS": sorted(reason.value for reason in verdict.NOBODY_SPEAKS),
        "CARE": [label.value for label in two_voices.CARE],
    }
    return found


def text() -> str:
    """The file's content."""
    return json.dumps(collected(), indent=2) + "\n"


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
