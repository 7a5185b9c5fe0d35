"""The gate: what is refused stays outside, what is accepted is copied, listed and described.

The candidates are the served file with another card: thresholds decide what is called synthetic.
"""

import shutil
import tomllib
from dataclasses import replace
from pathlib import Path

import onnx
import pytest
import soundfile

from dataset import manifest
from dataset.manifest import Clip
from inference import accuracy
from inference.card import KEY, Card
from inference.registry import default_model
from tests import sounds
from training.evaluation.robustness import AS_THEY_ARE, Conditions, RobustnessConfig
from training.evaluation.scoring import Answer
from training.export.registry import entry, sha256, ship
from training.release import promotion
from training.release.promotion import Candidate, promote, unsuited
from training.report import evaluate

EVERY = RobustnessConfig(("noise", "handling"), 2)
TRUSTING, ACCUSING = (0.995, 0.999), (0.001, 0.005)  # no score is under 0.01 or over 0.99


def model(path: Path, version: str, thresholds: tuple[float, float], **facts: str) -> Path:
    file = onnx.load(default_model())
    card = Card.from_json({p.key: p.value for p in file.metadata_props}[KEY])
    training = {**card.training, **facts}
    new = replace(card, version=version, thresholds=thresholds, training=training)
    onnx.helper.set_model_props(file, {KEY: new.to_json()})
    target = path / f"ouvido-{version}.onnx"
    onnx.save(file, target)
    return target


