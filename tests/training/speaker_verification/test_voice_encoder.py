"""Weights out of a checkpoint, without PyTorch, become a network that counts as PyTorch does."""

import io
import pickle
import sys
import zipfile
from collections import OrderedDict
from pathlib import Path
from types import ModuleType
from typing import Any

import librosa
import numpy as np
import onnxruntime
import pytest

from inference.speaker.verifier import FFT, FRAMES, HOP, MODEL, spectra
from inference.speech import measure
from tests import sounds
from training.speaker_verification.voice_encoder import (
    BANDS,
    LAYERS,
    SIZE,
    Floats,
    convert,
    mel_bands,
    network,
    read_weights,
)


def weights(seed: int = 0) -> dict[str, Floats]:
    random = np.random.default_rng(seed)

    def drawn(*shape: int) -> Floats:
        return (0.1 * random.standard_normal(shape)).astype(np.float32)

    made = {"linear.weight": drawn(SIZE, SIZE), "linear.bias": drawn(SIZE)}
    for layer in range(LAYERS):
        made[f"lstm.weight_ih_l{layer}"] = drawn(4 * SIZE, SIZE if layer else BANDS)
        made[f"lstm.weight_hh_l{layer}"] = drawn(4 * SIZE, SIZE)
        made[f"lstm.bias_ih_l{layer}"] = drawn(4 * SIZE)
        made[f"lstm.bias_hh_l{layer}"] = drawn(4 * SIZE)
    return made


def as_pytorch(mel: Floats, made: dict[str, Floats]) -> Floats:
    """The formulas in PyTorch's documentation of LSTM, one step after the other, (n, SIZE)."""

    def sigmoid(x: Floats) -> Floats:
        return np.asarray(1.0 / (1.0 + np.exp(-x)), np.float32)

    sequence = mel
    for layer in range(LAYERS):
        hidden = cell = np.zeros((len(mel), SIZE), np.float32)
        states = []
        for step in range(sequence.shape[1]):
            gates = sequence[:, step] @ made[f"lstm.weight_ih_l{layer}"].T
            gates += made[f"lstm.bias_ih_l{layer}"] + made[f"lstm.bias_hh_l{layer}"]
            gates += hidden @ made[f"lstm.weight_hh_l{layer}"].T
            into, forget, new, out = np.split(gates, 4, axis=1)
            cell = sigmoid(forget) * cell + sigmoid(into) * np.tanh(new)
            hidden = sigmoid(out) * np.tanh(cell)
            states.append(hidden)
        sequence = np.stack(states, axis=1)
    positive = np.maximum(sequence[:, -1] @ made["linear.weight"].T + made["linear.bias"], 0.0)
    length = np.linalg.norm(positive, axis=1, keepdims=True)
    return np.asarray(positive / length, np.float32)


def test_the_network_counts_as_the_formulas_say() -> None:
    made = weights()
    power = np.random.default_rng(1).random((2, FRAMES, FFT // 2 + 1), np.float32)
    session = onnxruntime.InferenceSession(network(made, mel_bands()))
    (voices,) = session.run(None, {"power": power})
    np.testing.assert_allclose(voices, as_pytorch(power @ mel_bands(), made), atol=1e-5, rtol=0)


def test_our_spectra_in_its_bands_are_librosas_mel_spectrogram() -> None:
    """Of an unbroken vowel: no pause to cut out, and away from the ends."""
    vowel = sounds.tone(3.0, 200.0) + np.float32(0.3) * sounds.tone(3.0, 2200.0)
    measures = measure(vowel)
    measures.active[:] = True
    power = spectra(vowel, measures)
    level = np.float32(10 ** ((-24.0 - measures.level) / 20))
    theirs = librosa.feature.melspectrogram(
        y=vowel * level, sr=16_000, n_fft=FFT, hop_length=HOP, n_mels=BANDS
    )
    ours = power[0] @ mel_bands()
    np.testing.assert_allclose(ours, theirs.T[:FRAMES], atol=1e-4, rtol=1e-3)


def checkpoint(tensors: dict[str, Floats]) -> bytes:
    """A file as PyTorch 1.1 wrote it: one stretch of numbers, of which the tensors are parts."""

    class Storage(str):
        """Its key."""

    class Writer(pickle.Pickler):
        def persistent_id(self, thing: Any) -> Any:
            return ("storage", None, str(thing), "cpu", 0, None) if type(thing) is Storage else None

    class Tensor:
        def __init__(self, start: int, shape: tuple[int, ...]) -> None:
            self.start, self.shape = start, shape

        def __reduce__(self) -> Any:
            rebuild = sys.modules["torch._utils"]._rebuild_tensor_v2
            return rebuild, (Storage("7"), self.start, self.shape, (), False, OrderedDict())

    starts = np.cumsum([0, *(value.size for value in tensors.values())])
    state = {
        name: Tensor(int(start), value.shape)
        for (name, value), start in zip(tensors.items(), starts, strict=False)
    }
    file = io.BytesIO()
    for part in (0, 1001, {}, {"model_state": state}, ["7"]):
        Writer(file, protocol=2).dump(part)
    numbers = np.concatenate([value.reshape(-1) for value in tensors.values()])
    return file.getvalue() + len(numbers).to_bytes(8, "little") + numbers.astype("<f4").tobytes()


@pytest.fixture
def torch_of_old(monkeypatch: pytest.MonkeyPatch) -> None:
    module = ModuleType("torch._utils")

    def rebuild() -> None: ...

    rebuild.__module__, rebuild.__qualname__ = "torch._utils", "_rebuild_tensor_v2"
    module._rebuild_tensor_v2 = rebuild  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "torch", ModuleType("torch"))
    monkeypatch.setitem(sys.modules, "torch._utils", module)


@pytest.mark.usefixtures("torch_of_old")
def test_a_checkpoint_gives_its_tensors_back() -> None:
    random = np.random.default_rng(0)
    tensors = {"a": random.random((3, 5), np.float32), "b": random.random(4, np.float32)}
    found = read_weights(checkpoint(tensors))
    assert found.keys() == tensors.keys()
    for name, value in tensors.items():
        np.testing.assert_array_equal(found[name], value)


def test_a_checkpoint_cannot_run_code() -> None:
    class Hostile:
        def __reduce__(self) -> Any:
            return print, ("taken over",)

    with pytest.raises(pickle.UnpicklingError, match="print does not belong"):
        read_weights(pickle.dumps(Hostile()))


def test_another_wheel_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "other.whl", "w") as archive:
        archive.writestr("resemblyzer/pretrained.pt", b"")
    with pytest.raises(ValueError, match="SHA-256"):
        convert(tmp_path / "other.whl")


def test_the_shipped_network_holds_the_bands_that_we_count_with() -> None:
    import onnx
    from onnx import numpy_helper

    constants = {one.name: one for one in onnx.load(MODEL).graph.initializer}
    np.testing.assert_array_equal(numpy_helper.to_array(constants["bands"]), mel_bands())
