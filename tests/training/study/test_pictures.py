"""Each preset gets the clips it names, in the study's proportions, the same ones every time."""

from collections import Counter
from dataclasses import replace

import pytest

from dataset import manifest
from dataset.manifest import Clip, ManifestError
from training.study.pictures import Folders, gather
from training.study.presets import PRESETS


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Folders:
    folder = tmp_path_factory.mktemp("clips")
    spoken = [
        Clip(f"{label}-{language}-{number}.wav", label, language=language)
        for label in ("human", "synthetic")
        for language in ("pt-BR", "en")
        for number in range(60)
    ]
    kinds = ["urbansound8k-siren", "urbansound8k-drilling", "esc50-rain"]
    noise = [
        Clip(f"{kind}-{n}.wav", "noise", system=kind, channel="") for kind in kinds for n in (0, 1)
    ]
    manifest.write([*spoken, *noise], folder)
    return Folders(folder, folder, folder)


def test_a_sixth_of_the_clips_comes_again_with_each_disturbance(folders: Folders) -> None:
    pictures = gather(PRESETS["final"], folders)
    counts = Counter(one.clip.channel for one in pictures)
    assert counts == {"": 120, "ambience": 20, "gaussian": 20, "ambience+gaussian": 20}
    for one in pictures:
        assert (one.ambience is not None) == ("ambience" in one.clip.channel)
    assert {one.clip.channel for one in gather(PRESETS["final-plain"], folders)} == {""}


def test_noise_is_a_class_of_the_first_training_and_is_not_laid_over_the_others(
    folders: Folders,
) -> None:
    pictures = gather(PRESETS["first"], folders)
    assert {one.label for one in pictures} == {"human", "synthetic", "other"}
    others = {one.sound for one in pictures if one.label == "other"}
    assert not others & {one.ambience for one in pictures}


def test_english_is_added_to_one_preset_only_half_as_much(folders: Folders) -> None:
    limited = replace(folders, limit=40)
    added = gather(PRESETS["final-english"], limited)
    counts = Counter(one.clip.language for one in added if not one.clip.channel)
    assert counts == {"pt-BR": 40, "en": 20}
    assert {one.clip.language for one in gather(PRESETS["final"], limited)} == {"pt-BR"}


def test_a_limit_takes_half_of_each_class_and_the_same_ones_again(folders: Folders) -> None:
    plain = gather(PRESETS["final-plain"], replace(folders, limit=10))
    assert Counter(one.label for one in plain) == {"human": 5, "synthetic": 5}
    assert plain == gather(PRESETS["final-plain"], replace(folders, limit=10))
    more = gather(PRESETS["final-plain"], replace(folders, limit=20))
    assert {one.sound for one in plain} < {one.sound for one in more}


def test_sounds_are_of_urbansound8k_and_named_after_its_kinds(folders: Folders) -> None:
    assert {one.label for one in gather(PRESETS["sounds"], folders)} == {"siren", "drilling"}


def test_two_pictures_of_one_clip_have_two_names(folders: Folders) -> None:
    names = [one.name for one in gather(PRESETS["final"], folders)]
    assert len(set(names)) == len(names)


def test_what_a_folder_lacks_is_told(folders: Folders) -> None:
    with pytest.raises(ManifestError, match="no human xx clip"):
        gather(PRESETS["final"], replace(folders, language="xx"))
