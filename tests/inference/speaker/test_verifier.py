"""Two voices made by formula: alike to themselves, unlike each other; refused when hardly there."""

import json
from pathlib import Path

import numpy as np
import onnxruntime
import pytest

from inference.errors import ModelError, Undecodable
from inference.speaker import comparison, verifier
from inference.speaker.comparison import MIN_SPEECH, Comparison, Likeness, from_fields
from inference.speaker.verifier import FFT, FRAMES, STRETCHES, Voices, compare, obstacles, spectra
from inference.speech import measure
from inference.verdict import Reason
from tests import sounds


@pytest.fixture(scope="module")
def network() -> Voices:
    return Voices()


def test_a_voice_is_more_like_itself_than_like_another(network: Voices) -> None:
    low = sounds.speech(8.0, pitch=100.0, seed=1), sounds.speech(8.0, pitch=100.0, seed=2)
    high = sounds.speech(8.0, pitch=230.0, seed=3)
    itself, other = network.compare(*low), network.compare(low[0], high)
    assert itself.similarity > other.similarity + 0.1
    assert itself.chance > other.chance
    assert itself.suspicious == itself.known == ()


def test_a_recording_and_itself_are_the_same_voice_and_yet_never_certainly(network: Voices) -> None:
    sound = sounds.speech(6.0)
    found = network.compare(sound, sound)
    assert found.similarity == pytest.approx(1.0, abs=1e-5)
    assert (found.chance, found.likeness) == (0.99, Likeness.SAME)


def test_gain_and_pauses_do_not_matter(network: Voices) -> None:
    sound = sounds.speech(6.0)
    paused = np.concatenate([sounds.silence(3.0), sound * np.float32(0.1), sounds.silence(4.0)])
    assert network.compare(sound, paused).similarity > 0.98


def test_the_order_does_not_matter(network: Voices) -> None:
    one, other = sounds.speech(5.0, seed=1), sounds.speech(9.0, pitch=200.0, seed=2)
    forth, back = network.compare(one, other), network.compare(other, one)
    assert forth.similarity == pytest.approx(back.similarity, abs=1e-6)


@pytest.mark.parametrize(
    ("sound", "reason"),
    [
        (sounds.silence(0.0), Reason.NO_SPEECH),
        (sounds.silence(9.0), Reason.NO_SPEECH),
        (sounds.speech(2.5), Reason.TOO_SHORT),
        (sounds.speech(9.0) + sounds.noise(9.0, level=0.1), Reason.NOISY),
        (np.clip(sounds.speech(9.0) * 30, -1, 1).astype(np.float32), Reason.CLIPPED),
    ],
)
def test_what_cannot_be_compared_says_why_and_on_which_side(
    network: Voices, sound: sounds.Sound, reason: Reason
) -> None:
    clear = sounds.speech(9.0, seed=4)
    in_question, other_way = network.compare(sound, clear), network.compare(clear, sound)
    assert reason in in_question.suspicious
    assert in_question.known == ()
    assert reason in other_way.known
    assert in_question.likeness is Likeness.UNSURE


def test_a_second_of_speech_is_judged_but_not_compared() -> None:
    measures = measure(sounds.speech(2.5))
    assert 1.0 < measures.speech_seconds < MIN_SPEECH
    assert obstacles(measures) == (Reason.TOO_SHORT,)


@pytest.mark.parametrize("seconds", [0.0, 0.05, 0.5, 1.59, 1.7, 2.41, 30.0, 120.0])
def test_any_length_becomes_stretches_of_one_size(seconds: float) -> None:
    samples = sounds.speech(seconds)
    power = spectra(samples, measure(samples))
    assert power.shape[1:] == (FRAMES, FFT // 2 + 1)
    assert len(power) <= STRETCHES
    assert np.isfinite(power).all()
    if seconds == 120.0:
        assert len(power) == STRETCHES


def test_files_are_compared_and_what_is_none_is_refused() -> None:
    note = sounds.encode(sounds.speech(5.0), "ogg")
    assert compare(note, note, 300.0).similarity == pytest.approx(1.0, abs=1e-5)
    with pytest.raises(Undecodable):
        compare(note, b"no sound", 300.0)


def test_chances_follow_the_similarity_and_stay_off_the_ends(network: Voices) -> None:
    chances = [network.chance(similarity) for similarity in np.linspace(-1.0, 1.0, 41)]
    assert chances == sorted(chances)
    assert chances[0] == pytest.approx(0.01)
    assert chances[-1] == pytest.approx(0.99)


def test_a_damaged_network_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    damaged = tmp_path / "voices.onnx"
    damaged.write_bytes(verifier.MODEL.read_bytes()[:-1] + b"x")
    monkeypatch.setattr(verifier, "MODEL", damaged)
    with pytest.raises(ModelError, match="damaged"):
        Voices()


def test_a_missing_network_is_a_model_error(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(verifier, "MODEL", tmp_path / "voices.onnx")
    with pytest.raises(ModelError, match="cannot be read"):
        Voices()


def test_the_network_is_small_and_its_licence_lies_beside_it() -> None:
    assert verifier.MODEL.stat().st_size < 8 * 1024**2
    licence = verifier.MODEL.with_name("voices-LICENSE.txt").read_text()
    assert "Apache License" in licence
    session = onnxruntime.InferenceSession(verifier.MODEL, providers=["CPUExecutionProvider"])
    assert session.get_inputs()[0].shape == ["n", FRAMES, FFT // 2 + 1]


def test_the_card_tells_rates_between_nothing_and_all() -> None:
    card = comparison.card()
    low, high = card.thresholds
    assert 0.0 < low < 0.5 < high < 1.0
    assert card.slope > 0.0
    for name in comparison.RATES:
        rate = getattr(card, name)
        assert 0.0 <= rate.interval[0] <= rate.share <= rate.interval[1] <= 1.0
        assert rate.speakers >= 10


def test_a_comparison_survives_the_way_through_json() -> None:
    before = Comparison(0.7, 0.4, (0.1, 0.9), (Reason.NOISY,), ())
    fields = json.loads(json.dumps(comparison.as_json(before)))
    assert from_fields(fields) == before


@pytest.mark.parametrize(
    ("chance", "likeness"),
    [
        (0.05, Likeness.DIFFERENT),
        (0.1, Likeness.DIFFERENT),
        (0.5, Likeness.UNSURE),
        (0.9, Likeness.SAME),
    ],
)
def test_the_thresholds_belong_to_the_answers(chance: float, likeness: Likeness) -> None:
    assert Comparison(0.7, chance, (0.1, 0.9), (), ()).likeness is likeness
