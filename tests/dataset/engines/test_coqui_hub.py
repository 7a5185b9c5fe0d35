"""Where models come from, and what must be said about their licences; without Coqui itself."""

import re
from pathlib import Path

import pytest

from dataset.engines.coqui import conversion, hub, reading, xtts
from dataset.engines.engine import NotReady, Options

ENGINES = (xtts.ENGINE, reading.ENGINE, *conversion.ENGINES)


def test_xtts_is_not_loaded_before_its_licence_is_accepted(tmp_path: Path) -> None:
    for options in (Options(), Options(model=str(tmp_path))):
        with pytest.raises(NotReady, match=r"CPML.*--accept-licence"):
            xtts.ENGINE.make(options)


@pytest.mark.parametrize("licence", ["MIT", "Apache 2.0", "bsd-3-clause", "CC-BY-4.0", "MPL"])
def test_a_free_licence_asks_nothing(licence: str) -> None:
    hub.agree("a model", licence, accepted=False)


@pytest.mark.parametrize("licence", ["CC BY-NC-ND 4.0", "CC BY-NC 4.0", "CPML", "openrail", "?"])
def test_any_other_licence_must_be_accepted(licence: str) -> None:
    with pytest.raises(NotReady, match=re.escape(licence)):
        hub.agree("a model", licence, accepted=False)
    hub.agree("a model", licence, accepted=True)


def test_models_have_short_names() -> None:
    assert hub.system_of("tts_models/pt/cv/vits") == "pt-cv-vits"
    assert hub.system_of(xtts.MODEL) == "xtts_v2"
    assert hub.system_of(conversion.OPENVOICE) == "openvoice_v2"


def test_a_folder_has_a_checkpoint_and_a_config(tmp_path: Path) -> None:
    with pytest.raises(NotReady, match=r"no config\.json"):
        hub.find(str(tmp_path), accepted=False)
    (tmp_path / "config.json").touch()
    (tmp_path / "best_model.pth").touch()
    files = hub.find(str(tmp_path), accepted=False)
    assert (files.system, files.checkpoint) == (tmp_path.name, tmp_path / "best_model.pth")
    assert (files.config, files.vocoder) == (tmp_path / "config.json", None)


def test_a_named_checkpoint_goes_before_other_weights(tmp_path: Path) -> None:
    for name in ("config.json", "model.pth", "speakers_xtts.pth"):
        (tmp_path / name).touch()
    assert hub.find(str(tmp_path), accepted=True).checkpoint == tmp_path / "model.pth"


def test_a_model_of_several_checkpoints_is_its_folder(tmp_path: Path) -> None:
    for name in ("config.json", "coarse_2.pt", "fine_2.pt"):
        (tmp_path / name).touch()
    assert hub.find(str(tmp_path), accepted=True).checkpoint == tmp_path


def test_a_vocoder_stands_beside_its_model(tmp_path: Path) -> None:
    (tmp_path / "vocoder").mkdir()
    for name in ("config.json", "model.pth", "vocoder/config.json", "vocoder/g.pt"):
        (tmp_path / name).touch()
    files = hub.find(str(tmp_path), accepted=True)
    assert files.vocoder == tmp_path / "vocoder" / "g.pt"
    assert files.vocoder_config == tmp_path / "vocoder" / "config.json"


def test_any_model_means_that_one_is_named() -> None:
    with pytest.raises(NotReady, match="--model"):
        reading.ENGINE.make(Options())


def test_a_model_knows_languages_by_its_own_names() -> None:
    assert reading.language_for("pt-BR", ("en", "fr-fr", "pt-br")) == "pt-br"
    assert reading.language_for("pt-PT", ("en", "pt-br")) == "pt-br"
    assert reading.language_for("pt-BR", ("por",)) == "por"
    assert reading.language_for("pt", ("pl", "en")) is None
    assert reading.language_for("", ("en",)) is None


def test_engines_tell_their_environment_and_who_converts() -> None:
    assert {engine.name: engine.converts for engine in ENGINES} == {
        "xtts": False, "coqui": False, "freevc": True, "knnvc": True, "openvoice": True,
    }  # fmt: skip
    assert {engine.environment for engine in ENGINES} == {"coqui"}
