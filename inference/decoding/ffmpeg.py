"""A stranger's file and its container go in, raw samples and ffmpeg's complaints come out.

ffmpeg runs in a cage: one demuxer, decoders of sound only, bounded memory, time and length, no
environment, no network, nothing written to any disk.
"""

import os
import resource
import select
import shutil
import signal
import subprocess
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from typing import BinaryIO

import imageio_ffmpeg

TIMEOUT = 20.0  # s of wall clock; five minutes of any codec take under 1 s
CPU_SECONDS = 15
ADDRESS_SPACE = 1024**3  # bytes; an ordinary note needs a quarter of it
OPEN_FILES = 32
MESSAGES = 1024**2  # bytes that ffmpeg may write beside the samples

# Sound only: most holes that were found in ffmpeg are in decoders of pictures and of games.
DECODERS = (
    "opus,libopus,vorbis,libvorbis,flac,mp3float,mp3,mp2float,mp2,aac,alac,ac3,eac3,"
    "amrnb,amrwb,libopencore_amrnb,libopencore_amrwb,gsm_ms,libgsm_ms,"
    "pcm_s16le,pcm_s16be,pcm_s24le,pcm_s24be,pcm_s32le,pcm_s32be,pcm_f32le,pcm_f32be,pcm_f64le,"
    "pcm_f64be,pcm_u8,pcm_s8,pcm_alaw,pcm_mulaw,adpcm_ms,adpcm_ima_wav,adpcm_ima_qt"
)


@dataclass(frozen=True)
class Decoded:
    """What one run of ffmpeg left."""

    samples: bytes  # 16-bit little-endian, mono, at the rate asked for
    complaint: str  # its error messages, one a line; empty when it was content
    overran: bool  # it was stopped because its time was up


@cache
def program() -> str:
    """The ffmpeg of this machine, else the one that pip brought."""
    return shutil.which("ffmpeg") or str(imageio_ffmpeg.get_ffmpeg_exe())


def run(data: bytes, container: str, sample_rate: int, max_seconds: float) -> Decoded:
    """Decode the first sound track of `data`, at most `max_seconds` of it."""
    # Files without a name: MP4 needs a seekable input, the outputs need no reader that could block,
    # and all three are gone with the last process that holds them, also on a read-only disk.
    with _nameless("note") as note, _nameless("samples") as samples, _nameless("words") as words:
        note.write(data)
        note.flush()
        command = _command(note.fileno(), container, sample_rate, max_seconds)
        size = round(max_seconds * sample_rate) * 2
        status = _status(command, note, samples, words, max(size, MESSAGES))
        complaint = _complaint(_content(words))
        if status and not complaint:
            complaint = f"ffmpeg ended with status {status}"
        return Decoded(
            # `-t` looks at the file's own clock, which may stand still; this limit does not.
            samples=_content(samples)[:size],
            complaint=complaint,
            overran=status in (-signal.SIGKILL, -signal.SIGXCPU),
        )


def _status(
    command: list[str], note: BinaryIO, samples: BinaryIO, words: BinaryIO, file_size: int
) -> int:
    """Run to the end, or to the end of its time; nothing of it is left when this returns."""
    # The child holds the other end of a pipe: when it ends, ours can be read. Popen.wait with a
    # timeout would sleep between looks and add up to 50 ms to every note.
    reader, writer = os.pipe()
    with os.fdopen(reader) as ended, os.fdopen(writer, "w") as alive:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=samples,
            stderr=words,
            pass_fds=(note.fileno(), alive.fileno()),
            env={"MALLOC_ARENA_MAX": "1"},  # no token, no proxy, no FFREPORT
            start_new_session=True,
        )
        try:
            alive.close()
            _limit(process.pid, file_size)
            end = select.poll()  # select.select takes no descriptor above 1023
            end.register(ended)
            if end.poll(TIMEOUT * 1000):
                with suppress(subprocess.TimeoutExpired):
                    process.wait(TIMEOUT)  # a moment, though a busy machine may stretch it
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
        return process.wait()


def _command(note: int, container: str, sample_rate: int, max_seconds: float) -> list[str]:
    mov = "-enable_drefs 0 -use_absolute_path 0" if container == "mov" else ""  # no sound elsewhere
    arguments = (
        "-nostdin -hide_banner -v error -filter_threads 1 -threads 1 "
        f"-protocol_whitelist file -codec_whitelist {DECODERS} "
        f"-f {container} {mov} -i file:/proc/self/fd/{note} -map 0:a:0 -vn -sn -dn "
        f"-t {max_seconds:.3f} -ac 1 -ar {sample_rate} -f s16le pipe:1"
    )
    return [program(), *arguments.split()]


def _limit(process: int, file_size: int) -> None:
    # From outside: code between fork and exec is not safe in a process with threads.
    limits = {
        resource.RLIMIT_AS: ADDRESS_SPACE,
        resource.RLIMIT_CPU: CPU_SECONDS,
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


def _complaint(words: bytes) -> str:
    """What ffmpeg said, but for the films whose pictures it was told not to decode."""
    lines = words.decode(errors="replace").splitlines()
    mild = ("not on whitelist", "Last message repeated")
    return "\n".join(line for line in lines if not any(mark in line for mark in mild))


def _nameless(purpose: str) -> BinaryIO:
    return os.fdopen(os.memfd_create(purpose), "w+b")


def _content(file: BinaryIO) -> bytes:
    file.seek(0)
    return file.read()
