"""MLAAD: synthetic speech by many text-to-speech systems in many languages; no human speech.

Its sentences are those of M-AILABS, whose recordings are the human side of the pairs.
"""

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from dataset.acquisition.corpus import Corpus, Found, Remark
from dataset.acquisition.reading import NO_SOUND, Contents, one_line, root
from dataset.manifest import Clip

LICENCE = "CC-BY-NC-4.0"
COLUMNS = {"path", "language", "model_name"}


def clips(folder: Path) -> Iterator[Found]:
    """What each fake/LANGUAGE/MODEL/meta.csv names."""
    place = root(folder, "fake/*/*/meta.csv")
    contents = Contents(folder, place)
    for meta in sorted(place.glob("fake/*/*/meta.csv")):
        for row in contents.table(meta, COLUMNS, "|", quotes=False):
            # The path counts from the corpus' root or, in some releases, from the model's folder.
            path = contents.take(place / row["path"]) or contents.take(
                meta.parent / PurePosixPath(row["path"]).name
            )
            if path is None:
                yield Remark(contents.name(meta.parent / row["path"]), NO_SOUND)
                continue
            original = row.get("original_file", "")
            yield Clip(
                file=contents.name(path),
                label="synthetic",
                system=row["model_name"],
                family="tts",
                language=row["language"],
                speaker=row.get("reference_speaker", ""),
                text=one_line(row.get("transcript", "")),
                pair=f"mailabs-{PurePosixPath(original).stem}" if original else "",
                source="mlaad",
                licence=LICENCE,
            )
    yield from contents.remarks()


MLAAD = Corpus(
    name="mlaad",
    what="678 h by 140 text-to-speech systems in 51 languages (release 9); no human speech",
    page="https://huggingface.co/datasets/mueller91/MLAAD",
    licence=LICENCE,
    by_hand="Accept the terms on the page, then `hf download mueller91/MLAAD --repo-type dataset "
    "--local-dir FOLDER`",
    clips=clips,
)
