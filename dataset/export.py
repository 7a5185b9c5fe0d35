"""A folder of clips becomes what other tools load: Hugging Face's AudioFolder, or WebDataset."""

import csv
import io
import json
import tarfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, fields, replace
from pathlib import Path

import numpy as np

from dataset import files, manifest
from dataset.execution.checkpoint import Journal, Outcome
from dataset.manifest import SPLITS, Clip, ManifestError

FORMATS = ("audiofolder", "webdataset")
FACTS = tuple(field.name for field in fields(Clip) if field.name not in ("file", "split"))
ORDER = (
    1  # seed: what is streamed comes as it lies, and sorted by class nothing could learn from it
)


def export(source: Path, target: Path, form: str, shard_bytes: int) -> Outcome:
    """Write the clips that are in a split; one that cannot be read is told in `failed.csv`."""
    clips = manifest.read(source)
    journal = Journal(target, f"export {form}")
    made = 0
    for side in SPLITS:
        there = list(_there(source, [clip for clip in clips if clip.split == side], journal))
        made += len(there)
        if form == "audiofolder" and there:
            _folder(source, target / side, there)
        elif there:
            _shards(source, target, side, there, shard_bytes)
    outcome = journal.close(made)
    if not made and not any(clip.split for clip in clips):
        raise ManifestError(f"no clip of {source} is in a split: `split` deals them")
    aside = sum(clip.split not in SPLITS for clip in clips)
    told = f"{aside} are in no split and were left out" if aside else ""
    return replace(outcome, summary="\n".join(filter(None, (told, outcome.summary))))


def _there(source: Path, clips: Sequence[Clip], journal: Journal) -> Iterator[Clip]:
    for clip in clips:
        if (source / clip.file).is_file():
            yield clip
        else:
            journal.note(clip.file, "there is no such file")


def _folder(source: Path, target: Path, clips: Sequence[Clip]) -> None:
    """The sound of one split and its `metadata.csv`."""
    for clip in clips:
        files.link(source / clip.file, target / clip.file)
    with (
        files.unfinished(target / "metadata.csv") as path,
        path.open("w", newline="", encoding="utf-8") as file,
    ):
        table = csv.writer(file)
        table.writerow(("file_name", *FACTS))
        table.writerows([clip.file, *(getattr(clip, fact) for fact in FACTS)] for clip in clips)


def _shards(source: Path, target: Path, side: str, clips: Sequence[Clip], shard_bytes: int) -> None:
    """Tar files of about `shard_bytes`; the same clips make the same bytes."""
    order = np.random.default_rng(ORDER).permutation(len(clips)).tolist()
    for number, shard in enumerate(_filled(source, [clips[i] for i in order], shard_bytes)):
        with (
            files.unfinished(target / f"{side}-{number:06}.tar") as path,
            tarfile.open(path, "w") as tar,
        ):
            for place, clip in enumerate(shard):
                key = f"{side}-{number:06}-{place:06}"  # a clip's own name may have dots in it
                facts = json.dumps(asdict(clip), ensure_ascii=False, sort_keys=True)
                _add(tar, f"{key}.json", facts.encode())
                _add(tar, key + Path(clip.file).suffix.lower(), (source / clip.file).read_bytes())


def _filled(source: Path, clips: Sequence[Clip], shard_bytes: int) -> Iterator[list[Clip]]:
    shard: list[Clip] = []
    size = 0
    for clip in clips:
        shard.append(clip)
        size += (source / clip.file).stat().st_size
        if size >= shard_bytes:
            yield shard
            shard, size = [], 0
    if shard:
        yield shard


def _add(tar: tarfile.TarFile, name: str, data: bytes) -> None:
    member = tarfile.TarInfo(name)  # without owner and date
    member.size = len(data)
    tar.addfile(member, io.BytesIO(data))
