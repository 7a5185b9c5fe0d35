"""Who is paired with whom, and how the shares of right and wrong answers are counted."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from dataset.manifest import Clip, write
from inference.speaker import comparison
from inference.speaker.comparison import Likeness
from inference.speaker.verifier import Voices
from tests import sounds
from training.speaker_verification.commands import _new_card
from training.speaker_verification.voice_pairs import (
    MOST_CLIPS,
    Pair,
    Voice,
    chosen,
    clones,
    hear,
    same_person,
    two_people,
)
from training.speaker_verification.voices import calibrate, modern, rate, report


def clip(speaker: str, file: str, **facts: str) -> Clip:
    usual = {"label": "human", "family": "human", "language": "pt-BR", "source": "a page"}
    return Clip(file=file, speaker=speaker, seconds=5.0, **{**usual, **facts})


def voice(speaker: str, file: str, angle: float, **facts: str) -> Voice:
    """A voice of two numbers: the angle between two of them is how unlike they are."""
    numbers = np.array([np.cos(angle), np.sin(angle)], np.float32)
    return Voice(clip(speaker, file, **facts), numbers)


def files(pairs: list[Pair]) -> set[tuple[str, str]]:
    return {(pair.suspicious.file, pair.known.file) for pair in pairs}


def test_one_person_is_paired_within_a_source_and_never_with_the_same_words() -> None:
    heard = [
        voice("ana", "1", 0.0, pair="hello"),
        voice("ana", "2", 0.3, pair="hello"),
        voice("ana", "3", 0.6, pair="goodbye"),
        voice("ana", "4", 0.9, pair="other", source="another page"),
    ]
    assert files(same_person(heard)) == {("1", "3"), ("2", "3")}


def test_a_recording_that_is_listed_twice_is_no_pair() -> None:
    assert same_person([voice("ana", "1", 0.0), voice("ana", "2", 0.01)]) == []


def test_two_people_are_paired_within_a_source_and_a_language() -> None:
    heard = [
        voice("ana", "1", 0.0),
        voice("rui", "2", 0.0),
        voice("eve", "3", 0.0, language="en"),
        voice("ivo", "4", 0.0, source="another page"),
    ]
    assert files(two_people(heard)) == {("1", "2"), ("2", "1")}


def test_a_clone_is_paired_with_its_person_and_with_other_words() -> None:
    machine = {"label": "synthetic", "family": "tts"}
    heard = [
        voice("ana", "1", 0.0, pair="hello"),
        voice("ana", "2", 0.0, pair="goodbye", source="another page"),
        voice("ana", "3", 0.0, pair="hello", **machine),
        voice("rui", "4", 0.0, **machine),
    ]
    assert files(clones(heard)) == {("3", "2")}


def test_only_voices_that_say_something_new_are_clones_to_the_bot() -> None:
    families = ("tts", "vc", "vocoder", "codec")
    pairs = [Pair(clip("a", f, family=f), clip("a", "k"), 0.5) for f in families]
    assert [pair.suspicious.family for pair in modern(pairs)] == ["tts", "vc"]


def test_people_of_train_are_not_measured_on() -> None:
    clips = [
        clip("ana", "1", split="train"),
        clip("ana", "2", split="dev"),
        clip("rui", "3", split="dev"),
        clip("rui", "4", split="dev", label="synthetic", family="tts"),
        clip("nobody", "5", split="dev", label="synthetic", family="tts"),
        clip("", "6", split="dev"),
        replace(clip("rui", "7", split="dev"), seconds=1.0),
    ]
    assert [one.file for one in chosen(clips, "dev")] == ["3", "4"]
    assert [one.file for one in chosen(clips, "train")] == ["1"]


def test_nobody_makes_up_most_of_the_clips_and_every_source_is_kept() -> None:
    many = [clip("ana", f"{place:02}", split="dev") for place in range(40)]
    rare = clip("ana", "99", split="dev", source="another page")
    found = chosen([*many, rare], "dev")
    assert len(found) == MOST_CLIPS
    assert rare in found


@pytest.fixture
def network() -> Voices:
    network = Voices()
    network.card = replace(comparison.card(), slope=20.0, intercept=-10.0)
    return network


def test_every_person_weighs_the_same_in_a_rate(network: Voices) -> None:
    """Ana has nine pairs that are called the same, Rui one that is not."""
    pairs = [Pair(clip("ana", "1"), clip("ana", str(n)), 0.9) for n in range(9)]
    pairs.append(Pair(clip("rui", "1"), clip("rui", "2"), 0.1))
    found = rate(network, pairs, Likeness.SAME)
    assert (found.share, found.speakers) == (0.5, 2)
    assert found.interval == (0.0, 1.0)
    assert rate(network, pairs, Likeness.DIFFERENT).share == 0.5


def test_the_calibration_finds_the_middle_between_the_two_kinds() -> None:
    random = np.random.default_rng(0)
    same = [
        Pair(clip("a", "1"), clip(str(n), "2"), float(random.normal(0.8, 0.05))) for n in range(99)
    ]
    other = [
        Pair(clip("a", "1"), clip(str(n), "2"), float(random.normal(0.6, 0.05))) for n in range(99)
    ]
    card = calibrate(_new_card(), same, other)
    assert -card.intercept / card.slope == pytest.approx(0.7, abs=0.02)
    assert card.slope > 20.0


def test_clips_are_heard_and_reported_with_those_left_out_that_the_bot_refuses(
    tmp_path: Path,
) -> None:
    clips = []
    for number, (speaker, pitch) in enumerate([("ana", 210.0), ("ana", 210.0), ("rui", 95.0)]):
        name = f"{number}.wav"
        sound = sounds.speech(6.0, pitch=pitch, seed=number)
        (tmp_path / name).write_bytes(sounds.encode(sound, "wav", rate=16_000))
        clips.append(clip(speaker, name, split="dev"))
    (tmp_path / "silent.wav").write_bytes(sounds.encode(sounds.silence(6.0), "wav"))
    clips += [clip("eve", "silent.wav", split="dev"), clip("ivo", "lost.wav", split="dev")]
    write(clips, tmp_path)
    network = Voices()
    heard = hear(network, tmp_path, chosen(clips, "dev"))
    assert [one.clip.file for one in heard] == ["0.wav", "1.wav", "2.wav"]
    page = report(network, heard)
    assert "|one person|1|1|" in page
    assert "|two people|2|4|" in page
