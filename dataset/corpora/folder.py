"""Any folder: with a manifest.csv, or with sounds in human/, synthetic/ and noise/."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from dataset import manifest
from dataset.acquisition.corpus import Corpus, Found, Remark, WrongFolder
from dataset.acquisition.reading import FORK, NO_SOUND, Contents


def clips(folder: Path) -> Iterator[Found]:
    """What the manifest says, or the folders. A transcript may lie beside its sound as .txt."""
    try:
        listed = manifest.read(folder)
    except manifest.ManifestError as error:
        raise WrongFolder(str(error)) from error
    contents = Contents(folder)
    for clip in listed:
        if Path(clip.file).name.startswith("._"):
            yield Remark(clip.file, FORK)
            continue
        path = contents.take(folder / clip.file)
        if path is None:
            yield Remark(clip.file, NO_SOUND)
            continue
        words = path.with_suffix(".txt")
        if not clip.text and words.exists():
            clip = replace(clip, text=contents.transcript(words))
        yield replace(clip, file=contents.name(path))
    yield from (remark for remark in contents.remarks() if remark.reason != FORK or _has(folder))


def _has(folder: Path) -> bool:
    return (folder / manifest.NAME).exists()


FOLDER = Corpus(
    name="folder",
    what="any folder with a manifest.csv, or with sounds in human/, synthetic/ and noise/",
    page="docs/corpora.md",
    licence="as its manifest says",
    by_hand="Name your folder",
    clips=clips,
)
