"""The counts that the bot tells are those of the figures in the model card."""

import pytest

from dataset.files import sha256
from inference.accuracy import Group, Said
from inference.registry import default_model
from inference.verdict import Label
from tests.training.answers import answer, crowd
from training.evaluation.conditions import codecs, noises
from training.evaluation.figures import figures
from training.evaluation.robustness import AS_THEY_ARE
from training.evaluation.scoring import Answer
from training.report.accuracy import CONDITIONS, accuracy

MODEL = default_model()
CROWD = crowd(2.0)


def test_the_counts_of_all_clips_are_those_of_the_card() -> None:
    told = accuracy(MODEL, MODEL, "dev", CROWD, {}, set())
    overall, found = told.groups["all"], figures(CROWD)
    assert told.sha256 == sha256(MODEL)
    assert (overall.people.clips, overall.machines.clips) == (found.human, found.synthetic)
    assert overall.people.wrong / overall.people.clips == pytest.approx(found.false_alarms)
    assert overall.machines.wrong / overall.machines.clips == pytest.approx(found.misses)
    assert overall.wrong_answers == pytest.approx(found.wrong)


def test_kinds_of_machines_and_languages_stand_apart() -> None:
    some: list[Answer] = [
        answer("human", 0.1, language="pt-BR"),
        answer("human", 0.5, language="pt"),
        answer("human", 0.9, source="a telephone"),
        answer("synthetic", 0.9, family="tts"),
        answer("synthetic", 0.1, family="vocoder"),
    ]
    few = [answer("human", 0.1, language="kk")]
    groups = accuracy(MODEL, MODEL, "dev", some * 10 + few, {}, {"synthetic"}).groups
    assert groups["language_pt"].people == Said(right=10, unsure=10)
    assert groups["language_en"].machines == Said(right=10, wrong=10)
    assert not groups.keys() & {"language_kk", "the others"}
    assert groups["tts"] == Group(Said(), Said(right=10))
    assert groups["vocoder"].machines.wrong == 10
    assert groups["voice_notes"] == Group(Said(wrong=10), Said())
    assert groups["met"].machines.clips == 20
    assert groups["never_met"].machines.clips == 0
    assert groups["speech_over_4"].people.clips == 31
    assert groups["speech_under_2"].people.clips == 0


def test_leans_are_counted_on_the_side_of_the_truth() -> None:
    some = [answer("human", 0.35), answer("human", 0.65), answer("synthetic", 0.65)]
    leans = [each.verdict.lean for each in some]
    assert leans == [Label.HUMAN, Label.SYNTHETIC, Label.SYNTHETIC]
    told = accuracy(MODEL, MODEL, "dev", some, {}, set())
    assert told.groups["leaning"] == Group(Said(right=1, wrong=1), Said(right=1))


def test_a_condition_has_the_name_that_the_measurement_gives_it() -> None:
    measured = {AS_THEY_ARE, "8 s", "30 s", *(codec.name for codec in codecs())}
    clip = CROWD[0].clip
    measured |= {noise.name.replace("hiss", "recorded noise") for noise in noises(clip, [])}
    assert {name for _, name in CONDITIONS.values()} <= measured
    told = accuracy(MODEL, MODEL, "dev", CROWD, {"joined": {"30 s": CROWD[:9]}}, set())
    assert told.groups["joined_30"].people.clips + told.groups["joined_30"].machines.clips == 9
    assert "whatsapp" not in told.groups
