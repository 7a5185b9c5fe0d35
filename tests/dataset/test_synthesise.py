"""One counterpart of each human clip, the same however it was made, whatever happens meanwhile."""

import functools
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile

from dataset import manifest, toy_corpus
from dataset.engines.copy_synthesis import world
from dataset.engines.engine import Engine, Job, NotReady, Options, Refused, Speech, Synthesiser
from dataset.execution.pool import Pool
from dataset.files import link
from dataset.manifest import Clip
from dataset.synthesise import synthesise
from tests.pools import Here

CLIPS = 6
TEXTS = ("Bom dia, como vai você hoje?", "Nada disto foi dito por ele.", "")


def _loads(shade: float, refuses: str, dies_in: Path | None, options: Options) -> Synthesiser:
    """Says the recording once more, quieter and with a breath of noise of the job's own seed."""

    def say(job: Job) -> Speech:
        if job.clip.file == refuses:
            raise Refused("it has no text")
        if dies_in and job.clip.file.endswith("0003.wav") and not (dies_in / "died").exists():
            (dies_in / "died").touch()
            os.kill(os.getpid(), signal.SIGKILL)
        samples, rate = soundfile.read(job.recording)
        noise = np.random.default_rng(job.seed).normal(0.0, 1e-3, len(samples))
        said = np.asarray(shade * samples + noise, np.float32)
        return Speech(said, rate, "echo", job.clip.speaker)

    return say


def _cannot(options: Options) -> Synthesiser:
    raise NotReady("the weights are missing")


def _engine(
    name: str = "echo", shade: float = 0.5, refuses: str = "", dies_in: Path | None = None
) -> Engine:
    make = functools.partial(_loads, shade, refuses, dies_in)
    return Engine(name, "vocoder", (), "MIT", "nothing", make)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    toy_corpus.write(folder, CLIPS)
    human = [clip for clip in manifest.read(folder) if clip.label == "human"]
    manifest.write([replace(clip, channel="telegram") for clip in human], folder)
    return folder


