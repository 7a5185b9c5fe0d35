"""Which clips stand in which slice."""

from dataclasses import replace

from tests.training.answers import answer
from training.evaluation.figures import split
from training.evaluation.scoring import Answer
from training.evaluation.slices import (
    ALL_CLIPS,
    NEW_PART,
    collections,
    in_new_part,
    machines,
    named,
)


def of(label: str, collection: str, family: str = "tts", language: str = "en") -> Answer:
    made = answer(label, 0.5, collection, family="human" if label == "human" else family)
    return replace(made, clip=replace(made.clip, collection=collection, language=language))


OLD = [of("human", "2016-22"), of("synthetic", "2016-22"), of("synthetic", "2016-22", "vocoder")]
NEW = [of("human", "products"), of("synthetic", "products"), of("synthetic", "products", "codec")]
PAGES = [of("human", "pages-2025-26"), of("synthetic", "pages-2025-26")]
VOICES = [of("synthetic", "voice-conversion", "vc"), of("human", "portuguese", language="pt-BR")]
EVERY = [*OLD, *NEW, *PAGES, *VOICES]


def counts(name: str) -> tuple[int, int]:
    human, synthetic = split(named(EVERY)[name])
    return len(human), len(synthetic)


def test_the_new_part_is_text_to_speech_and_conversion_against_its_own_people() -> None:
    assert counts(NEW_PART) == (3, 3)
    assert counts("new part against every human clip") == (4, 3)
    assert counts("pages of 2025-26 and products") == (3, 2)
    assert counts("pages of 2025-26 and products against every human clip") == (4, 2)
    assert counts("voice conversion") == (4, 1)
    assert counts("copy-synthesis (vocoders and codecs)") == (4, 2)
    assert counts(ALL_CLIPS) == (4, 6)
    assert len(machines(EVERY)) == 4


def test_languages_stand_apart_and_a_slice_of_one_class_is_left_out() -> None:
    both = [*EVERY, of("synthetic", "portuguese", language="pt"), of("human", "x", language="es")]
    assert [len(group) for group in split(named(both)["Portuguese"])] == [1, 1]
    assert [len(group) for group in split(named(both)["Portuguese and Spanish"])] == [2, 1]
    assert "Spanish" not in named(both)
    assert "Portuguese" not in named(EVERY)
    assert list(named([])) == [ALL_CLIPS]


def test_a_collection_is_told_against_every_human_clip() -> None:
    found = {name: [len(g) for g in split(group)] for name, group in collections(EVERY).items()}
    assert found["products"] == [4, 2]
    assert found["voice-conversion"] == [4, 1]
    assert set(found) == {"2016-22", "products", "pages-2025-26", "voice-conversion"}


def test_clips_without_a_collection_belong_to_no_part() -> None:
    unknown = [answer("human", 0.1), answer("synthetic", 0.9, family="tts")]
    assert not any(map(in_new_part, unknown))
    assert collections(unknown) == {}
    assert NEW_PART not in named(unknown)
