"""Speakers exchange voices in small circles, so that a split can still part them."""

import pytest

from dataset.engines.conversion_targets import partners
from dataset.manifest import Clip


def _clips(count: int, language: str = "pt-BR", split: str = "") -> list[Clip]:
    return [
        Clip(f"{language}/{n}-{take}.wav", "human", speaker=f"{language}-{n}", language=language,
             split=split)
        for n in range(count)
        for take in range(2)
    ]  # fmt: skip


def _circles(clips: list[Clip]) -> list[int]:
    """How many speakers exchange voices among themselves."""
    chosen = {speaker: other for (_, speaker), other in partners(clips, seed=1).items()}
    sizes = []
    left = set(chosen)
    while left:
        first = speaker = left.pop()
        size = 1
        while (speaker := chosen[speaker]) != first:
            left.remove(speaker)
            size += 1
        sizes.append(size)
    return sorted(sizes)


@pytest.mark.parametrize(("count", "sizes"), [(2, [2]), (3, [3]), (6, [2, 2, 2]), (7, [2, 2, 3])])
def test_every_speaker_gets_another_one_of_a_small_circle(count: int, sizes: list[int]) -> None:
    assert _circles(_clips(count)) == sizes


def test_a_seed_always_draws_the_same_and_another_one_another() -> None:
    clips = _clips(20)
    assert partners(clips, 1) == partners(clips[::-1], 1)
    assert partners(clips, 1) != partners(clips, 2)


def test_nobody_takes_a_voice_of_another_side() -> None:
    clips = [
        Clip(f"{side}{n}.wav", "human", speaker=f"{side}{n}", language="pt-BR", split=side)
        for side in ("train", "test")
        for n in range(5)
    ]
    chosen = partners(clips, 1)
    assert len(chosen) == 10
    assert all(other.startswith(side) for (side, _), other in chosen.items())


def test_a_speaker_on_two_sides_gets_a_voice_on_each() -> None:
    clips = [*_clips(2, split="train"), *_clips(2, split="test")]
    assert partners(clips, 1).keys() == {
        (side, f"pt-BR-{n}") for side in ("train", "test") for n in range(2)
    }


def test_who_is_alone_with_a_language_gets_a_voice_of_another() -> None:
    chosen = partners([*_clips(4), *_clips(1, "en"), *_clips(1, "es")], seed=1)
    assert (chosen["", "en-0"], chosen["", "es-0"]) == ("es-0", "en-0")
    assert len(chosen) == 6


def test_who_is_alone_gets_none() -> None:
    assert partners(_clips(1), seed=1) == {}


def test_unknown_speakers_take_no_part() -> None:
    assert partners([Clip("a.wav", "human"), *_clips(2)], 1) == partners(_clips(2), 1)
