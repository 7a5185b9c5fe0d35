"""What ffmpeg writes about a file, as text, goes in; its sound tracks and complaints come out."""

import re
from dataclasses import dataclass

# "[mp3 @ 0x55d0] [error] Header missing"; what stands in a file's titles never begins a line so.
LINE = re.compile(r"^(?:\[[^\[\]]+ @ 0x\w+\] )*\[(\w+)\] (.*)$")
SOUND = re.compile(r"^ +Stream #0:(\d+)(?:\[0x\w+\])?(?:\([^()]*\))?: Audio: (.*)$")
DISPOSITIONS = re.compile(r"(?: \([a-z ]+\))*$")
WRONG = ("error", "fatal", "panic")
# Films, whose pictures ffmpeg was told not to decode, and pieces of the same message.
MILD = ("not on whitelist", "Last message repeated")


@dataclass(frozen=True)
class Track:
    """A sound track of a file."""

    stream: int  # its number among all streams of the file
    is_default: bool  # the file says that it is to be played unless somebody chooses


@dataclass(frozen=True)
class Said:
    """All that one run of ffmpeg said."""

    tracks: tuple[Track, ...]  # by their streams
    channels: int  # of what it wrote
    complaint: str  # its error messages, one a line; empty when it was content


def read(words: bytes) -> Said:
    """Read what ffmpeg wrote with `-v level+info`."""
    tracks: dict[int, Track] = {}
    complaints: list[str] = []
    channels, is_output = 1, False
    for line in words.decode(errors="replace").splitlines():
        if (parts := LINE.match(line)) is None:
            continue
        level, said = parts.groups()
        is_output = is_output or said.startswith("Output #0")
        if level in WRONG and not any(mark in said for mark in MILD):
            complaints.append(said)
        elif sound := SOUND.match(said):
            if is_output:
                channels = 2 if ", stereo" in sound[2] else 1
            else:
                number = int(sound[1])
                flags = DISPOSITIONS.search(sound[2])
                tracks[number] = Track(number, flags is not None and "(default)" in flags[0])
    return Said(tuple(tracks[number] for number in sorted(tracks)), channels, "\n".join(complaints))
