"""Archives made in memory, honest ones and others, and sounds to put into them."""

import io
import tarfile
import zipfile
from collections.abc import Mapping

import numpy as np
import soundfile

Content = Mapping[str, bytes]  # path → bytes


def sound(seed: int, kind: str = "WAV", rate: int = 16_000, channels: int = 1) -> bytes:
    """A fifth of a second of noise that no other seed makes."""
    samples = 0.1 * np.random.default_rng(seed).standard_normal((rate // 5, channels))
    file = io.BytesIO()
    soundfile.write(file, samples.clip(-1, 1), rate, format=kind)
    return file.getvalue()


def zipped(content: Content) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in content.items():
            archive.writestr(name, data)
    return file.getvalue()


def tarred(content: Content, *others: tarfile.TarInfo) -> bytes:
    """A tar.gz; `others` are members that are no plain files."""
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w:gz") as archive:
        for name, data in content.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
        for other in others:
            archive.addfile(other)
    return file.getvalue()
