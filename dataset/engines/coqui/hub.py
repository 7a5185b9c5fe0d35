"""Where a model's files are: in a folder of the operator's, or fetched by its name from the hub.

Names are those of Coqui's own list, e.g. `tts_models/pt/cv/vits`. What is fetched stays in
`$TTS_HOME/tts` (`~/.local/share/tts`) and, of Hugging Face's models, in `$HF_HOME`.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from textwrap import shorten
from typing import Any

from dataset.engines.engine import NotReady, Options

ADDRESSES = {"CPML": " (https://tts-hub.github.io/cpml)"}
# Licences that ask for no more than to be named or kept; any other is the operator's to accept.
FREE = {
    "apache 2.0", "bsd-3-clause", "cc-by-4.0", "cc-by-sa 4.0", "mit", "mpl", "mpl 2.0",
}  # fmt: skip
FAIRSEQ = "CC BY-NC 4.0"  # Meta's MMS voices of 1,100 languages, which the list does not name
CHECKPOINTS = ("model_file.pth", "model_file.pth.tar", "model.pth", "checkpoint.pth")


@dataclass(frozen=True)
class Files:
    """A model on disk."""

    system: str  # what to call it in the manifest
    licence: str  # of its weights; empty: the operator's own folder
    checkpoint: Path  # a file, or a folder of a model that has several
    config: Path
    vocoder: Path | None = None
    vocoder_config: Path | None = None


def ready(options: Options) -> None:
    """NotReady unless coqui-tts and the device are here."""
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    os.environ.setdefault("TRANSFORMERS_VERBOSITY", "critical")  # it sets its logger's level itself
    try:
        import torch
        import TTS  # noqa: F401  # raises ImportError also when a part of it is missing
    except ImportError as error:
        raise NotReady(
            "coqui-tts is not in this environment: scripts/synthesise makes the one it needs "
            f"(scripts/venv .venv-coqui dataset coqui): {error}"
        ) from error
    if options.device != "cpu" and not torch.cuda.is_available():
        raise NotReady(f"torch finds no {options.device} device here; --device cpu is slower")


def agree(name: str, licence: str, accepted: bool) -> None:
    """NotReady when the weights' licence restricts their use and nobody said that this is fine."""
    if accepted or licence.lower() in FREE:
        return
    raise NotReady(
        f"the licence of {name} is {licence}{ADDRESSES.get(licence, '')}, which restricts what its "
        "weights and the speech they make may be used for; if you accept it, say --accept-licence"
    )


def find(model: str, accepted: bool) -> Files:
    """A folder's or a name's files, fetched if need be; NotReady says what is missing."""
    folder = Path(model).expanduser()
    return _on_disk(folder) if folder.is_dir() else _by_name(model, accepted)


def system_of(name: str) -> str:
    """`tts_models/pt/cv/vits` is `pt-cv-vits`, `tts_models/multilingual/…/bark` is `bark`."""
    return "-".join(
        part for part in name.split("/")[1:] if part not in ("multilingual", "multi-dataset")
    )


def _on_disk(folder: Path) -> Files:
    config = folder / "config.json"
    if not config.is_file():
        raise NotReady(f"{folder} has no config.json")
    vocoder = folder / "vocoder"
    has_vocoder = (vocoder / "config.json").is_file()
    return Files(
        system=folder.resolve().name,
        licence="",
        checkpoint=_checkpoint(folder),
        config=config,
        vocoder=_checkpoint(vocoder) if has_vocoder else None,
        vocoder_config=vocoder / "config.json" if has_vocoder else None,
    )


def _checkpoint(folder: Path) -> Path:
    named = [folder / name for name in CHECKPOINTS if (folder / name).is_file()]
    found = named or sorted(folder.glob("*.pt*"))
    return found[0] if len(found) == 1 else folder


def _by_name(name: str, accepted: bool) -> Files:
    from TTS.utils.manage import ModelManager

    manager: Any = ModelManager(progress_bar=False)
    licence = _licence(name, manager.models_dict)
    agree(name, licence, accepted)
    manager.tos_agreed = lambda item, folder: True  # else it asks on a worker's standard input
    checkpoint, config, item = _fetch(manager, name)
    vocoder = item.get("default_vocoder")
    parts = _fetch(manager, vocoder)[:2] if vocoder else (None, None)
    return Files(system_of(name), licence, checkpoint, config, *parts)


def _licence(name: str, models: dict[str, Any]) -> str:
    if name.count("/") == 3 and name.split("/")[2] == "fairseq":
        return FAIRSEQ
    for part in name.split("/"):
        models = models.get(part, {})
    if "license" not in models:
        raise NotReady(f"{name} is neither a folder here nor a name of Coqui's list of models")
    return str(models["license"])


def _fetch(manager: Any, name: str) -> tuple[Path, Path, dict[str, Any]]:
    """Checkpoint, config and entry of a listed model, by one process at a time.

    The library takes any folder for a whole model, also one that a killed process left behind.
    """
    folder = Path(manager.output_prefix, name.replace("/", "--"))
    unfinished = folder.with_name(f"{folder.name}.unfinished")
    with _alone(folder.parent):
        if unfinished.exists():
            shutil.rmtree(folder, ignore_errors=True)
        elif not folder.exists():
            unfinished.touch()
        with _reached(name):
            found: tuple[Path, Path, dict[str, Any]] = manager.download_model(name)
        unfinished.unlink(missing_ok=True)
    return found


def fetch_wavlm() -> None:
    """Have WavLM-Large (1.3 GB) where the library looks for it: converters listen through it."""
    from urllib.request import urlretrieve

    from trainer.io import get_user_data_dir
    from TTS.vc.layers.freevc.wavlm import model_uri

    home = Path(get_user_data_dir("tts"))
    file = home / "wavlm" / "WavLM-Large.pt"
    with _alone(home), _reached("WavLM-Large", f"put it at {file}"):
        if not file.exists():
            file.parent.mkdir(exist_ok=True)
            part = file.with_suffix(".unfinished")
            urlretrieve(model_uri, part)  # noqa: S310  # an https address of the library's
            part.rename(file)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One process at a time: all workers of a machine start at once."""
    from filelock import FileLock

    folder.mkdir(parents=True, exist_ok=True)
    with FileLock(folder / "ouvido.lock"):
        yield


@contextmanager
def _reached(name: str, instead: str = "give --model a folder with its files") -> Iterator[None]:
    """Turn errors of network and disk into NotReady with one sentence."""
    from zipfile import BadZipFile

    from huggingface_hub.errors import HfHubHTTPError, LocalEntryNotFoundError

    try:
        yield
    except (OSError, BadZipFile, HfHubHTTPError, LocalEntryNotFoundError) as error:
        reason = shorten(f"{type(error).__name__}: {error}", 150, placeholder=" …")
        raise NotReady(
            f"{name} can't be fetched from the hub ({reason}); try again where there is a network, "
            f"or {instead} (docs/coqui.md)"
        ) from error
