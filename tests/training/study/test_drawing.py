"""What the network gets is what `dataset spectrograms --pictures` draws."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile

from dataset.features.constant_q import ConstantQ
from dataset.features.pictures import KINDS, SPEC, picture
from dataset.manifest import Clip
from tests import sounds
from tests.pools import Here
from training.study.drawing import Batches, draw, pixels
from training.study.pictures import Picture


@pytest.fixture(scope="module")
def voice(tmp_path_factory: pytest.TempPathFactory) -> Picture:
    path = tmp_path_factory.mktemp("sounds") / "voice.wav"
    soundfile.write(path, sounds.speech(2.0), sounds.RATE, subtype="FLOAT")
    return Picture(Clip("voice.wav", "human"), path, "human")


@pytest.mark.parametrize("kind", ["grey", "colour"])
def test_a_picture_is_the_one_of_the_data_set(kind: str, voice: Picture, tmp_path: Path) -> None:
    assert not draw([voice], tmp_path, KINDS[kind], Here())
    expected = picture(ConstantQ(SPEC)(sounds.speech(2.0)), KINDS[kind])
    seen = pixels(tmp_path / f"{voice.name}.png", KINDS[kind].coloured)
    assert seen.shape == (256, *((512, 3) if kind == "colour" else (256, 1)))
    np.testing.assert_array_equal(seen.squeeze(), np.asarray(expected))


def test_noise_and_ambience_show(voice: Picture, tmp_path: Path) -> None:
    hiss = tmp_path / "hiss.wav"
    soundfile.write(hiss, sounds.noise(1.0), sounds.RATE)
    noisy = replace(voice, clip=replace(voice.clip, channel="gaussian"))
    ambient = replace(voice, clip=replace(voice.clip, channel="ambience"), ambience=hiss)
    assert not draw([voice, noisy, ambient], tmp_path, KINDS["grey"], Here())
    plain, grainy, hissing = (
        pixels(tmp_path / f"{one.name}.png", False).astype(int) for one in (voice, noisy, ambient)
    )
    assert 0 < np.abs(grainy - plain).mean() < 5 < np.abs(hissing - plain).mean()


def test_what_is_drawn_is_not_drawn_again_and_what_cannot_be_is_told(
    voice: Picture, tmp_path: Path
) -> None:
    draw([voice], tmp_path, KINDS["grey"], Here())
    (tmp_path / f"{voice.name}.png").write_bytes(b"as it was")
    lost = replace(voice, sound=tmp_path / "lost.wav")
    failed = draw([voice, lost], tmp_path, KINDS["grey"], Here())
    assert (tmp_path / f"{voice.name}.png").read_bytes() == b"as it was"
    assert [one for one, _ in failed] == [lost]


def test_batches_hold_every_picture_once_an_epoch_each_time_in_another_order(
    voice: Picture, tmp_path: Path
) -> None:
    draw([voice], tmp_path, KINDS["grey"], Here())
    some = [voice, voice, replace(voice, label="synthetic"), voice, voice]
    batches = Batches(some, tmp_path, KINDS["grey"], ("human", "synthetic"), 2, seed=1)
    orders = []
    for _ in range(6):
        targets = np.concatenate([batches[i][1] for i in range(len(batches))])
        assert targets.sum(axis=0).tolist() == [4, 1]
        orders.append(int(targets[:, 1].argmax()))
        batches.on_epoch_end()
    assert len(set(orders)) > 1
    still = Batches(some, tmp_path, KINDS["grey"], ("human", "synthetic"), 5, seed=None)
    assert still[0][0].shape == (5, 256, 256, 1)
    assert still[0][1][:, 1].tolist() == [0, 0, 1, 0, 0]
