"""Copies through codecs: both classes alike, only of train, and again the same."""

from pathlib import Path

import pytest

from dataset import codecs, manifest
from dataset.manifest import Clip
from inference.audio import decode
from tests import sounds


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    clips = []
    for number in range(16):
        label, split = ("human", "synthetic")[number % 2], ("train", "dev")[number >= 12]
        (folder / f"{number}.wav").write_bytes(sounds.encode(sounds.speech(2.0), "wav", 16_000))
        clips.append(Clip(f"{number}.wav", label, split=split, source="made"))
    (folder / "broken.wav").write_bytes(b"RIFF")
    manifest.write([*clips, Clip("broken.wav", "human", split="train")], folder)
    return folder


def test_every_train_clip_gets_its_copy_and_dev_none(corpus: Path, tmp_path: Path) -> None:
    made, failed = codecs.augment(corpus, tmp_path, share=1.0, seed=1, jobs=1)
    assert (made, failed) == (12, 1)
    clips = manifest.read(tmp_path)
    copies = clips[17:]
    assert {copy.label for copy in copies} == {"human", "synthetic"}
    assert {copy.split for copy in copies} == {"train"}
    for copy in copies:
        assert len(decode((tmp_path / copy.file).read_bytes(), 60.0)) == pytest.approx(
            32_000, abs=2_000
        )


def test_the_same_seed_draws_the_same_copies(corpus: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        codecs.augment(corpus, tmp_path / name, share=0.5, seed=7, jobs=1)
    assert manifest.read(tmp_path / "one") == manifest.read(tmp_path / "two")


@pytest.mark.parametrize("codec", codecs.CODECS, ids=lambda codec: codec.name)
def test_every_codec_makes_a_file_that_we_can_read(
    codec: codecs.Codec, corpus: Path, tmp_path: Path
) -> None:
    copy = codecs._copy(corpus, tmp_path, (Clip("0.wav", "human"), codec))
    assert copy is not None
    assert len(decode((tmp_path / copy.file).read_bytes(), 60.0)) > 30_000