def _files(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def _counterparts(folder: Path) -> list[Clip]:
    return [clip for clip in manifest.read(folder) if clip.label == "synthetic"]


def test_every_human_clip_gets_a_twin_of_its_pair(corpus: Path, tmp_path: Path) -> None:
    outcome = synthesise(corpus, tmp_path, _engine(), Options(), Here())
    assert (outcome.made, outcome.failed, outcome.summary) == (CLIPS, 0, "")
    human = manifest.read(corpus)
    assert [clip for clip in manifest.read(tmp_path) if clip.label == "human"] == human
    for clip, counterpart in zip(human, _counterparts(tmp_path), strict=True):
        assert (counterpart.pair, counterpart.speaker, counterpart.channel) == (
            clip.pair,
            clip.speaker,
            "telegram",
        )
        assert (counterpart.system, counterpart.family, counterpart.seconds) == (
            "echo",
            "vocoder",
            toy_corpus.SECONDS,
        )
        assert soundfile.info(tmp_path / counterpart.file).duration == toy_corpus.SECONDS
        assert (tmp_path / clip.file).samefile(corpus / clip.file)


def test_a_share_of_the_clips_gets_twins_and_another_engine_takes_others(
    corpus: Path, tmp_path: Path
) -> None:
    half = Options(share=0.5)
    for name in ("echo", "sounds"):
        outcome = synthesise(corpus, tmp_path / name, _engine(name), half, Here())
        assert 0 < outcome.made < CLIPS
    taken = [
        {counterpart.pair for counterpart in _counterparts(tmp_path / name)}
        for name in ("echo", "sounds")
    ]
    assert taken[0] != taken[1]


@pytest.mark.xdist_group("ray")
def test_nothing_depends_on_the_number_of_workers_or_on_their_deaths(
    corpus: Path, tmp_path: Path
) -> None:
    synthesise(corpus, tmp_path / "here", _engine(), Options(), Here())
    deadly = _engine(dies_in=tmp_path)
    synthesise(corpus, tmp_path / "two", deadly, Options(), Pool(workers=2))
    assert (tmp_path / "died").exists()
    here = _files(tmp_path / "here")
    assert len(here) == 2 * CLIPS + 3  # manifest, journal, failures
    assert _files(tmp_path / "two") == here


def test_engines_share_a_folder_and_what_is_made_is_not_made_again(
    corpus: Path, tmp_path: Path
) -> None:
    synthesise(corpus, tmp_path, _engine("loud", 0.9), Options(), Here())
    synthesise(corpus, tmp_path, _engine("soft", 0.1), Options(), Here())
    assert len(_counterparts(tmp_path)) == 2 * CLIPS
    before = _files(tmp_path)
    broken = replace(_engine("loud"), make=_cannot)
    assert synthesise(corpus, tmp_path, broken, Options(), Here()).made == CLIPS
    assert _files(tmp_path).keys() == before.keys()
    (tmp_path / _counterparts(tmp_path)[0].file).unlink()
    with pytest.raises(NotReady):  # as one is gone, the engine is needed
        synthesise(corpus, tmp_path, broken, Options(), Here())


def test_a_folder_can_be_its_own_target(tmp_path: Path) -> None:
    toy_corpus.write(tmp_path, 2)
    before = {clip.file for clip in manifest.read(tmp_path)}
    synthesise(tmp_path, tmp_path, _engine(), Options(), Here())
    after = {clip.file for clip in manifest.read(tmp_path)}
    assert after - before == {"echo-1/human/0000.flac", "echo-1/human/0001.flac"}
    assert before < after


def test_models_and_seeds_of_an_engine_do_not_write_over_each_other(
    corpus: Path, tmp_path: Path
) -> None:
    choices = [Options(model="a/b"), Options(model="a-b"), Options(), Options(seed=2)]
    for options in choices:
        synthesise(corpus, tmp_path, _engine(), options, Here())
    assert len({clip.file for clip in _counterparts(tmp_path)}) == CLIPS * len(choices)


def test_bad_clips_are_reported_and_the_others_made(tmp_path: Path) -> None:
    source, target = tmp_path / "in", tmp_path / "out"
    names = ("a/ção 1.wav", "b/ção 1.wav", "b/ção 1.flac", "no text.wav", "text.wav")
    for number, name in enumerate(names):
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        voice = toy_corpus.voice(number, human=True, rng=np.random.default_rng(number))
        soundfile.write(source / name, voice, toy_corpus.RATE)
    (source / "text.wav").write_text("this is no sound")
    clips = [Clip(name, "human") for name in (*names, "gone.wav", "a/ção 1.wav")]
    manifest.write(clips, source)
    outcome = synthesise(source, target, _engine(refuses="no text.wav"), Options(), Here())
    assert (outcome.made, outcome.failed) == (3, 3)
    assert {clip.file for clip in _counterparts(target)} == {
        "echo-1/a/ção 1.flac",
        "echo-1/b/ção 1.wav.flac",
        "echo-1/b/ção 1.flac.flac",
    }
    rows = (target / "failed.csv").read_text().splitlines()[1:]
    assert rows[0] == "no text.wav,synthesise echo seed 1,it has no text"
    assert rows[1].startswith("text.wav,synthesise echo seed 1,LibsndfileError: Error opening")
    assert rows[2] == 'gone.wav,synthesise echo seed 1,"the manifest lists it, but it is not there"'
    assert {clip.file for clip in manifest.read(target) if clip.label == "human"} == set(names)


def test_words_are_checked_where_a_text_is_and_only_when_asked(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[int, str, str]] = []

    class StandIn:
        """Hears all words but of one text; Whisper itself is tested elsewhere."""

        def faults(self, sound: np.ndarray, rate: int, text: str, language: str) -> list[str]:
            asked.append((rate, text, language))
            return ["Whisper hears 80% of its words wrong"] if text == TEXTS[1] else []

    monkeypatch.setattr("dataset.synthesise._whisper", StandIn)
    clips = [
        replace(clip, text=text, language="pt-BR")
        for clip, text in zip(manifest.read(corpus), TEXTS, strict=False)
    ]
    for clip in clips:
        link(corpus / clip.file, tmp_path / "in" / clip.file)
    manifest.write(clips, tmp_path / "in")
    for options, left_out in ((Options(), 0), (Options(check_words=True), 1)):
        target = tmp_path / f"out {left_out}"
        outcome = synthesise(tmp_path / "in", target, _engine(), options, Here())
        assert (outcome.made, outcome.failed) == (3 - left_out, left_out)
    assert "not accepted: Whisper hears 80% of its words wrong" in outcome.summary
    assert asked == [(toy_corpus.RATE, text, "pt-BR") for text in TEXTS if text]


@pytest.mark.slow
def test_a_command_that_is_killed_goes_on_as_if_nothing_had_been(tmp_path: Path) -> None:
    corpus, target = tmp_path / "corpus", tmp_path / "disturbed"
    toy_corpus.write(corpus, 16)
    synthesise(corpus, tmp_path / "calm", world.ENGINE, Options(), Here())
    _kill_after(2, _command(corpus, target), target)
    os.truncate(target / "journal.jsonl", (target / "journal.jsonl").stat().st_size - 7)
    dropped = len(_journal(target))
    subprocess.run(_command(corpus, target), check=True, timeout=800.0)
    keys = [json.loads(line)["key"] for line in _journal(target)]
    assert 1 <= dropped < len(keys) == len(set(keys)) == 16
    assert _files(target) == _files(tmp_path / "calm")


def _command(source: Path, target: Path) -> list[str]:
    options = ["--in", str(source), "--out", str(target), "--workers", "2"]
    return [sys.executable, "-m", "dataset", "synthesise", "--engine", "world", *options]


def _kill_after(lines: int, command: list[str], target: Path) -> None:
    """With all that Ray started for it gone soon after."""
    with subprocess.Popen(command) as process:
        try:
            _wait(lambda: len(_journal(target)) >= lines)
            started = _family(process.pid)
        finally:
            process.kill()
    assert len(started) > 5  # Ray's own processes and the workers
    _wait(lambda: not any(map(_alive, started)))


def _journal(target: Path) -> Sequence[bytes]:
    path = target / "journal.jsonl"
    return path.read_bytes().split(b"\n")[:-1] if path.exists() else []


def _wait(until: Callable[[], bool]) -> None:
    end = time.monotonic() + 400.0
    while not until():
        assert time.monotonic() < end
        time.sleep(0.05)


def _family(pid: int) -> list[int]:
    """Everything a process has started."""
    children: list[int] = []
    with suppress(FileNotFoundError, ProcessLookupError):  # one that has ended meanwhile
        for task in Path(f"/proc/{pid}/task").iterdir():
            children += map(int, (task / "children").read_text().split())
    return [*children, *(member for child in children for member in _family(child))]


def _alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):  # the second when it ends while it is read
        return False
    return state != "Z"
