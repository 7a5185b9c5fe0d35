"""What an engine is asked: no sentence is its own reference, no voice comes from another side."""

from dataclasses import replace
from pathlib import Path

from dataset.engines.jobs import REFERENCES, jobs
from dataset.engines.tts.espeak import ENGINE
from dataset.manifest import Clip

SOURCE = Path("corpus")
CONVERTER = replace(ENGINE, converts=True)


def _clip(speaker: str, sentence: int, split: str = "train", language: str = "pt-BR") -> Clip:
    file = f"{speaker}/{sentence}.wav"
    return Clip(
        file,
        "human",
        speaker=speaker,
        text=f"frase {sentence}",
        pair=file,
        language=language,
        seconds=1.0 + sentence,
        split=split,
    )


def test_references_are_the_longest_others_of_the_speaker_without_the_sentence() -> None:
    clips = [_clip("ana", sentence) for sentence in range(20)]
    again = replace(clips[19], file="ana/again.wav", pair="again")  # the same sentence once more
    job = jobs([*clips, again, _clip("rui", 50)], SOURCE, ENGINE, 1)[19]
    longest = range(18, 18 - REFERENCES, -1)
    assert job.references == tuple(SOURCE / f"ana/{sentence}.wav" for sentence in longest)


def test_what_is_not_human_gets_no_job() -> None:
    clips = [_clip("ana", 1), replace(_clip("ana", 2), label="synthetic")]
    assert [job.clip.file for job in jobs(clips, SOURCE, ENGINE, 1)] == ["ana/1.wav"]


def test_a_converter_gets_another_speaker_of_the_same_side_and_language() -> None:
    clips = [
        _clip(f"{language}-{split}-{number}", sentence, split, language)
        for language in ("pt-BR", "en")
        for split in ("train", "dev", "test", "", "validated")
        for number in range(4)
        for sentence in range(3)
    ]
    chosen = set()
    for job in jobs(clips, SOURCE, CONVERTER, 1):
        assert job.target
        assert job.target.speaker != job.clip.speaker
        assert (job.target.split, job.target.language) == (job.clip.split, job.clip.language)
        assert all(job.target.speaker in path.parts for path in job.target_recordings)
        assert all(path.name != Path(job.clip.file).name for path in job.target_recordings)
        chosen.add(job.target.speaker)
    assert len(chosen) > 30  # of 40


def test_a_converter_takes_another_language_where_there_is_only_one_speaker() -> None:
    [job, _] = jobs([_clip("ana", 1), _clip("joe", 2, language="en")], SOURCE, CONVERTER, 1)
    assert job.target
    assert job.target.speaker == "joe"


def test_a_speaker_who_is_alone_or_unknown_has_no_one_to_become_or_nothing_to_refer_to() -> None:
    [alone] = jobs([_clip("ana", 1)], SOURCE, CONVERTER, 1)
    assert (alone.target, alone.target_recordings) == (None, ())
    for unknown in jobs([_clip("", 1), _clip("", 2)], SOURCE, ENGINE, 1):
        assert unknown.references == ()


def test_a_speaker_on_two_sides_is_no_reference_across_them() -> None:
    [job, _] = jobs([_clip("ana", 1), _clip("ana", 2, "test")], SOURCE, ENGINE, 1)
    assert job.references == ()


def test_a_clip_has_its_own_seed_whatever_else_is_there() -> None:
    clips = [_clip("ana", 1), _clip("rui", 2)]
    both, one = jobs(clips, SOURCE, ENGINE, 1), jobs(clips[1:], SOURCE, ENGINE, 1)
    assert both[1].seed == one[0].seed
    assert len({job.seed for job in [*both, *jobs(clips, SOURCE, ENGINE, 2)]}) == 4
