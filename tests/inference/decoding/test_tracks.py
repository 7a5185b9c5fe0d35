"""Of several sound tracks one is heard: the default one, else the first with sound in it."""

import pytest

from inference.decoding import messages
from inference.decoding.audio import SAMPLE_RATE, hear
from inference.decoding.messages import Track
from inference.errors import Undecodable
from tests import odd_files, sounds
from tests.inference.decoding.test_audio import likeness
from tests.sounds import Sound

VOICE = sounds.speech(3.0)
MUSIC, SILENCE = sounds.music(3.0), sounds.silence(3.0)
OPTIONS = {
    "mka": "-c:a libopus -ar 48000",
    "mp4": "-c:a aac -ar 48000",
    "mov": "-c:a alac -ar 48000",
    "wma": "-c:a wmav2 -ar 48000",
    "ts": "-c:a aac -ar 48000 -f mpegts",
}


def heard(files: list[Sound], default: int, container: str) -> tuple[int, int, float]:
    data = odd_files.tracks(files, default, OPTIONS[container], container)
    audio = hear(data, 300)
    assert len(audio.samples) / SAMPLE_RATE == pytest.approx(3.0, abs=0.15)
    return audio.track, audio.tracks, likeness(audio.samples.astype("float32"), VOICE)


@pytest.mark.parametrize("container", OPTIONS)
def test_a_silent_first_track_does_not_hide_the_second(container: str) -> None:
    track, tracks, like = heard([SILENCE, VOICE], 0, container)
    assert (track, tracks) == (2, 2)
    assert like > 0.95


@pytest.mark.parametrize("container", ["mka", "mp4", "mov"])
def test_the_default_track_is_the_one_that_a_player_plays(container: str) -> None:
    track, tracks, like = heard([MUSIC, VOICE, MUSIC], 1, container)
    assert (track, tracks) == (2, 3)
    assert like > 0.95


@pytest.mark.parametrize("container", OPTIONS)
def test_without_another_default_the_first_is_heard(container: str) -> None:
    track, tracks, like = heard([VOICE, MUSIC], 0, container)
    assert (track, tracks) == (1, 2)
    assert like > 0.95


def test_a_track_that_cannot_be_decoded_gives_way_to_the_next() -> None:
    options = "-c:a libopus -ar 48000 -c:a:0 truehd -strict -2"
    audio = hear(odd_files.tracks([VOICE, VOICE], 0, options, "mka"), 300)
    assert (audio.track, audio.tracks) == (2, 2)
    assert likeness(audio.samples.astype("float32"), VOICE) > 0.95


def test_where_all_tracks_are_silent_the_default_one_is_heard() -> None:
    audio = hear(odd_files.tracks([SILENCE, SILENCE], 1, OPTIONS["mka"], "mka"), 300)
    assert (audio.track, audio.tracks) == (2, 2)
    assert not audio.samples.any()


def test_where_no_track_can_be_decoded_the_first_says_why() -> None:
    options = "-c:a truehd -ar 48000 -strict -2"
    with pytest.raises(Undecodable, match="ecoder"):
        hear(odd_files.tracks([VOICE, VOICE], 0, options, "mka"), 300)


def test_the_length_of_what_is_cut_is_that_of_the_chosen_track() -> None:
    audio = hear(odd_files.tracks([SILENCE, VOICE], 0, OPTIONS["mka"], "mka"), 1.0)
    assert audio.track == 2
    assert audio.duration_seconds == pytest.approx(3.0, abs=0.15)


def test_what_stands_in_a_title_is_no_message() -> None:
    words = (
        "[info] Input #0, ogg, from 'x':\n"
        "[info]     title           : [error] x\n"
        "                    : [info]   Stream #0:7: Audio: opus (default)\n"
        "[info]   Stream #0:0(eng): Audio: opus, 48000 Hz, mono, fltp (default) (forced)\n"
        "[info]   Stream #0:1[0x101]: Audio: aac (LC), 48000 Hz, stereo, fltp, 69 kb/s\n"
        "[info] Output #0, s16le, to 'pipe:1':\n"
        "[info]   Stream #0:0: Audio: pcm_s16le, 16000 Hz, stereo, s16, 512 kb/s\n"
    )
    said = messages.read(words.encode())
    assert said.tracks == (Track(0, True), Track(1, False))
    assert said.channels == 2
    assert said.complaint == ""


def test_complaints_are_told_without_the_addresses_of_memory() -> None:
    words = (
        "[mov,mp4 @ 0x5581] [error] moov atom not found\n"
        "[vist#0:0/h264 @ 0x1] [dec:h264 @ 0x2] [error] h264 is not on whitelist\n"
    )
    said = messages.read(words.encode())
    assert said.complaint == "moov atom not found"
