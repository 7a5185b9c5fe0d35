"""How often a model was right when it was measured: the JSON that stands beside its file, made by
`python -m training evaluate` and read by the bot."""

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from inference.errors import ModelError


@dataclass(frozen=True)
class Said:
    """What was said of clips that all have the same truth; numbers of clips."""

    right: int = 0
    unsure: int = 0  # "I can't tell"
    wrong: int = 0

    @property
    def clips(self) -> int:
        return self.right + self.unsure + self.wrong


@dataclass(frozen=True)
class Group:
    """Clips that have something in common."""

    people: Said
    machines: Said

    @property
    def wrong_answers(self) -> float | None:
        """Share of wrong ones among the answers, as if people and machines were equally frequent;
        None without answers."""
        asked = [said for said in (self.people, self.machines) if said.right + said.wrong]
        shares = [said.wrong / (said.right + said.wrong) for said in asked]
        return sum(shares) / len(shares) if shares else None


@dataclass(frozen=True)
class Accuracy:
    """The counts of one model file; `training/report/accuracy.py` names the groups."""

    model: str  # name and version, e.g. "ouvido-0.2.0"
    sha256: str  # of its file
    measured: str  # the model that answered: itself, or its reference model
    split: str  # "dev": thresholds were chosen on these very clips
    groups: dict[str, Group]

    def to_json(self) -> str:
        return json.dumps(asdict(self), indent=1) + "\n"

    @classmethod
    def from_json(cls, text: str) -> "Accuracy":
        """Raises ModelError for what is no such file."""
        try:
            facts = json.loads(text)
            groups = {
                name: Group(_said(group["people"]), _said(group["machines"]))
                for name, group in facts.pop("groups").items()
            }
            return cls(groups=groups, **facts)
        except (AttributeError, KeyError, RecursionError, TypeError, ValueError) as error:
            raise ModelError(f"the model's accuracy cannot be read: {error!r}") from error


def _said(counts: dict[str, int]) -> Said:
    if not all(isinstance(count, int) and count >= 0 for count in counts.values()):
        raise ValueError(f"{counts} are no numbers of clips")
    return Said(**counts)


def beside(model: Path) -> Path:
    """Where the measurement of a model file stands."""
    return model.with_suffix(".accuracy.json")


def read(model: Path) -> Accuracy | None:
    """The measurement of this very file; None where there is none. Raises ModelError, OSError."""
    if not beside(model).is_file():
        return None
    accuracy = Accuracy.from_json(beside(model).read_text(encoding="utf-8"))
    same = accuracy.sha256 == hashlib.sha256(model.read_bytes()).hexdigest()
    return accuracy if same else None
