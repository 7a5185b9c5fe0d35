"""What a model file says of itself: JSON under the key "ouvido" of its ONNX metadata."""

import json
from dataclasses import asdict, dataclass, field
from math import isfinite
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
            card = cls(
                spec=spec, probe=probe, thresholds=(low, high), narrow_thresholds=narrow, **facts
            )
            _insist_on_types(card)
            return card
        except (AttributeError, KeyError, RecursionError, TypeError, ValueError) as error:
            raise ModelError(f"the model's card cannot be read: {error!r}") from error


def _pair(values: list[float] | None) -> tuple[float, float] | None:
    if values is None:
        return None
    low, high = values
    return low, high


def _insist_on_types(card: Card) -> None:
    """Raises TypeError where a fact is no number, or no text, although it should be one."""
    numbers = (*card.thresholds, *(card.narrow_thresholds or ()), *asdict(card.probe).values())
    spec, usual = asdict(card.spec), asdict(FeatureSpec())
    texts = [spec[name] for name in spec if isinstance(usual[name], str)]
    whole = [spec[name] for name in spec if isinstance(usual[name], int)]
    numbers += tuple(spec[name] for name in spec if isinstance(usual[name], float))
    if not all(isinstance(text, str) for text in (card.name, card.version, *texts)):
        raise TypeError("a name that is no text")
    if not all(isinstance(number, int) for number in whole):
        raise TypeError("a count that is no whole number")
    if not all(isinstance(number, int | float) and isfinite(number) for number in numbers):
        raise TypeError("a number that is none")
