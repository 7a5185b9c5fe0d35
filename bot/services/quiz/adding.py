"""A recording that an operator gives becomes a clip in the folder of `bot.services.quiz.own`.

Apart from it, because the process that talks loads no numpy.
"""

import hashlib
import json
import math
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict
from io import FileIO
from pathlib import Path

from bot.services.quiz.clips import Clip
from bot.services.quiz.levelling import Samples, alike, encode
from bot.services.quiz.own import own
from bot.texts import texts_for
from inference.decoding.audio import SAMPLE_RATE, floats, hear
from inference.speech import measure, reasons
from inference.verdict import Label

LONGEST_SOURCE = 300.0  # s that are decoded of what is given
SECONDS = (3.0, 8.0)  # of a clip
LONGEST_LICENCE, LONGEST_ATTRIBUTION = 30, 60  # characters; both go into 200 with our words
NAME_LENGTH = 12  # hexadecimal digits of the file's SHA-256


class Refused(Exception):
    """A recording can't be a clip; the message says why and what to do."""


def add(
    folder: Path,
    source: bytes | Path,
    truth: Label,
    language: str,
    licence: str,
    attribution: str = "",
    part: tuple[float, float] | None = None,
) -> Clip:
    """Make a clip of a recording, or of a part of it in s; raises Refused, DetectionError, OSError.

    The same recording, given again, is refused.
    """
    licence, attribution = licence.strip(), attribution.strip()
    if not 0 < len(licence) <= LONGEST_LICENCE:
        raise Refused(f"--licence must have 1 to {LONGEST_LICENCE} characters.")
    if len(attribution) > LONGEST_ATTRIBUTION:
        raise Refused(f"--attribution may have {LONGEST_ATTRIBUTION} characters.")
    with _opened(source) as given:
        samples = floats(hear(given, LONGEST_SOURCE).samples)
    if part:
        samples = _part(samples, *part)
    found = reasons(measure(samples))
    if found:
        words = "; ".join(texts_for("en", "en").say("reasons", reason) for reason in found)
        raise Refused(f"It can't be judged and would be no fair question: {words}.")
    samples = alike(samples)
    seconds = len(samples) / SAMPLE_RATE
    if not SECONDS[0] <= seconds <= SECONDS[1]:
        raise Refused(
            f"It is {seconds:.1f} s long without the silence around it; a clip has "
            f"{SECONDS[0]:g} to {SECONDS[1]:g} s. Give a part of it: --part START END."
        )
    sound = encode(samples)
    sha256 = hashlib.sha256(sound).hexdigest()
    name = sha256[:NAME_LENGTH]
    if any(clip.sha256 == sha256 for clip in own(folder)):
        raise Refused(
            f"It was added before, as {name}; to change what is said of it, "
            f"first: ouvido quiz remove {name}"
        )
    clip = Clip(
        f"{name}.ogg", round(seconds, 2), truth, language, licence, attribution, sha256, folder
    )
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    row = {key: value for key, value in asdict(clip).items() if key != "folder"}
    facts = json.dumps(row, indent=1, ensure_ascii=False).encode()
    for file, content in ((clip.file, sound), (f"{name}.json", facts)):  # the facts make it a clip
        begun = folder / f".{file}"
        begun.touch(mode=0o600)
        begun.write_bytes(content)
        begun.replace(folder / file)
    return clip


def _opened(source: bytes | Path) -> AbstractContextManager[bytes | FileIO]:
    if isinstance(source, Path):
        return source.open("rb", buffering=0)
    return nullcontext(source)


def _part(samples: Samples, start: float, end: float) -> Samples:
    """The samples from one second to another; raises Refused where these are none of it."""
    seconds = len(samples) / SAMPLE_RATE
    if not start >= 0:  # also what is no number
        raise Refused(f"--part must begin at 0 s or later, not at {start:g} s.")
    if not end > start:
        raise Refused(
            f"--part must end after it begins, not begin at {start:g} s and end at {end:g} s."
        )
    if end > seconds:
        where = f"begins at {start:g} s" if start >= seconds else f"ends at {end:g} s"
        length = f"the recording is {math.floor(100 * seconds) / 100:g} s long"
        if seconds >= LONGEST_SOURCE:
            length = f"only the first {LONGEST_SOURCE:g} s of a recording are read"
        raise Refused(f"--part {where}, but {length}.")
    return samples[round(start * SAMPLE_RATE) : round(end * SAMPLE_RATE)]
