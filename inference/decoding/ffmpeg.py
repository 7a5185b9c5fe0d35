"""A stranger's file and its container go in, raw samples and what ffmpeg said of them come out.

ffmpeg runs in a cage: one demuxer, decoders of sound only, bounded memory, time and length, no
environment, no address or path of any file: it reads the one it is given as its standard input.
"""

import mmap
import os
import re
import resource
import select
import shutil
import signal
import subprocess
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass
from functools import cache
from io import FileIO
from typing import BinaryIO

import imageio_ffmpeg

from inference.decoding import messages
from inference.decoding.containers import Container
from inference.decoding.messages import Track

TIMEOUT = 20.0  # s of wall clock; five minutes of any codec take under 1 s
CPU_SECONDS = 15
PACE = 0.1  # s more, of both, for each second that may be decoded: the machine may be busy
COUNTED = 6_000_000  # bytes of a file that get a second when packets are counted; AMR's take 0.6
SPARSE = 1_000  # bytes of sound that last a second at least, when time is allotted
LONGEST = 12 * 3600.0  # s that are decoded where there is no other limit: 1.4 GB of samples
ADDRESS_SPACE = 1024**3  # bytes; an ordinary note needs a quarter of it
DATA = 128 * 1024**2  # bytes of it that are its own, and 2 for each of the file, for its index:
# an ordinary note needs 70 MB, a resampler from 268 MHz asked for 314
OPEN_FILES = 32
MESSAGES = 1024**2  # bytes that ffmpeg may write beside the samples

ENVIRONMENT = {  # no token, no proxy, no FFREPORT
    "MALLOC_ARENA_MAX": "1",
    # A static ffmpeg crashes on the machine's own gconv modules, which it loads for the names of
    # the programmes in an MPEG transport stream; without any it leaves the names as they are.
    "GCONV_PATH": "/dev/null",
}

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
        command, stdin=subprocess.DEVNULL, capture_output=True, env=ENVIRONMENT, check=False
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
    output = f"{wanted} -t {seconds:.3f} -ar {sample_rate} -f s16le pipe:1"
    size = round(seconds * sample_rate) * 2
    most = min(2 * size, round(LONGEST * sample_rate) * 2)
    # Files without a name: MP4 needs a seekable input, the outputs need no reader that could block,
    # and all three are gone with the last process that holds them, also on a read-only disk.
    with _opened(source) as note, _nameless("samples") as samples, _nameless("words") as words:
        command = _command(container, stream, output)
        extra = extra_seconds(os.fstat(note.fileno()).st_size, max_seconds)
        cpu, largest = CPU_SECONDS + round(extra), max(most, MESSAGES)
        status = _status(command, note, samples, words, largest, cpu, TIMEOUT + extra)
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
        cpu = min(CPU_SECONDS, 2 + os.fstat(note.fileno()).st_size // COUNTED)
        _status(command, note, told, words, MESSAGES, cpu, TIMEOUT)
        progress = _content(told, MESSAGES)
    times = re.findall(rb"^out_time=(\d+):(\d\d):(\d\d\.\d+)", progress, re.MULTILINE)
    if not times:
        return None
    hours, minutes, seconds = map(float, times[-1])
    return 3600 * hours + 60 * minutes + seconds


def _status(
    command: list[str],
    note: BinaryIO | FileIO,
    output: BinaryIO,
    words: BinaryIO,
    file_size: int,
    cpu_seconds: int,
    timeout: float,
) -> int:
    """Run to the end, or to the end of its time; nothing of it is left when this returns.

    `file_size` in bytes bounds what it writes, `timeout` in s how long it runs.
    """
    # The child holds the other end of a pipe: when it ends, ours can be read. Popen.wait with a
    # timeout would sleep between looks and add up to 50 ms to every note.
    os.lseek(note.fileno(), 0, os.SEEK_SET)  # where whoever read it left off is where ffmpeg begins
    reader, writer = os.pipe()
    with os.fdopen(reader) as ended, os.fdopen(writer, "w") as alive:
        process = subprocess.Popen(
            command,
            stdin=note,
            stdout=output,
            stderr=words,
            pass_fds=(alive.fileno(),),
            env=ENVIRONMENT,
            start_new_session=True,
        )
        try:
            alive.close()
            data = DATA + 2 * os.fstat(note.fileno()).st_size
            _limit(process.pid, file_size, cpu_seconds, data)
            end = select.poll()  # select.select takes no descriptor above 1023
            end.register(ended)
            if end.poll(timeout * 1000):
                with suppress(subprocess.TimeoutExpired):
                    process.wait(TIMEOUT)  # a moment, though a busy machine may stretch it
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
        return process.wait()


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


def _limit(process: int, file_size: int, cpu_seconds: int, data: int) -> None:
    # From outside: code between fork and exec is not safe in a process with threads.
    limits = {
        resource.RLIMIT_AS: ADDRESS_SPACE,
        resource.RLIMIT_DATA: data,
        resource.RLIMIT_CPU: cpu_seconds,
        resource.RLIMIT_FSIZE: file_size,
        resource.RLIMIT_NOFILE: OPEN_FILES,
        resource.RLIMIT_CORE: 0,
    }
    with suppress(ProcessLookupError):  # it has ended already
        for kind, limit in limits.items():
            _, most = resource.prlimit(process, kind)
            if most != resource.RLIM_INFINITY:
                limit = min(limit, most)  # ours may be in a smaller cage already
            resource.prlimit(process, kind, (limit, limit))


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
