"""A stranger's file and its container go in, raw samples and what ffmpeg said of them come out.

ffmpeg runs in a cage: one demuxer, decoders of sound only, bounded memory, time and length, no
environment, no address or path of any file: it reads the one it is given as its standard input.
"""

import math
import mmap
import os
import re
import shutil
import signal
import subprocess
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass
from functools import cache
from io import FileIO
from typing import BinaryIO

import imageio_ffmpeg

from inference.decoding import confined, messages
from inference.decoding.containers import Container
from inference.decoding.messages import Track

TIMEOUT = 20.0  # s of wall clock
PACE = 0.1  # s more for each second that may be decoded: the machine may be busy
CPU_SECONDS = 2.0  # s of processor time, and for each second that may be decoded so much more:
CPU_PACE = 0.02  # five minutes of Opus take 0.9 s here, and may take 8 on a small machine
MOST_COUNTING = 15  # s of processor time in which packets are counted
COUNTED = 6_000_000  # bytes of a file that get a second when packets are counted; AMR's take 0.6
SPARSE = 1_000  # bytes of sound that last a second at least, when time is allotted
# Packets that are decoded, in all or for each second that may be: each costs 15 us, whatever is in
# it, and an MP4 may have one a sample. Opus in its shortest packets, of 2.5 ms, has 400 a second.
MOST_PACKETS, PACKETS_A_SECOND = 120_000, 400
LONGEST = 12 * 3600.0  # s that are decoded where there is no other limit: 1.4 GB of samples
MESSAGES = 1024**2  # bytes that ffmpeg may write beside the samples

# Sound only: most holes that were found in ffmpeg are in decoders of pictures and of games. These
# are what phones, messengers, recorders, browsers, film makers and telephone lines write.
DECODERS = (
    "opus,libopus,vorbis,libvorbis,flac,mp3float,mp3,mp2float,mp2,mp1float,mp1,aac,aac_latm,alac,"
    "ac3,eac3,dca,wmav1,wmav2,wmapro,wmavoice,wmalossless,wavpack,tta,speex,libspeex,"
    "amrnb,amrwb,libopencore_amrnb,libopencore_amrwb,gsm,gsm_ms,libgsm,libgsm_ms,"
    "g722,g723_1,g726,g726le,g729,ilbc,qcelp,truespeech,nellymoser,"
    "pcm_s16le,pcm_s16be,pcm_s24le,pcm_s24be,pcm_s32le,pcm_s32be,pcm_f32le,pcm_f32be,pcm_f64le,"
    "pcm_f64be,pcm_u8,pcm_s8,pcm_u16le,pcm_u16be,pcm_alaw,pcm_mulaw,pcm_dvd,pcm_bluray,"
    "adpcm_ms,adpcm_ima_wav,adpcm_ima_qt,adpcm_swf,adpcm_yamaha"
)


INPUT = "fd"  # ffmpeg's protocol for what it is given open, with nothing named: its standard input

# ffmpeg 7.0's own decoder of wide-band Speex writes each frame twice as long as it is.
SPEEX = "libspeex"


@dataclass(frozen=True)
class Decoded:
    """What one run of ffmpeg left."""

    samples: memoryview  # 16-bit little-endian, interleaved, at the rate asked for
    channels: int  # 1 or 2
    tracks: tuple[Track, ...]  # the sound tracks of the file
    complaint: str  # its error messages, one a line; empty when it was content
    overran: bool  # it was stopped because its time was up


def programs() -> list[str]:
    """The ffmpeg of this machine, where there is one, and the one that pip brought."""
    found = [shutil.which("ffmpeg")]
    with suppress(RuntimeError):  # pip brought none for this machine
        found.append(str(imageio_ffmpeg.get_ffmpeg_exe()))
    return list(dict.fromkeys(path for path in found if path))


@cache
def program() -> str:
    """The first ffmpeg that starts and can seek in what it is given open, as they do from 6.0 on.

    Raises RuntimeError where there is none.
    """
    for path in programs():
        with suppress(OSError):
            if INPUT.encode() in _told(path, "-protocols").split():
                return path
    raise RuntimeError("no ffmpeg of 6.0 or newer starts here")


@cache
def _has(decoder: str) -> bool:
    """Whether this ffmpeg was built with a decoder."""
    told = _told(program(), "-v", "quiet", "-h", f"decoder={decoder}")
    return told.startswith(f"Decoder {decoder}".encode())


def _told(path: str, *arguments: str) -> bytes:
    command = [path, "-hide_banner", *arguments]
    return subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        env=confined.ENVIRONMENT,
        check=False,
    ).stdout


