"""Answers on disk, so that a report can be made again, or an interrupted one finished, for nothing.

One file a model and state of the served path, `answers-<digest>.jsonl`; one line an answer.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

import dataset.augmentation
import inference
from dataset.manifest import Clip
from inference.speech import Measures
from inference.verdict import Verdict, from_fields

HERE = Path(__file__).parent
CONDITIONS_ARE_MADE_BY = (  # modules of dataset.augmentation
    "codecs",
    "dynamics",
    "handling",
    "levelling",
    "rooms",
    "suppression",
    "transcoding",
)


class Known(NamedTuple):
    """The fields of an answer that are kept on disk."""

    verdict: Verdict
    seconds: float  # s of the recording
    lead: float  # s before the first speech
    measures: Measures
    logits: tuple[float, ...] = ()  # of each branch


class ScoreCache:
    """A model's answers by key, on disk in `folder` or, without one, in memory only."""

    def __init__(self, folder: Path | None, model: Path) -> None:
        self._known: dict[str, Known] = {}
        self._file: Path | None = None
        if folder:
            folder.mkdir(parents=True, exist_ok=True)
            digest = hashlib.sha256(model.read_bytes() + _path_code()).hexdigest()[:16]
            self._file = folder / f"answers-{digest}.jsonl"
            self._read(self._file)

    def key(self, folder: Path, clips: Sequence[Clip], condition: str) -> str:
        """Digest of the clips' names and bytes and of the condition, 32 hexadecimal digits."""
        digest = hashlib.sha256(condition.encode() + (_condition_code() if condition else b""))
        for clip in clips:
            path = folder / clip.file
            content = path.read_bytes() if self._file and path.is_file() else b""
            digest.update(clip.file.encode() + hashlib.sha256(content).digest())
        return digest.hexdigest()[:32]

    def __contains__(self, key: str) -> bool:
        return key in self._known

    def __getitem__(self, key: str) -> Known:
        return self._known[key]

    def add(self, key: str, known: Known) -> None:
        self._known[key] = known
        if self._file:
            line = {
                "key": key,
                "verdict": asdict(known.verdict),
                "seconds": known.seconds,
                "lead": known.lead,
                "measures": asdict(known.measures) | {"active": _packed(known.measures)},
                "logits": known.logits,
            }
            with self._file.open("a", encoding="utf-8") as file:
                file.write(json.dumps(line) + "\n")

    def _read(self, path: Path) -> None:
        if not path.exists():
            return
        whole = 0
        with path.open("r+b") as file:
            for line in file:
                if not line.endswith(b"\n"):  # killed in the middle of a line
                    break
                whole += len(line)
                entry = json.loads(line)
                self._known[entry["key"]] = Known(
                    from_fields(entry["verdict"]),
                    entry["seconds"],
                    entry["lead"],
                    _measures(entry["measures"]),
                    tuple(entry["logits"]),
                )
            file.truncate(whole)


def _packed(measures: Measures) -> str:
    """One bit a frame, after their number."""
    return f"{len(measures.active)}:{np.packbits(measures.active).tobytes().hex()}"


def _measures(facts: dict[str, Any]) -> Measures:
    count, bits = facts["active"].split(":")
    frames = np.unpackbits(np.frombuffer(bytes.fromhex(bits), np.uint8), count=int(count))
    return Measures(**facts | {"active": frames.astype(np.bool_)})


@cache
def _path_code() -> bytes:
    """Digest of the served path's code and files: what an answer depends on beside the model."""
    served = Path(inference.__file__).parent
    # What finds reasons not to judge, and segments.
    others = [
        *served.glob("models/overlap.*"),
        *(served / "models" / f"{name}.json" for name in ("music", "segments")),
    ]
    return _digest([*served.rglob("*.py"), *others, HERE / "scoring.py"])


@cache
def _condition_code() -> bytes:
    augmentation = Path(dataset.augmentation.__file__).parent
    makers = [augmentation / f"{name}.py" for name in CONDITIONS_ARE_MADE_BY]
    return _digest([*makers, HERE / "conditions.py", HERE / "handled.py"])


def _digest(files: Iterable[Path]) -> bytes:
    return hashlib.sha256(b"".join(path.read_bytes() for path in sorted(files))).digest()
