"""A run's folder: whose voices, by what plan, the network, the history."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from dataset.engines.engine import NotReady
from dataset.engines.swap.history import Look, Plan, read_history
from dataset.engines.swap.voice import Voice
from dataset.manifest import ManifestError

if TYPE_CHECKING:  # takes seconds; who asks for the network waits
    import keras

BEST, FACTS, VOICES = "best.keras", "run.json", "voices"


@dataclass(frozen=True)
class Run:
    """The folder of a training, finished or begun."""

    folder: Path
    voices: dict[str, Voice]  # in the order of the decoders

    @staticmethod
    def begin(folder: Path, voices: dict[str, Voice], plan: Plan, start: Path | None) -> "Run":
        """Write down what is trained; raises when the folder holds a run of other speakers."""
        if len(voices) < 2:
            raise ManifestError(f"{len(voices)} speakers' material is there; two are the least")
        if (folder / FACTS).exists():
            before = list(Run.read(folder).voices)
            if before != list(voices):
                raise NotReady(f"{folder} is a run of {before}, not of {list(voices)}")
        (folder / VOICES).mkdir(parents=True, exist_ok=True)
        for number, voice in enumerate(voices.values()):
            voice.write(folder / VOICES / f"{number}.npz")
        facts = {"speakers": list(voices), "plan": asdict(plan), "start": str(start or "")}
        (folder / FACTS).write_text(json.dumps(facts, indent=1), encoding="utf-8")
        return Run(folder, voices)

    @staticmethod
    def read(folder: Path) -> "Run":
        if not (folder / FACTS).exists():
            raise NotReady(f"{folder} is no run of `swap train`: it has no {FACTS}")
        names = json.loads((folder / FACTS).read_text(encoding="utf-8"))["speakers"]
        voices = [Voice.read(folder / VOICES / f"{number}.npz") for number in range(len(names))]
        return Run(folder, dict(zip(names, voices, strict=True)))

    def history(self) -> list[Look]:
        return read_history(self.folder)

    def voice(self, speaker: str) -> Voice:
        if speaker not in self.voices:
            raise NotReady(f"{self.folder} knows {', '.join(self.voices)}, and not {speaker!r}")
        return self.voices[speaker]

    def network(self) -> "keras.Model":
        """The one that drew the held-out clips best."""
        import keras

        if not (self.folder / BEST).exists():
            raise NotReady(f"{self.folder} has no {BEST} yet: `swap train` has to look once")
        return keras.models.load_model(self.folder / BEST)
