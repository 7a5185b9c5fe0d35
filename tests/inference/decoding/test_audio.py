"""Whatever people send becomes the same 16 kHz sound, or one clear error."""

import os
import struct
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest

from inference.decoding import ffmpeg
from inference.decoding.audio import MAX_BYTES, SAMPLE_RATE, decode
from inference.decoding.containers import Container
from inference.errors import Empty, NoAudio, TookTooLong, TooLarge, Undecodable
from tests import odd_files, sounds
from tests.sounds import Sound

VOICE = sounds.speech(4.0)


def likeness(one: Sound, other: Sound) -> float:
    """The highest correlation of two sounds over all shifts, 0..1."""
    size = len(one) + len(other)
    shifts = np.fft.irfft(np.fft.rfft(one, size) * np.fft.rfft(other, size).conj())
    return float(shifts.max() / np.linalg.norm(one) / np.linalg.norm(other))


@pytest.mark.parametrize("container", sounds.CODECS)
def test_every_container_holds_the_same_sound(container: str) -> None:
    channels = 1 if container in ("amr", "3gp") else 2
    samples = decode(sounds.encode(VOICE, container, channels=channels), 300)
    assert samples.dtype == np.float32
    assert len(samples) / SAMPLE_RATE == pytest.approx(4.0, abs=0.05)
    assert likeness(samples, VOICE) > (0.9 if container in ("amr", "3gp") else 0.97)


def test_both_channels_are_heard() -> None:
    left, right = (
        sounds.encode(sounds.tone(2, 300), "wav"),
        sounds.encode(sounds.tone(2, 700), "wav"),
    )
    stereo = np.stack([decode(left, 9), decode(right, 9)], axis=1).reshape(-1)
    data = sounds.ffmpeg(f"-f f32le -ar {SAMPLE_RATE} -ac 2 -i pipe:0", "wav", stereo.tobytes())
    spectrum = np.abs(np.fft.rfft(decode(data, 9)))
    assert sorted(np.argsort(spectrum)[-2:] / 2) == [300, 700]


def test_a_chained_ogg_is_heard_to_its_end() -> None:
    data = sounds.encode(VOICE, "ogg") + sounds.encode(sounds.tone(2), "ogg")
    assert len(decode(data, 300)) / SAMPLE_RATE == pytest.approx(6.0, abs=0.05)


def test_titles_before_the_sound_are_skipped() -> None:
    mp3 = sounds.ffmpeg("-f lavfi -i sine -t 2 -metadata title=ID3", "mp3")
    size = 10 + mp3[9] + (mp3[8] << 7)
    assert mp3[:3] == b"ID3"
    for container in ("flac", "aac", "mp3"):
        bare = sounds.encode(VOICE, container)
        samples = decode(mp3[:size] + bare, 300)
        assert len(samples) / SAMPLE_RATE == pytest.approx(4.0, abs=0.1)


def test_a_film_without_sound_says_so() -> None:
    film = sounds.ffmpeg("-f lavfi -i testsrc=size=64x64:rate=10 -t 2", "mp4")
    with pytest.raises(NoAudio):
        decode(film, 300)


@pytest.mark.parametrize("container", ["ogg", "mp3", "wav", "flac", "mp4"])
def test_the_shortest_sound_is_a_sound(container: str) -> None:
    assert 0 < len(decode(sounds.encode(VOICE[:3200], container), 300)) / SAMPLE_RATE < 0.4


@pytest.mark.parametrize("container", ["ogg", "mp3", "m4a", "wav", "flac", "webm"])
def test_a_recording_is_cut_at_the_cap(container: str) -> None:
    samples = decode(sounds.encode(VOICE, container), 1.5)
    assert len(samples) / SAMPLE_RATE == pytest.approx(1.5, abs=0.03)
    assert len(samples) <= 1.5 * SAMPLE_RATE


BOMBS = {  # container: options that make a minute tiny; it is then repeated without encoding again
    "ogg": "-c:a libopus -b:a 6k -frame_duration 120",
    "flac": "-c:a flac -ar 8000 -frame_size 65535",
}


