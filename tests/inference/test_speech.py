"""What cannot be judged is refused for the right reason, and ordinary notes are not."""

import numpy as np
import pytest

from inference.decoding.audio import SAMPLE_RATE, decode
from inference.speech import FRAME, measure, reasons
from inference.verdict import Reason
from tests import sounds
from tests.sounds import Sound

VOICE = sounds.speech(6.0)


@pytest.mark.parametrize("pitch", [90.0, 120.0, 210.0])
def test_an_ordinary_voice_is_judged(pitch: float) -> None:
    measures = measure(sounds.speech(6.0, pitch, seed=int(pitch)))
    assert reasons(measures) == ()
    assert 4.0 < measures.speech_seconds <= 6.0
    assert measures.bandwidth > 7000
    assert measures.snr > 20


@pytest.mark.parametrize("container", ["ogg", "mp3", "m4a", "webm"])
def test_a_voice_is_judged_through_every_usual_codec(container: str) -> None:
    assert reasons(measure(decode(sounds.encode(VOICE, container), 300))) == ()


@pytest.mark.parametrize("gain", [-25, -10, 5])
def test_the_level_matters_only_to_the_level(gain: int) -> None:
    before, after = measure(VOICE), measure(VOICE * np.float32(10 ** (gain / 20)))
    assert after.level == pytest.approx(before.level + gain, abs=0.5)
    assert after.speech_seconds == pytest.approx(before.speech_seconds, abs=0.3)
    assert reasons(after) == ()


def test_a_constant_or_hum_under_the_voice_does_not_matter() -> None:
    assert reasons(measure(VOICE + np.float32(0.2))) == ()
    assert reasons(measure(VOICE + sounds.tone(6.0, 50) * np.float32(0.05))) == ()


def test_speech_is_found_where_it_is() -> None:
    active = measure(np.concatenate([sounds.silence(3), VOICE, sounds.silence(3)])).active
    per_second = SAMPLE_RATE // FRAME
    assert len(active) == 12 * per_second
    assert not active[: 3 * per_second - 2].any()
    assert active[3 * per_second : 9 * per_second].mean() > 0.7
    assert not active[10 * per_second :].any()


@pytest.mark.parametrize(
    "sound",
    [
        sounds.silence(0),
        sounds.silence(0.01),
        sounds.silence(5),
        sounds.noise(5, level=1e-4),
        np.zeros(5 * SAMPLE_RATE, np.float32) + np.float32(0.1),
    ],
    ids=["nothing", "10 ms", "silence", "hiss", "direct current"],
)
def test_where_nobody_speaks_there_is_no_speech(sound: Sound) -> None:
    assert reasons(measure(sound)) == (Reason.NO_SPEECH,)


def test_under_a_second_of_speech_is_too_short() -> None:
    word = np.concatenate([sounds.silence(2), VOICE[: int(0.6 * SAMPLE_RATE)], sounds.silence(2)])
    assert reasons(measure(word)) == (Reason.TOO_SHORT,)


def test_a_voice_under_noise_is_noisy_and_one_over_it_is_not() -> None:
    power = float(np.mean(VOICE**2))
    noise = sounds.noise(6.0, level=1.0)
    assert Reason.NOISY in reasons(measure(VOICE + noise * np.float32(np.sqrt(power * 2))))
    assert reasons(measure(VOICE + noise * np.float32(np.sqrt(power / 30)))) == ()


def test_the_noise_is_measured() -> None:
    power = float(np.mean(VOICE**2))
    for wanted in (10, 20):
        noise = sounds.noise(6.0, level=float(np.sqrt(power / 10 ** (wanted / 10))))
        assert measure(VOICE + noise).snr == pytest.approx(wanted, abs=3)


def test_an_overdriven_voice_is_clipped_and_a_loud_one_is_not() -> None:
    loud = VOICE / np.abs(VOICE).max()
    assert reasons(measure(loud)) == ()
    overdriven = measure(np.clip(loud * 20, -1, 1))
    assert overdriven.clipped > 0.1
    assert Reason.CLIPPED in reasons(overdriven)


@pytest.mark.parametrize("container", ["wav", "ogg", "mp3", "m4a", "amr"])
def test_an_overdriven_voice_is_clipped_after_a_change_of_level_too(container: str) -> None:
    overdriven = np.clip(VOICE * np.float32(20 / np.abs(VOICE).max()), -1, 1)
    for gain in (1.0, 0.25):
        note = decode(sounds.encode(overdriven * np.float32(gain), container), 300)
        assert Reason.CLIPPED in reasons(measure(note))


def test_a_voice_under_a_constant_is_clipped_on_one_side() -> None:
    lifted = np.clip(VOICE * np.float32(8 / np.abs(VOICE).max()) + 0.5, -2, 1)
    assert Reason.CLIPPED in reasons(measure(0.2 * lifted))


@pytest.mark.parametrize(("gain", "found"), [(-30, ()), (-45, (Reason.TOO_QUIET,))])
def test_a_voice_far_below_full_scale_is_too_quiet(gain: int, found: tuple[Reason, ...]) -> None:
    quiet = VOICE * np.float32(10 ** (gain / 20) / np.abs(VOICE).max())
    assert reasons(measure(quiet)) == found
    assert reasons(measure(decode(sounds.encode(quiet, "ogg"), 300))) == found


def test_telephone_band_is_narrow() -> None:
    telephone = decode(sounds.encode(VOICE, "amr"), 300)
    assert reasons(measure(telephone)) == (Reason.NARROW_BAND,)
    assert 3000 < measure(telephone).bandwidth < 4500
    note = decode(sounds.encode(telephone, "ogg"), 300)  # a forwarded one
    assert reasons(measure(note)) == (Reason.NARROW_BAND,)


@pytest.mark.parametrize("edge", [2000, 3500, 5500])
def test_the_edge_of_the_band_is_found(edge: int) -> None:
    spectrum = np.fft.rfft(VOICE)
    spectrum[int(edge * len(VOICE) / SAMPLE_RATE) :] = 0
    cut = np.fft.irfft(spectrum).astype(np.float32)
    assert measure(cut).bandwidth == pytest.approx(edge, abs=250)


def test_reasons_come_in_the_order_of_their_weight() -> None:
    word = np.concatenate([sounds.silence(2), VOICE[: int(0.6 * SAMPLE_RATE)], sounds.silence(2)])
    telephone = decode(sounds.encode(word, "amr"), 300)
    assert reasons(measure(telephone)) == (Reason.TOO_SHORT, Reason.NARROW_BAND)


def test_rumble_under_a_voice_is_no_noise_and_hiss_is() -> None:
    power = float(np.sqrt(np.mean(VOICE**2)))
    assert reasons(measure(VOICE + sounds.tone(6.0, 40) * np.float32(power))) == ()
    hissing = VOICE + sounds.noise(6.0, level=power)
    assert Reason.NOISY in reasons(measure(hissing + sounds.tone(6.0, 40) * np.float32(power)))


def test_speech_that_is_given_is_measured_and_not_sought() -> None:
    active = np.zeros(6 * SAMPLE_RATE // FRAME, np.bool_)
    assert reasons(measure(VOICE, active)) == (Reason.NO_SPEECH,)
    active[100:200] = True
    measures = measure(VOICE, active)
    assert measures.speech_seconds == 2.0
    assert measures.active is active
