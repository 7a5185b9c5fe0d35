"""What a player opens is heard: containers and codecs, junk in front, cuts, channels, tracks."""

import pytest

from inference.decoding.audio import SAMPLE_RATE, decode
from tests import odd_files, sounds
from tests.inference.decoding.test_audio import likeness
from tests.odd_files import BARE, FILMS, FRAMES, JUNK, PLAIN

VOICE = sounds.speech(4.0)
OTHER = sounds.speech(4.0, pitch=220.0, seed=7)
NARROW = ("8 kHz", "amr", "3ga", "mulaw", "alaw", "g72")  # in the name of what keeps less


def heard(data: bytes, name: str, seconds: float = 4.0) -> None:
    samples = decode(data, 300)
    assert len(samples) / SAMPLE_RATE == pytest.approx(seconds, abs=0.15)
    assert likeness(samples, VOICE) > (0.85 if any(mark in name for mark in NARROW) else 0.95)


@pytest.mark.parametrize("name", PLAIN)
def test_a_container_and_its_codec_are_heard(name: str) -> None:
    heard(odd_files.plain(name, VOICE), name)


@pytest.mark.parametrize("name", FILMS)
def test_a_film_is_heard(name: str) -> None:
    heard(odd_files.film(name, VOICE), name)


@pytest.mark.parametrize("junk", JUNK)
@pytest.mark.parametrize("name", BARE)
def test_filling_in_front_is_passed_over(name: str, junk: str) -> None:
    heard(JUNK[junk] + odd_files.plain(name, VOICE), name)


@pytest.mark.parametrize("name", FRAMES)
def test_a_stream_that_was_cut_in_a_frame_is_heard_from_the_next_one(name: str) -> None:
    samples = decode(odd_files.cut_in_a_frame(name, VOICE), 300)
    assert 3.5 < len(samples) / SAMPLE_RATE < 4.05
    assert likeness(samples, VOICE) > 0.9


@pytest.mark.parametrize("name", ["mp3", "aac", "ac3"])
def test_whatever_stands_before_frames_is_passed_over(name: str) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: audio/mpeg\r\n\r\n"
    heard(head + odd_files.plain(name, VOICE), name)


def test_a_file_of_a_speech_laboratory_is_heard() -> None:
    heard(odd_files.nist(VOICE), "nist")


def test_a_wav_of_no_known_length_is_heard() -> None:
    heard(odd_files.unfinished_wav(VOICE), "wav")


@pytest.mark.parametrize("page_ms", [1000, 4000])
@pytest.mark.parametrize("share", [0.05, 0.4, 0.9])
def test_an_ogg_that_was_cut_in_its_last_page_is_heard_up_to_there(
    page_ms: int, share: float
) -> None:
    samples = decode(odd_files.cut_ogg(VOICE, page_ms, share + 0.05), 300)
    begin = 4.0 - (page_ms / 1000 if page_ms == 4000 else 1.0)
    assert len(samples) / SAMPLE_RATE > begin + share * (4.0 - begin) - 0.35
    assert likeness(samples, VOICE[: len(samples)]) > 0.9


def test_an_ogg_without_its_last_page_is_heard() -> None:
    samples = decode(odd_files.cut_ogg(VOICE, 1000, 0.0), 300)
    assert 2.9 < len(samples) / SAMPLE_RATE < 4.0


def test_a_live_streams_clock_is_no_silence_in_front() -> None:
    heard(odd_files.late_ogg(VOICE), "ogg")
