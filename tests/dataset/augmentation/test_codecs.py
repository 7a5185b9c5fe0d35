"""Every encoder makes a file that the bot can read, and does to the sound what it is known for."""

import numpy as np
import pytest

from dataset.augmentation.codecs import CODECS, LEVELLED, Codec, encode, transcode
from inference.decoding.audio import decode
from inference.speech import measure
from tests import sounds

VOICE = sounds.speech(2.0) + sounds.noise(2.0, 0.003)
TELEPHONE = next(codec for codec in CODECS if codec.name == "telephone")


@pytest.mark.parametrize("codec", [*CODECS, LEVELLED], ids=lambda codec: codec.name)
def test_files_are_as_long_as_they_were_and_the_same_every_time(codec: Codec) -> None:
    data = encode(VOICE, codec)
    assert encode(VOICE, codec) == data
    assert len(decode(data, 60.0)) == pytest.approx(len(VOICE), abs=0.15 * sounds.RATE)


def test_a_telephone_ends_at_4_khz_and_opus_does_not() -> None:
    assert measure(transcode(VOICE, TELEPHONE)).bandwidth < 4_400.0  # and its filter's slope
    assert measure(transcode(VOICE, LEVELLED)).bandwidth > 6_500.0


def test_transcoding_keeps_the_length_and_the_place() -> None:
    for codec in (CODECS[0], TELEPHONE):
        heard = transcode(VOICE, codec)
        assert len(heard) == len(VOICE)
        lag = np.argmax(np.correlate(heard[4_000:28_000], VOICE[5_000:27_000])) - 1_000
        assert abs(int(lag)) < 0.06 * sounds.RATE
