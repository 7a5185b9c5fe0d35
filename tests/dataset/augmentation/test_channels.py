"""One fate for all recordings of a pair, drawn once."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from dataset.augmentation.channels import DAMAGES, PASSAGES, PLACES, band_limited, draw, send
from dataset.augmentation.codecs import CODECS
from inference.decoding.audio import decode
from inference.speech import measure
from tests import sounds

VOICE = sounds.speech(2.0)


def test_every_channel_is_drawn_and_none_too_often() -> None:
    random = np.random.default_rng(1)
    drawn = [draw(random) for _ in range(2_000)]
    for shares, found in (
        (PLACES, Counter(channel.place for channel in drawn)),
        (DAMAGES, Counter(channel.damage for channel in drawn)),
        (PASSAGES, Counter(channel.passage for channel in drawn)),
        ({codec.name: 1 / len(CODECS) for codec in CODECS}, Counter(c.codec.name for c in drawn)),
    ):
        assert {name: found[name] / 2_000 for name in shares} == pytest.approx(shares, abs=0.04)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("damage", ["", "stationary", "band"])
@pytest.mark.parametrize("passage", ["", "loss"])
def test_the_same_recording_twice_arrives_twice_the_same(
    place: str, damage: str, passage: str
) -> None:
    drawn = draw(np.random.default_rng(1))
    channel = replace(drawn, place=place, damage=damage, passage=passage, codec=CODECS[3])
    first, second = send([VOICE, VOICE.copy()], channel)
    assert first == second


def test_its_name_tells_the_way_in_order() -> None:
    drawn = replace(draw(np.random.default_rng(1)), codec=CODECS[0])
    way = replace(drawn, place="room", damage="", passage="double")
    assert way.name == "room+double+telegram-old"
    assert replace(way, place="", passage="").name == "telegram-old"


def test_files_arrive_at_the_channels_level() -> None:
    drawn = replace(draw(np.random.default_rng(1)), place="", damage="", passage="", level=-30.0)
    for codec in (CODECS[0], CODECS[6]):
        (file,) = send([VOICE], replace(drawn, codec=codec))
        assert measure(decode(file, 60.0)).level == pytest.approx(-30.0, abs=1.0)


def test_a_band_has_two_edges() -> None:
    hiss = sounds.noise(2.0)
    heard = band_limited(hiss, np.random.default_rng(1))
    powers = np.abs(np.fft.rfft(heard)) ** 2 / np.abs(np.fft.rfft(hiss)).mean() ** 2
    assert powers[:100].mean() < 0.05  # below 50 Hz
    assert powers[2_000:6_000].mean() == pytest.approx(1.27, abs=0.2)  # mean of squares
    assert powers[15_000:].mean() < 0.001
