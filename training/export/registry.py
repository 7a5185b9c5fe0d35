"""`inference/models.toml` and the files beside it: the models that the bot can serve."""

import shutil
import tomllib
from datetime import date
from pathlib import Path

from dataset.files import sha256
from inference.accuracy import beside
from inference.detector import Detector

LIST = "models.toml"
REFERENCE_SHA256 = "twin_sha256"  # in a card: of the reference model's file; named so since 0.2.0
FOLDER = "models"


def entry(path: Path) -> str:
    """The entry of a model file in models.toml."""
    digest = sha256(path)
    title = Detector(path).card.title
    facts = {"name": title, "file": f"{FOLDER}/{path.name}", "date": date.today(), "sha256": digest}
    return "[[model]]\n" + "".join(f'{name} = "{fact}"\n' for name, fact in facts.items())


def is_listed(path: Path, folder: Path) -> bool:
    """Whether models.toml lists a file of that name."""
    return any(model["file"] == f"{FOLDER}/{path.name}" for model in _models(folder))


def ship(path: Path, folder: Path, keep: bool) -> None:
    """Copy a model file into `folder`, usually inference/, and list it last, which serves it.

    Without `keep` the models that were listed before go: a repository of ever more of them is slow
    to fetch, and its history has them.
    """
    target = folder / FOLDER / path.name
    new = entry(path)
    comments, *old = (folder / LIST).read_text(encoding="utf-8").split("[[model]]")
    kept = [f"[[model]]{text.rstrip()}\n" for text in old] if keep else []
    gone = [] if keep else [folder / model["file"] for model in _models(folder)]
    target.parent.mkdir(exist_ok=True)
    shutil.copyfile(path, target)
    listed = "\n".join([comments.rstrip() + "\n", *kept, new])
    (folder / LIST).write_text(listed, encoding="utf-8")
    for file in gone:
        file.unlink(missing_ok=True)
        beside(file).unlink(missing_ok=True)


def _models(folder: Path) -> list[dict[str, str]]:
    models: list[dict[str, str]] = tomllib.loads((folder / LIST).read_text())["model"]
    return models
