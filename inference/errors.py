"""Why a file has no answer. Each error has a `code` that the two borders translate.

DetectionError
├── Empty          no bytes at all
├── TooLarge       more bytes than we take
├── Undecodable    damaged beyond the first second, or in a way of coding that we do not have
│   └── NotSound   by its bytes it is no sound or film at all
├── NoAudio        a film or a file without a sound track
└── TookTooLong    decoding or scoring ran out of its time
ModelError         the model file is missing, damaged or drifted: nobody is served
"""

from typing import ClassVar


class DetectionError(Exception):
    """One file could not be judged; the next one can."""

    code: ClassVar[str] = "failed"


class Empty(DetectionError):
    code = "empty"


class TooLarge(DetectionError):
    code = "too_large"


class Undecodable(DetectionError):
    code = "undecodable"


class NotSound(Undecodable):
    code = "unknown_file"


class NoAudio(DetectionError):
    code = "no_audio"


class TookTooLong(DetectionError):
    code = "took_too_long"


class ModelError(Exception):
    """The model cannot be trusted, so the service must not start."""
