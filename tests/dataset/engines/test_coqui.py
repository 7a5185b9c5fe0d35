"""Coqui's engines with the library's own classes, small models, random weights and real files.

They need coqui-tts, which has an environment of its own: scripts/test-coqui.
"""

import functools
import http.server
import json
import shutil
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from dataset.engines.coqui import conversion, reading, xtts
from dataset.engines.coqui.quiet import quiet
from dataset.engines.engine import Engine, Job, NotReady, Options, Refused, Speech, Synthesiser
from dataset.manifest import Clip
from tests.dataset.engines import coqui_models
from tests.sounds import RATE, speech

pytest.importorskip("TTS", reason="coqui-tts is not in this environment: scripts/test-coqui")
TEXT = "O trem saiu da estação."
LONG = (
    "O trem saiu da estação antes do amanhecer, quando a cidade ainda dormia. Ninguém falava no "
    "vagão, nem mesmo as crianças, que dividiam um pão ainda quente da padaria da esquina. Ao "
    "meio-dia chegaram ao mar!"
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder of Coqui's own, with a small WavLM in it; the hub is out of reach."""
    folder = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch, quiet():
        patch.setenv("TTS_HOME", str(folder))
        patch.setenv("HF_HOME", str(folder / "huggingface"))
        for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
            patch.setenv(name, "http://127.0.0.1:9")  # nobody listens there
        patch.setenv("NO_PROXY", "127.0.0.1")
        patch.setenv("no_proxy", "127.0.0.1")
        coqui_models.write_wavlm(folder)
        yield folder


@pytest.fixture(scope="module")
def models(home: Path) -> Path:
    folder = home / "models"
    folder.mkdir()
    return folder


@pytest.fixture(scope="module")
def voices(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Recordings of two seconds; the even ones are Ana's, the odd ones Rui's."""
    folder = tmp_path_factory.mktemp("voices")
    files = []
    for number in range(6):
        file = folder / f"{number}.wav"
        soundfile.write(file, speech(2.0, pitch=120.0 + 60.0 * (number % 2), seed=number), RATE)
        files.append(file)
    return files


@pytest.fixture(scope="module")
def cloner(models: Path) -> Synthesiser:
    with quiet():
        folder = coqui_models.write_xtts(models / "xtts-small")
    return xtts.ENGINE.make(Options(model=str(folder), accept_licence=True))


def _job(voices: list[Path], text: str = TEXT, seed: int = 1, language: str = "pt-BR") -> Job:
    ana = Clip("0.wav", "human", speaker="ana", language=language, text=text)
    rui = Clip("1.wav", "human", speaker="rui", language=language)
    return Job(ana, voices[0], tuple(voices[2::2]), seed, rui, tuple(voices[1::2]))


def _same(one: Speech, other: Speech) -> bool:
    return np.array_equal(one.samples, other.samples)


def _sounds(said: Speech) -> bool:
    return bool(np.isfinite(said.samples).all() and 0.0 < np.abs(said.samples).max() <= 1.0)


def test_xtts_says_the_sentence_as_its_speaker(cloner: Synthesiser, voices: list[Path]) -> None:
    said = cloner(_job(voices))
    assert (said.system, said.speaker, said.sample_rate) == ("xtts-small", "ana", 24_000)
    assert said.samples.dtype == np.float32
    assert 0.2 < len(said.samples) / said.sample_rate < 2.5  # it ends, or runs into its own limit
    assert _sounds(said)
    assert _same(said, cloner(_job(voices)))
    assert not _same(said, cloner(_job(voices, seed=2)))


def test_xtts_hears_a_voice_as_the_library_does_and_once(
    cloner: Synthesiser, voices: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    import torch
    import TTS.tts.models.xtts as library

    def load(path: Path, rate: int) -> Any:  # the library's needs FFmpeg's shared libraries
        return torch.from_numpy(soundfile.read(path, dtype="float32")[0])[None]

    monkeypatch.setattr(library, "load_audio", load)
    monkeypatch.setattr(xtts, "RATE", RATE)  # so that nothing is resampled on the way
    inside: Any = cloner
    config = inside._model.config
    with quiet():
        expected = inside._model.get_conditioning_latents(
            [str(path) for path in voices[2::2]],
            max_ref_length=config.max_ref_len,
            gpt_cond_len=config.gpt_cond_len,
            gpt_cond_chunk_len=config.gpt_cond_chunk_len,
            load_sr=RATE,
        )
        heard = inside._listen(tuple(voices[2::2]))
    assert all(torch.equal(mine, theirs) for mine, theirs in zip(heard, expected, strict=True))

    times = inside._voice.cache_info().misses
    cloner(_job(voices))
    cloner(_job(voices, text="Bom dia."))
    assert inside._voice.cache_info().misses <= times + 1


def test_xtts_gets_long_texts_in_pieces(
    cloner: Synthesiser, voices: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    model: Any = cloner._model  # type: ignore[attr-defined]
    said: list[str] = []

    def inference(text: str, *arguments: Any, **settings: Any) -> dict[str, Any]:
        said.append(text)
        return {"wav": np.full(2400, 0.1, np.float32)}

    monkeypatch.setattr(model, "inference", inference)
    whole = cloner(_job(voices, text=LONG))
    assert " ".join(said) == LONG
    assert max(map(len, said)) <= model.tokenizer.char_limits["pt"] == 203
    assert len(whole.samples) == 2 * 2400 + 0.2 * 24_000


@pytest.mark.parametrize(
    ("text", "language", "reason"),
    [("", "pt-BR", "text"), (TEXT, "sw", "doesn't speak sw"), (TEXT, "", "unknown language")],
)
def test_xtts_refuses_what_it_cannot_say(
    cloner: Synthesiser, voices: list[Path], text: str, language: str, reason: str
) -> None:
    with pytest.raises(Refused, match=reason):
        cloner(_job(voices, text=text, language=language))


def test_xtts_refuses_a_voice_that_it_hardly_knows(cloner: Synthesiser, voices: list[Path]) -> None:
    with pytest.raises(Refused, match=r"2\.0 s together"):
        cloner(_job(voices[:3]))


def test_a_model_with_one_voice_reads_with_it(models: Path, voices: list[Path]) -> None:
    with quiet():
        folder = coqui_models.write_vits(models / "vits-one")
    read = reading.ENGINE.make(Options(model=str(folder)))
    said = read(_job(voices))
    assert (said.system, said.speaker, said.sample_rate) == ("vits-one", "vits-one", 22_050)
    assert _sounds(said)
    assert np.abs(said.samples[-2000:]).max() > 0  # the library's zeros are cut off
    assert _same(said, read(_job(voices)))


def test_a_model_with_several_voices_keeps_one_for_each_speaker(
    models: Path, voices: list[Path]
) -> None:
    with quiet():
        folder = coqui_models.write_vits(models / "vits-three", coqui_models.VOICES)
    read = reading.ENGINE.make(Options(model=str(folder)))
    ana = {read(_job(voices, text=text)).speaker for text in (TEXT, "Bom dia.")}
    assert len(ana) == 1
    assert ana < {f"vits-three-{voice}" for voice in coqui_models.VOICES}


def test_a_model_in_coquis_own_folder_is_loaded_by_its_name(home: Path, voices: list[Path]) -> None:
    with quiet():
        coqui_models.write_vits(home / "tts" / "tts_models--pt--cv--vits")
    read = reading.ENGINE.make(Options(model="tts_models/pt/cv/vits"))
    said = read(_job(voices))
    assert (said.system, said.licence) == ("pt-cv-vits", "bsd-3-clause")
    with pytest.raises(Refused, match="doesn't speak en-GB"):
        read(_job(voices, language="en-GB"))


@pytest.mark.parametrize(
    ("engine", "write", "rate"),
    zip(
        conversion.ENGINES,
        (coqui_models.write_freevc, coqui_models.write_knnvc, coqui_models.write_openvoice),
        (24_000, 16_000, 22_050),
        strict=True,
    ),
    ids=[engine.name for engine in conversion.ENGINES],
)
def test_a_converter_gives_a_recording_another_voice(
    models: Path, voices: list[Path], engine: Engine, write: Any, rate: int
) -> None:
    with quiet():
        folder = write(models / engine.name)
    convert = engine.make(Options(model=str(folder)))
    said = convert(_job(voices))
    assert (said.speaker, said.sample_rate) == ("rui", rate)
    assert len(said.samples) / rate == pytest.approx(2.0, abs=0.05)
    assert _sounds(said)
    assert _same(said, convert(_job(voices)))
    job = _job(voices)
    himself = Job(job.clip, job.recording, job.references, 1, job.clip, job.references)
    assert not _same(said, convert(himself))
    with pytest.raises(Refused, match="no other speaker"):
        convert(Job(job.clip, job.recording, job.references, 1))


@pytest.mark.parametrize(
    ("engine", "model"),
    [
        (xtts.ENGINE, xtts.MODEL),
        (reading.ENGINE, "tts_models/en/vctk/vits"),
        (conversion.ENGINES[0], conversion.FREEVC),
        (conversion.ENGINES[2], conversion.OPENVOICE),
    ],
)
def test_without_the_hub_one_sentence_says_so(home: Path, engine: Engine, model: str) -> None:
    with pytest.raises(NotReady, match=r"can't be fetched from the hub") as told:
        engine.make(Options(model=model, accept_licence=True))
    assert model in str(told.value)
    assert len(str(told.value).splitlines()) == 1
    assert not list((home / "tts").glob(f"{model.replace('/', '--')}/*.pth"))


def test_without_wavlm_one_sentence_says_where_to_put_it(
    models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with quiet():
        folder = coqui_models.write_freevc(models / "freevc-deaf")
    monkeypatch.setenv("TTS_HOME", str(tmp_path))
    with pytest.raises(NotReady, match=r"put it at .*wavlm/WavLM-Large\.pt"):
        conversion.ENGINES[0].make(Options(model=str(folder)))
    assert not list((tmp_path / "tts" / "wavlm").iterdir())


def test_a_name_that_coqui_does_not_know_is_named() -> None:
    with pytest.raises(NotReady, match="tts_models/pt/none"):
        reading.ENGINE.make(Options(model="tts_models/pt/none"))


def test_a_device_that_is_not_there_is_named() -> None:
    import torch

    if torch.cuda.is_available():
        pytest.skip("this machine has a CUDA device")
    with pytest.raises(NotReady, match="cuda"):
        conversion.ENGINES[0].make(Options(device="cuda"))


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A hub on this machine with Coqui's list of one model; files of its folder are served."""
    from TTS.utils import manage

    folder = tmp_path / "hub"
    folder.mkdir()
    handler = functools.partial(_Silent, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_address[1]}/tts_models--pt--test--vits.zip"
    item = {"github_rls_url": address, "license": "MIT", "default_vocoder": None}
    listing = tmp_path / "models.json"
    listing.write_text(json.dumps({"tts_models": {"pt": {"test": {"vits": item}}}}))
    manager = functools.partial(manage.ModelManager, models_file=listing)
    monkeypatch.setattr(manage, "ModelManager", manager)
    monkeypatch.setenv("TTS_HOME", str(tmp_path / "home"))
    yield folder
    server.shutdown()
    server.server_close()


class _Silent(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *arguments: Any) -> None: ...


def test_a_download_that_broke_off_is_made_again(
    home: Path, hub: Path, tmp_path: Path, voices: list[Path]
) -> None:
    options = Options(model="tts_models/pt/test/vits")
    archive = hub / "tts_models--pt--test--vits.zip"
    with quiet():
        model = coqui_models.write_vits(tmp_path / "tts_models--pt--test--vits")
    with zipfile.ZipFile(archive, "w") as file:
        for path in model.iterdir():
            file.write(path, f"{model.name}/{path.name}")
    whole = archive.read_bytes()
    archive.write_bytes(whole[: len(whole) // 2])  # what a cut connection leaves
    with pytest.raises(NotReady, match="can't be fetched"):
        reading.ENGINE.make(options)
    archive.write_bytes(whole)
    assert _sounds(reading.ENGINE.make(options)(_job(voices)))
    archive.unlink()
    shutil.rmtree(model)
    assert _sounds(reading.ENGINE.make(options)(_job(voices)))  # now from the disk
