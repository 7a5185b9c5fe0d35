"""Long notes of clips: what is planned, and that an insert lies where it is said to."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile

from dataset.manifest import Clip
from tests import sounds
from training.interpretability.mixed_notes import (
    EDGE,
    HOSTS,
    INSERTED,
    LENGTHS,
    MACHINES,
    PEOPLE,
    REVERSED,
    Plan,
    halves,
    make,
    plan,
    plans_of_halves,
)


def clips(source: str, label: str, voice: str, count: int = 12) -> list[Clip]:
    system = voice if label == "synthetic" else "human"
    speaker = voice if label == "human" else ""
    return [
        Clip(f"{source}/{voice}{i}.wav", label, system, source=source, speaker=speaker, seconds=5.0)
        for i in range(count)
    ]


BOTH = [f"both{i}" for i in range(4)]
CLIPS = [
    *(clip for source in BOTH for clip in clips(source, "human", "ana")),
    *(clip for source in BOTH for clip in clips(source, "synthetic", "tts")),
    *clips("people", "human", "bia"),
    *clips("few", "human", "eva", count=3),
]


def test_no_source_is_on_both_sides_and_each_side_has_both_classes() -> None:
    first, second = halves(CLIPS)
    assert not first & second
    assert first | second == {clip.source for clip in CLIPS}
    assert len(first & set(BOTH)) == len(second & set(BOTH)) == 2


def test_all_kinds_are_planned_and_of_the_voices_that_they_say() -> None:
    plans = plan(CLIPS, 100)
    counted = Counter(one.kind for one in plans)
    assert counted == {INSERTED: 40, PEOPLE: 40, REVERSED: 10, MACHINES: 10}
    assert {one.insert_seconds for one in plans} == set(LENGTHS)
    for one in plans:
        assert {clip.label for clip in one.host} == {one.kind.host}
        assert {clip.label for clip in one.insert} == {one.kind.insert}
        assert len({(clip.source, clip.speaker, clip.system) for clip in one.host}) == 1
        assert not set(one.host) & set(one.insert)
        assert HOSTS[0] <= one.host_seconds <= HOSTS[1]
        assert one.source != "few"
    inserted = [one for one in plans if one.kind == INSERTED]
    assert sum(one.alike for one in inserted) == len(inserted) / 2


def test_the_controls_of_one_voice_are_of_one_voice() -> None:
    alike = [one for one in plan(CLIPS, 50) if one.kind in (PEOPLE, MACHINES) and one.alike]
    assert alike
    for one in alike:
        assert len({(c.source, c.speaker, c.system) for c in (*one.host, *one.insert)}) == 1


def test_more_notes_begin_with_the_same_ones() -> None:
    few, many = plan(CLIPS, 20), plan(CLIPS, 60)
    for kind in (INSERTED, PEOPLE, REVERSED, MACHINES):
        for alike in (True, False):
            less, more = (
                [one for one in some if (one.kind, one.alike) == (kind, alike)]
                for some in (few, many)
            )
            assert more[: len(less)] == less


def test_the_halves_share_no_clip() -> None:
    used = [
        {clip.file for one in plans for clip in (*one.host, *one.insert)}
        for plans in plans_of_halves(CLIPS, 60)
    ]
    assert all(used)
    assert not used[0] & used[1]


def test_without_machines_only_people_are_planned() -> None:
    people = [clip for clip in CLIPS if clip.label == "human"]
    assert {one.kind for one in plan(people, 40)} == {PEOPLE}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Low tones for the host and high ones for the insert, of different levels."""
    folder = tmp_path_factory.mktemp("notes")
    for number in range(4):
        loud = 10 ** (-number / 4)
        sound = sounds.speech(6.0, pitch=100.0, seed=number)
        soundfile.write(folder / f"low{number}.wav", loud * sound, sounds.RATE)
        time = np.arange(6 * sounds.RATE) / sounds.RATE
        tone = sounds.speech(6.0, pitch=220.0, seed=number) + 0.2 * np.sin(2 * np.pi * 5_000 * time)
        soundfile.write(folder / f"high{number}.wav", loud * tone, sounds.RATE)
    return folder


def planned(insert: float = 5.0, place: float = 0.5) -> Plan:
    low, high = (
        tuple(Clip(f"{name}{i}.wav", "human", source="s") for i in range(4))
        for name in ("low", "high")
    )
    return Plan(PEOPLE, low, high, 15.0, insert, place)


@pytest.mark.parametrize(("insert", "place"), [(2.0, 0.0), (5.0, 0.5), (10.0, 1.0)])
def test_the_insert_lies_where_the_note_says(folder: Path, insert: float, place: float) -> None:
    note = make(planned(insert, place), folder)
    assert len(note.samples) / sounds.RATE == pytest.approx(15.0 + insert, abs=0.5)
    assert note.end - note.start == pytest.approx(insert, abs=0.2)
    assert note.start == pytest.approx(EDGE + place * (15.0 - 2 * EDGE), abs=0.3)
    at = slice(round((note.start + 0.1) * sounds.RATE), round((note.end - 0.1) * sounds.RATE))
    inside = np.zeros(len(note.samples), bool)
    inside[at] = True
    aside = np.ones(len(note.samples), bool)
    aside[at.start - sounds.RATE // 5 : at.stop + sounds.RATE // 5] = False
    assert brightness(note.samples[inside]) > 10 * brightness(note.samples[aside])


def test_too_little_speech_is_named(folder: Path) -> None:
    with pytest.raises(ValueError, match="s are missing"):
        make(replace(planned(), host_seconds=60.0), folder)


def brightness(samples: np.ndarray) -> float:
    """Share of the power around 5 kHz."""
    power = np.abs(np.fft.rfft(samples)) ** 2
    rate = len(samples) / sounds.RATE
    return float(power[round(4_900 * rate) : round(5_100 * rate)].sum() / power.sum())