def run(
    source: bytes | FileIO,
    container: Container,
    sample_rate: int,
    max_seconds: float,
    stream: int | None = None,
) -> Decoded:
    """Decode a sound track of a file, the first one or that of a `Track`'s stream.

    At most `max_seconds` of it, and `LONGEST` of one channel or half of that of two. More than two
    channels become two.
    """
    seconds = min(max_seconds, LONGEST)
    wanted = "-af aformat=channel_layouts=mono|stereo"
    packets = max(MOST_PACKETS, round(PACKETS_A_SECOND * seconds))
    output = f"{wanted} -t {seconds:.3f} -frames:a {packets} -ar {sample_rate} -f s16le pipe:1"
    size = round(seconds * sample_rate) * 2
    most = min(2 * size, round(LONGEST * sample_rate) * 2)
    # Files without a name: MP4 needs a seekable input, the outputs need no reader that could block,
    # and all three are gone with the last process that holds them, also on a read-only disk.
    with _opened(source) as note, _nameless("samples") as samples, _nameless("words") as words:
        command = _command(container, stream, output)
        extra = extra_seconds(os.fstat(note.fileno()).st_size, max_seconds)
        cpu = math.ceil(CPU_SECONDS + CPU_PACE / PACE * extra)
        largest = max(most, MESSAGES)
        status = confined.run(command, note, samples, words, largest, cpu, TIMEOUT + extra)
        said = messages.read(_content(words, MESSAGES))
        complaint = said.complaint
        if status and not complaint:
            complaint = f"ffmpeg ended with status {status}"
        return Decoded(
            # `-t` looks at the file's own clock, which may stand still; this limit does not.
            samples=_mapped(samples)[: min(most, said.channels * size)],
            channels=said.channels,
            tracks=said.tracks,
            complaint=complaint,
            overran=status in (-signal.SIGKILL, -signal.SIGXCPU),
        )


def extra_seconds(size: int, max_seconds: float) -> float:
    """Seconds beyond `TIMEOUT` that decoding a file of `size` bytes may take."""
    return PACE * min(max_seconds, LONGEST, size / SPARSE)


def duration(
    source: bytes | FileIO, container: Container, stream: int | None = None
) -> float | None:
    """Seconds of a sound track, counted by its packets: nothing is decoded.

    None where ffmpeg cannot tell; too few where there are more packets than any codec writes, as in
    a WAV of 1 Hz, which has one for each sample.
    """
    output = "-c copy -progress pipe:1 -f null -"
    with _opened(source) as note, _nameless("progress") as told, _nameless("words") as words:
        command = _command(container, stream, output)
        cpu = min(MOST_COUNTING, 2 + os.fstat(note.fileno()).st_size // COUNTED)
        confined.run(command, note, told, words, MESSAGES, cpu, TIMEOUT)
        progress = _content(told, MESSAGES)
    times = re.findall(rb"^out_time=(\d+):(\d\d):(\d\d\.\d+)", progress, re.MULTILINE)
    if not times:
        return None
    hours, minutes, seconds = map(float, times[-1])
    return 3600 * hours + 60 * minutes + seconds


def _command(container: Container, stream: int | None, output: str) -> list[str]:
    # Neither `file` nor any protocol of a network: no address in a file is one of these.
    name, place, protocols = container.demuxer, f"{INPUT}:", INPUT
    if container.start:  # only the file's end, which MP4's own places are counted in
        place = f"subfile,,start,{container.start},end,0,,:{place}"
        protocols = f"{INPUT},subfile"
    mov = "-enable_drefs 0 -use_absolute_path 0" if name == "mov" else ""  # no sound elsewhere
    decoder = f"-c:a {SPEEX}" if container.is_speex and _has(SPEEX) else ""
    track = "0:a:0" if stream is None else f"0:{stream}"
    # `-format_whitelist`: what stands in an AVI's subtitles is no other file either.
    arguments = (
        "-nostdin -hide_banner -nostats -v level+info -filter_threads 1 -threads 1 "
        f"-protocol_whitelist {protocols} -codec_whitelist {DECODERS} -format_whitelist {name} "
        f"-f {name} {mov} {decoder} -i {place} -map {track} -vn -sn -dn {output}"
    )
    return [program(), *arguments.split()]


def _opened(source: bytes | FileIO) -> AbstractContextManager[BinaryIO | FileIO]:
    """A file that another process can read and seek in; it stays open where it was."""
    if isinstance(source, FileIO):
        return nullcontext(source)
    note = _nameless("note")
    note.write(source)
    note.flush()
    return note


def _nameless(purpose: str) -> BinaryIO:
    return os.fdopen(os.memfd_create(purpose), "w+b")


def _content(file: BinaryIO, most: int) -> bytes:
    file.seek(0)
    return file.read(most)


def _mapped(file: BinaryIO) -> memoryview:
    """The content without a copy; it lives as long as somebody holds it."""
    if not os.fstat(file.fileno()).st_size:
        return memoryview(b"")
    return memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