@pytest.mark.parametrize("container", BOMBS)
def test_twenty_hours_of_silence_cost_no_more_than_a_note(container: str, tmp_path: Path) -> None:
    minute = tmp_path / f"minute.{container}"
    silent = f"-f lavfi -i anullsrc=r=48000:cl=mono -t 60 {BOMBS[container]}"
    minute.write_bytes(sounds.ffmpeg(silent, container))
    bomb = tmp_path / f"bomb.{container}"
    repeated = f"-stream_loop 1199 -i {minute} -c copy"
    bomb.write_bytes(sounds.ffmpeg(repeated, container))
    assert bomb.stat().st_size < MAX_BYTES
    script = (
        "import pathlib, resource, sys\n"
        "from inference.decoding.audio import decode\n"
        "data = pathlib.Path(sys.argv[1]).read_bytes()\n"
        "samples = decode(data, 300)\n"
        "usage = resource.getrusage(resource.RUSAGE_CHILDREN)\n"
        "print(len(samples), usage.ru_utime + usage.ru_stime, usage.ru_maxrss // 1024)\n"
    )
    command = [sys.executable, "-c", script, str(bomb)]
    printed = subprocess.run(command, capture_output=True, check=True, text=True).stdout.split()
    assert int(printed[0]) == pytest.approx(300 * SAMPLE_RATE, abs=100)
    assert float(printed[1]) < 5.0  # s of CPU
    assert int(printed[2]) < 200  # MB of ffmpeg


