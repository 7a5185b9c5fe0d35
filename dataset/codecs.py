"""Clips get copies that went through messengers' and telephones' codecs, both classes alike."""

import functools
import multiprocessing
import shutil
import subprocess
from dataclasses import dataclass, replace
from pathlib import Path

import imageio_ffmpeg
import numpy as np
from tqdm import tqdm

from dataset import manifest
from dataset.manifest import Clip


@dataclass(frozen=True)
class Codec:
    """An encoder's settings, and the ending of the files it makes."""

    name: str
    suffix: str
    settings: tuple[str, ...]


OPUS = ("-c:a", "libopus", "-ar", "48000")
OPUS16 = ("-c:a", "libopus", "-ar", "16000")
CODECS = (
    Codec("telegram-old", ".ogg", (*OPUS16, "-b:a", "16k", "-frame_duration", "60")),
    Codec("telegram-desktop", ".ogg", (*OPUS, "-b:a", "64k")),
    Codec("whatsapp", ".ogg", (*OPUS16, "-b:a", "16k", "-application", "voip")),
    Codec("opus-12", ".ogg", (*OPUS16, "-b:a", "12k")),
    Codec("opus-32", ".ogg", (*OPUS, "-b:a", "32k")),
    Codec("mp3", ".mp3", ("-c:a", "libmp3lame", "-ar", "16000", "-b:a", "32k")),
    Codec("aac", ".m4a", ("-c:a", "aac", "-ar", "16000", "-b:a", "32k")),
    Codec("telephone", ".amr", ("-c:a", "libopencore_amrnb", "-ar", "8000", "-b:a", "12.2k")),
)


def augment(source: Path, target: Path, share: float, seed: int, jobs: int) -> tuple[int, int]:
    """All clips of `source`, and of a share of the train ones a copy through a random codec.

    Returns how many copies were made and how many failed. Copies that exist are kept.
    """
    clips = manifest.read(source)
    rng = np.random.default_rng(seed)
    drawn = [
        (clip, CODECS[rng.integers(len(CODECS))])
        for clip in clips
        if rng.uniform() < share and clip.split == "train"
    ]
    with multiprocessing.get_context("spawn").Pool(jobs) as pool:
        work = functools.partial(_copy, source, target)
        copies = list(
            tqdm(
                pool.imap(work, drawn, chunksize=8),
                total=len(drawn),
                unit="clip",
                desc="codecs",
                disable=None,
            )
        )
    for clip in clips:
        _link(source / clip.file, target / clip.file)
    made = [copy for copy in copies if copy is not None]
    manifest.write([*clips, *made], target)
    return len(made), len(drawn) - len(made)


def _copy(source: Path, target: Path, drawn: tuple[Clip, Codec]) -> Clip | None:
    clip, codec = drawn
    original = Path(clip.file)
    copy = replace(
        clip, file=str(Path(codec.name) / original.parent / f"{original.stem}{codec.suffix}")
    )
    path = target / copy.file
    if path.exists():
        return copy
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_stem(f".{path.stem}")
    # Debian's own ffmpeg has no AMR encoder; pip's has all of them, the same everywhere.
    call = [
        imageio_ffmpeg.get_ffmpeg_exe(),
        "-nostdin",
        "-v",
        "error",
        "-y",
        "-i",
        str(source / clip.file),
    ]
    call += ["-ac", "1", "-map_metadata", "-1", *codec.settings, str(unfinished)]
    if subprocess.run(call, capture_output=True, check=False).returncode:
        unfinished.unlink(missing_ok=True)
        return None
    unfinished.rename(path)
    return copy


def _link(original: Path, link: Path) -> None:
    """The same file a second time: without a second copy on disk where that is possible."""
    if link.exists():
        return
    link.parent.mkdir(parents=True, exist_ok=True)
    try:
        link.hardlink_to(original.resolve())
    except OSError:
        shutil.copyfile(original, link)
