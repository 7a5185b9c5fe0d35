"""What a model file says of itself: JSON under the key "ouvido" of its ONNX metadata."""

import json
from dataclasses import asdict, dataclass, field
from typing import Any

from inference.errors import ModelError
from inference.features import FeatureSpec

KEY = "ouvido"


@dataclass(frozen=True)
class Probe:
    """What the model answered for the probe signal when it was made."""

    score: float  # P(synthetic), 0..1
    speech: float  # P(speech), 0..1
    level: float  # dB, mean of the spectrogram


@dataclass(frozen=True)
class Card:
    """The facts that serving needs, and where the model comes from."""

    name: str
    version: str
    spec: FeatureSpec
    thresholds: tuple[float, float]  # human at or below the first, synthetic at or above the second
    probe: Probe
    training: dict[str, Any] = field(default_factory=dict)  # run.json: data, settings, versions
    # Instead of `thresholds` where the speech is narrow-band; None: such speech is not judged.
    narrow_thresholds: tuple[float, float] | None = None

    @property
    def title(self) -> str:
        """E.g. "ouvido-0.1.0"."""
        return f"{self.name}-{self.version}"

    def to_json(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> "Card":
        try:
            facts = json.loads(text)
            low, high = facts.pop("thresholds")
            narrow = _pair(facts.pop("narrow_thresholds", None))  # cards until 0.2.0 have none
            spec, probe = FeatureSpec(**facts.pop("spec")), Probe(**facts.pop("probe"))
            return cls(
                spec=spec, probe=probe, thresholds=(low, high), narrow_thresholds=narrow, **facts
            )
        except (KeyError, TypeError, ValueError) as error:
            raise ModelError(f"the model's card cannot be read: {error!r}") from error


def _pair(values: list[float] | None) -> tuple[float, float] | None:
    if values is None:
        return None
    low, high = values
    return low, high