@pytest.mark.parametrize("container", ["ogg", "mp3", "wav", "flac", "amr", "webm"])
def test_what_is_left_of_a_truncated_file_is_heard(container: str) -> None:
    whole = sounds.encode(VOICE, container)
    samples = decode(whole[: len(whole) * 2 // 3], 300)
    assert 1.0 < len(samples) / SAMPLE_RATE < 3.5
    assert likeness(samples, VOICE[: len(samples)]) > 0.9


def test_a_film_cut_before_its_index_is_refused_in_the_words_of_ffmpeg() -> None:
    whole = sounds.encode(VOICE, "m4a")
    with pytest.raises(Undecodable, match="moov atom not found"):
        decode(whole[: len(whole) // 2], 300)


def test_nothing_is_empty() -> None:
    with pytest.raises(Empty):
        decode(b"", 300)


def test_a_file_over_the_limit_is_not_looked_into() -> None:
    with pytest.raises(TooLarge, match=str(MAX_BYTES)):
        decode(b"OggS" + bytes(MAX_BYTES), 300)


@pytest.mark.parametrize(
    "magic",
    [
        b"",
        b"OggS",
        b"ID3\3\0\0\0\0\0\0",
        b"\xff\xfb\x90\x64",
        b"\xff\xf1\x50\x80",
        b"fLaC",
        b"\0\0\0\x20ftypM4A ",
        b"RIFF\0\0\1\0WAVEfmt ",
        b"\x1a\x45\xdf\xa3",
        b"caff\0\1\0\0",
        b"FORM\0\0\1\0AIFF",
    ],
)
def test_random_bytes_are_no_sound(magic: bytes) -> None:
    with pytest.raises(Undecodable):
        decode(magic + np.random.default_rng(0).bytes(50_000), 300)


def test_a_picture_with_the_name_of_a_sound_is_no_sound() -> None:
    for suffix in ("png", "jpg", "gif", "webp"):
        picture = sounds.ffmpeg("-f lavfi -i testsrc=size=64x64 -frames:v 1", suffix)
        with pytest.raises(Undecodable):
            decode(picture, 300)


def test_a_sound_file_without_samples_is_refused() -> None:
    with pytest.raises(Undecodable):
        decode(sounds.encode(VOICE, "wav")[:44], 300)


def test_the_decoder_is_stopped_when_its_time_is_up(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program = _program(tmp_path, f"sleep 60 & echo $! > {tmp_path}/child; wait")
    monkeypatch.setattr(ffmpeg, "program", lambda: program)
    monkeypatch.setattr(ffmpeg, "TIMEOUT", 0.5)
    start = time.monotonic()
    with pytest.raises(TookTooLong):
        decode(b"OggS", 300)
    assert time.monotonic() - start < 30  # s; the decoder would take 60
    assert _ends(int((tmp_path / "child").read_text()))  # the whole group, not only its leader


def test_a_decoder_that_only_burns_time_is_stopped(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program = _program(tmp_path, "while :; do :; done")
    monkeypatch.setattr(ffmpeg, "program", lambda: program)
    monkeypatch.setattr(ffmpeg, "CPU_SECONDS", 1)
    with pytest.raises(TookTooLong):
        decode(b"OggS", 300)


def test_packets_of_a_sample_each_are_counted_for_a_moment() -> None:
    """A WAV of 1 Hz has more packets than any codec writes."""
    data = bytearray(sounds.encode(sounds.silence(10.0), "wav"))
    place = data.index(b"fmt ") + 12
    data[place : place + 8] = struct.pack("<II", 1, 2)  # Hz, bytes a second
    data += bytes(4_000_000)
    before = os.times()
    length = ffmpeg.duration(bytes(data), Container("wav"))
    after = os.times()
    assert length is not None
    assert length > 100.0
    used = after.children_user + after.children_system
    assert used - before.children_user - before.children_system < 4.0  # all of them take 7


def test_a_rate_beyond_all_recorders_takes_no_memory() -> None:
    """The resampler's filter grows with the rate; three channels at 268 MHz took 314 MB."""
    data = bytearray(odd_files.plain("wav of three channels", sounds.speech(1.0)))
    place = data.index(b"fmt ") + 12
    data[place : place + 4] = struct.pack("<I", 0x1000BB80)
    before = os.times()
    with pytest.raises(Undecodable, match="resampler"):
        decode(bytes(data), 300)
    after = os.times()
    used = after.children_user + after.children_system
    assert used - before.children_user - before.children_system < 1.0  # it was 2.2


def test_the_decoder_can_write_no_more_than_the_cap(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program = _program(tmp_path, "exec cat /dev/zero")
    monkeypatch.setattr(ffmpeg, "program", lambda: program)
    assert len(ffmpeg.run(b"", Container("ogg"), SAMPLE_RATE, 10).samples) == 320_000


def test_the_decoder_knows_none_of_our_secrets(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program = _program(tmp_path, "exec env")
    monkeypatch.setattr(ffmpeg, "program", lambda: program)
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "12345:secret")
    environment = bytes(ffmpeg.run(b"", Container("ogg"), SAMPLE_RATE, 10).samples)
    assert b"MALLOC_ARENA_MAX" in environment
    assert b"secret" not in environment


def test_nothing_stays_on_disk_or_open(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    good, bad = sounds.encode(VOICE, "m4a"), sounds.encode(VOICE, "m4a")[:9000]
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    before = _open()
    for _ in range(3):
        decode(good, 300)
        with pytest.raises(Undecodable):
            decode(bad, 300)
    assert not list(tmp_path.iterdir())
    assert _open() <= before
    assert "ffmpeg" not in _children()


def test_notes_are_decoded_side_by_side() -> None:
    data = [sounds.encode(sounds.tone(1 + n), "ogg") for n in range(4)]
    with ThreadPoolExecutor(4) as pool:
        lengths = pool.map(lambda note: len(decode(note, 300)), data * 3)
        assert list(lengths) == [SAMPLE_RATE * (1 + n) for n in range(4)] * 3


def test_no_ffmpeg_is_needed_on_the_path_and_nobody_warns(tmp_path: Path) -> None:
    note = tmp_path / "note.ogg"
    note.write_bytes(sounds.encode(VOICE, "ogg"))
    script = (
        "import pathlib, sys\n"
        "from inference.decoding.audio import decode\n"
        "print(len(decode(pathlib.Path(sys.argv[1]).read_bytes(), 300)))\n"
    )
    environment = {"PATH": str(tmp_path), "PYTHONPATH": str(Path(__file__).parents[3])}
    command = [sys.executable, "-W", "error", "-c", script, str(note)]
    printed = subprocess.run(command, env=environment, capture_output=True, check=True, text=True)
    assert int(printed.stdout) == 4 * SAMPLE_RATE
    assert not printed.stderr


def _program(folder: Path, script: str) -> str:
    """A program that stands in for ffmpeg and does what this script says."""
    path = folder / "ffmpeg"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return str(path)


def _ends(process: int) -> bool:
    """Whether a process is gone, or dead and only waits to be counted, within ten seconds."""
    for _ in range(1000):
        try:
            state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
        except (FileNotFoundError, ProcessLookupError):  # the second when it ends while it is read
            return True
        if state == "Z":
            return True
        time.sleep(0.01)
    return False


def _children() -> str:
    """The names of this process's children, dead ones that nobody waited for too."""
    numbers: list[str] = []
    for thread in Path("/proc/self/task").iterdir():
        with suppress(FileNotFoundError, ProcessLookupError):  # a thread that ended meanwhile
            numbers += (thread / "children").read_text().split()
    names = []
    for number in numbers:
        with suppress(FileNotFoundError, ProcessLookupError):  # another test's, ended meanwhile
            names.append(Path(f"/proc/{number}/comm").read_text())
    return " ".join(names)


def _open() -> int:
    """Open files and pipes of this process; its sockets are those of other tests, of Ray's too."""
    found = 0
    for descriptor in Path("/proc/self/fd").iterdir():
        with suppress(FileNotFoundError):  # the folder's own
            found += not str(descriptor.readlink()).startswith(("socket:", "anon_inode:"))
    return found