@pytest.fixture(scope="module")
def clips(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Portuguese people, on pages with synthetic clips and recorded by telephones."""
    folder = tmp_path_factory.mktemp("clips")
    rows = []
    for number in range(12):
        label = "synthetic" if number % 3 == 0 else "human"
        source = f"phone {number}" if number % 3 == 1 else f"page {number % 2}"
        file = f"{number}.wav"
        soundfile.write(folder / file, sounds.speech(3.0, seed=number), sounds.RATE)
        rows.append(
            Clip(file, label, label, label, "pt-BR", source=source, seconds=3.0, split="dev")
        )
    manifest.write(rows, folder)
    return folder


@pytest.fixture(scope="module")
def candidates(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("models")
    bands = {"1.0.0": ACCUSING, "2.0.0": TRUSTING}
    return {version: model(folder, version, band) for version, band in bands.items()}


@pytest.fixture(scope="module")
def memory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("memory")


@pytest.fixture
def _handled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is handled here: what a model says of a clip it says of it in a room as well."""

    def scored_under_conditions(
        _model: Path, _folder: Path, plain: list[Answer], *_: object
    ) -> Conditions:
        return {"handling": {AS_THEY_ARE: plain, "room": plain}}

    for module in (promotion, evaluate):
        monkeypatch.setattr(module, "scored_under_conditions", scored_under_conditions)


def repository(home: Path, model: Path) -> Path:
    """A repository in which one model is served."""
    (home / "inference" / "models").mkdir(parents=True)
    shutil.copyfile(model, home / "inference" / "models" / model.name)
    (home / "inference" / "models.toml").write_text(f"# What is served.\n\n{entry(model)}")
    return home


def served(home: Path) -> Path:
    listed = tomllib.loads((home / "inference" / "models.toml").read_text())["model"]
    return home / "inference" / str(listed[-1]["file"])


@pytest.mark.usefixtures("_handled")
def test_a_model_that_accuses_less_is_copied_listed_and_described(
    tmp_path: Path,
    candidates: dict[str, Path],
    clips: Path,
    memory: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    old, better = candidates.values()
    home = repository(tmp_path, old)
    candidate = Candidate(better, better, served(home))
    assert promote(candidate, clips, 1, memory, robustness=EVERY) == 0  # a dry run
    assert "|handling, room: false alarms|12|100.0 %|0.0 %|" in capsys.readouterr().out
    assert served(home).name == old.name
    assert not (home / "MODEL_CARD.md").exists()

    assert (
        promote(candidate, clips, 1, memory, home, robustness=RobustnessConfig(("handling",), 2))
        == 0
    )
    assert "|Portuguese people: false alarms|8|100.0 %|0.0 %|" in capsys.readouterr().out
    assert served(home).read_bytes() == better.read_bytes()
    told = accuracy.read(served(home))
    assert told is not None
    assert told.model == told.measured == "ouvido-2.0.0"
    assert {file.name for file in (home / "inference" / "models").iterdir()} == {
        better.name,
        "ouvido-2.0.0.accuracy.json",
    }
    card = (home / "MODEL_CARD.md").read_text()
    assert "ouvido-2.0.0" in card.splitlines()[0]
    assert "](docs/figures/det.png)" in card
    assert (home / "docs" / "figures" / "det.png").exists()
    assert "`--conditions codecs` does" in card
    assert "`--conditions handling` does" not in card


def test_a_model_that_accuses_more_is_refused_and_nothing_changes(
    tmp_path: Path,
    candidates: dict[str, Path],
    clips: Path,
    memory: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    worse, old = candidates.values()
    home = repository(tmp_path, old)
    before = (home / "inference" / "models.toml").read_text()
    assert promote(Candidate(worse, worse, served(home)), clips, 1, memory, home) == 1
    said = "refused: Portuguese people: false alarms: worse, 0.0 % before and 100.0 % after"
    assert said in capsys.readouterr().err
    assert (home / "inference" / "models.toml").read_text() == before
    assert not (home / "MODEL_CARD.md").exists()


def test_a_model_that_was_not_measured_after_handling_is_refused(
    candidates: dict[str, Path],
    clips: Path,
    memory: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    old, better = candidates.values()
    robustness = RobustnessConfig(("noise",), 2)
    assert promote(Candidate(better, better, old), clips, 1, memory, robustness=robustness) == 1
    printed = capsys.readouterr()
    assert "refused: handling: false alarms: not measured" in printed.err
    assert "|handling: EER|0|–|–|" in printed.out


def test_a_model_that_learnt_from_dev_is_measured_by_its_twin_only(
    tmp_path: Path, candidates: dict[str, Path]
) -> None:
    other, reference = candidates.values()
    final = model(tmp_path, "2.0.1", TRUSTING, twin_sha256=sha256(reference))
    assert unsuited(Candidate(final, reference, other)) == []
    assert unsuited(Candidate(reference, reference, other)) == []
    assert "its reference model must be given" in unsuited(Candidate(final, final, other))[0]
    assert "not the reference model" in unsuited(Candidate(final, other, reference))[0]
    assert "not the reference model" in unsuited(Candidate(reference, other, other))[0]


def test_a_version_is_shipped_once(tmp_path: Path, candidates: dict[str, Path]) -> None:
    old = candidates["1.0.0"]
    home = repository(tmp_path, old)
    assert "needs a new version" in unsuited(Candidate(old, old, old), home)[0]


def test_what_was_measured_of_a_model_goes_with_it(
    tmp_path: Path, candidates: dict[str, Path]
) -> None:
    old, new = candidates.values()
    home = repository(tmp_path, old)
    accuracy.beside(served(home)).write_text("{}")
    ship(new, home / "inference", keep=False)
    assert [file.name for file in (home / "inference" / "models").iterdir()] == [new.name]


def test_older_models_stay_when_they_are_kept(tmp_path: Path, candidates: dict[str, Path]) -> None:
    old, new = candidates.values()
    home = repository(tmp_path, old)
    ship(new, home / "inference", keep=True)
    text = (home / "inference" / "models.toml").read_text()
    listed = tomllib.loads(text)["model"]
    assert [one["name"] for one in listed] == ["ouvido-1.0.0", "ouvido-2.0.0"]
    assert listed[1]["sha256"] == sha256(home / "inference" / "models" / new.name)
    assert text.startswith("# What is served.\n")
    assert (home / "inference" / "models" / old.name).exists()
