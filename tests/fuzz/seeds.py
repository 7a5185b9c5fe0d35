"""Whole files of every kind that is decoded, short and the same at each call: what is mutated."""

from functools import cache

import numpy as np

from tests import odd_files, sounds

SECONDS = 1.4  # a damaged file is judged from one second on
SAME = "-fflags +bitexact -flags:a +bitexact"  # no random serial numbers, no names of programs
# An attack that names another file or a server; tests.fuzz.watch sees whoever follows it.
CANARY, PORT = "canary.wav", 47_391
ADDRESSES = (
    CANARY,
    f"file:{CANARY}",
    f"http://127.0.0.1:{PORT}/a.ogg",
    f"tcp://127.0.0.1:{PORT}",
    f"rtsp://127.0.0.1:{PORT}/a",
    f"concat:{CANARY}|{CANARY}",
    f"subfile,,start,0,end,0,,:{CANARY}",
)
LISTS = (
    "#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n{}\n#EXT-X-ENDLIST\n",
    "ffconcat version 1.0\nfile '{}'\n",
    "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=a\nc=IN IP4 127.0.0.1\nt=0 0\n"
    "m=audio 47391 RTP/AVP 0\na={}\n",
    "RTSPtext\nrtsp://127.0.0.1:47391/\n{}\n",
    '<svg xmlns="http://www.w3.org/2000/svg"><image href="{}"/></svg>',
    "[playlist]\nFile1={}\nNumberOfEntries=1\n",
)

NAMES = tuple(sorted({*odd_files.PLAIN, *sounds.CODECS} - {"mp4"}))
# Those that a fuzzer should know best: half of all files.
COMMON = (
    *("ogg", "oga with vorbis", "oga with flac", "spx", "opus in packets of 60 ms"),
    *("wav", "wav of 24 bits", "wav with adpcm of Microsoft", "wav with g726"),
    *("mp3", "mp3 of changing rate", "mp2", "m4a", "3gp", "mp4 in fragments", "qta with ima"),
    *("mka", "webm", "webm of a live stream", "flac", "flac of 24 bits", "amr", "awb"),
)


@cache
def seed(name: str) -> bytes:
    """A file of `tests.odd_files.PLAIN` or `tests.sounds.CODECS`, by its name there."""
    options = odd_files.PLAIN.get(name) or sounds.CODECS[name]
    ending = name.partition(" ")[0]
    return sounds.ffmpeg(
        f"-f f32le -ar {sounds.RATE} -ac 1 -i pipe:0 -ar 48000 {options} {SAME}",
        ending,
        np.asarray(sounds.speech(SECONDS), "<f4").tobytes(),
    )
