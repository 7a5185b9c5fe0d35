"""Whisper's ear in Keras hears what OpenAI's weights say, by a second way of computing it."""

import json
import math
import socket
import struct
from pathlib import Path

import librosa
import numpy as np
import pytest
from numpy.typing import NDArray

from dataset.acquisition.download import fetch
from tests import sounds
from training.networks import whisper_weights
from training.networks.whisper_encoder import HEADS, PEAK, LogMel, whisper_encoder
from training.networks.whisper_weights import HUB_NAMES, Weights, digest, from_hub, packaged

Floats = NDArray[np.float64]


@pytest.fixture(scope="module")
def weights() -> Weights:
    return packaged()


def test_the_log_mel_is_whispers(weights: Weights) -> None:
    sound = sounds.speech(2.0, seed=3)
    heard = np.array(LogMel()(sound[None]))[0]
    assert np.allclose(heard, _log_mel(sound), atol=2e-4)
    faint = np.array(LogMel()(0.01 * sound[None]))[0]
    assert np.allclose(heard, faint, atol=2e-4)  # the level does not matter


def test_the_encoder_is_openais(weights: Weights) -> None:
    sound = sounds.speech(2.0, seed=4)
    frames = np.array(whisper_encoder(120, weights)(sound[None]))[0]
    expected = _encoded(_log_mel(sound), weights)
    assert frames.shape == expected.shape == (99, 512)
    assert np.abs(frames - expected).max() < 1e-3


def test_a_changed_byte_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whisper_weights, "MODEL_BIN_SHA256", "0" * 64)
    with pytest.raises(ValueError, match="do not hold Whisper-base as it was"):
        packaged()


def test_other_weights_are_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(whisper_weights, "SHA256", "0" * 64)
    with pytest.raises(ValueError, match="not the weights of Whisper-base"):
        whisper_weights.loaded(tmp_path)


def test_the_hubs_file_gives_the_same_tensors(weights: Weights, tmp_path: Path) -> None:
    assert digest(from_hub(_as_on_the_hub(weights, tmp_path))) == digest(weights)


def test_the_hub_has_the_same_tensors(weights: Weights, tmp_path: Path) -> None:
    try:
        socket.create_connection(("huggingface.co", 443), 3.0).close()
    except OSError:
        pytest.skip("the hub cannot be reached")
    (path,) = fetch([whisper_weights.HUB], tmp_path)
    assert digest(from_hub(path)) == digest(weights)


def _log_mel(sound: sounds.Sound) -> Floats:
    """As in Whisper's audio.py, but without padding; from librosa's parts."""
    signal = sound.astype(np.float64) * PEAK / np.abs(sound).max()
    spectra = librosa.stft(signal, n_fft=400, hop_length=160, window="hann", center=False)
    mel = librosa.filters.mel(sr=16_000, n_fft=400, n_mels=80) @ np.abs(spectra) ** 2
    level = np.log10(np.maximum(mel, 1e-10))
    return np.asarray((np.maximum(level, level.max() - 8.0) + 4.0).T / 4.0, np.float64)


def _encoded(mel: Floats, weights: Weights) -> Floats:
    """The encoder in NumPy, of the formulas in the paper."""
    w = {name: tensor.astype(np.float64) for name, tensor in weights.items()}

    def convolve(x: Floats, name: str, stride: int) -> Floats:
        padded = np.pad(x, ((1, 1), (0, 0)))
        starts = range(0, len(padded) - 2, stride)
        pieces = np.stack([padded[i : i + 3] for i in starts])  # (frames, taps, in)
        heard = np.einsum("fti,oit->fo", pieces, w[f"{name}/weight"])
        return np.asarray(heard + w[f"{name}/bias"], np.float64)

    def norm(x: Floats, name: str) -> Floats:
        centred = x - x.mean(1, keepdims=True)
        unit = centred / np.sqrt(centred.var(1, keepdims=True) + 1e-5)
        return np.asarray(unit * w[f"{name}/gamma"] + w[f"{name}/beta"], np.float64)

    def linear(x: Floats, name: str) -> Floats:
        return x @ w[f"{name}/weight"].T + w[f"{name}/bias"]

    gelu = np.vectorize(lambda v: 0.5 * v * (1.0 + math.erf(v / math.sqrt(2.0))))
    x = gelu(convolve(gelu(convolve(mel, "conv1", 1)), "conv2", 2))
    x = x + w["position_encodings/encodings"][: len(x)]
    attention = "layer_0/self_attention"
    parts = linear(norm(x, f"{attention}/layer_norm"), f"{attention}/linear_0")
    query, key, value = (p.reshape(len(x), HEADS, -1).swapaxes(0, 1) for p in np.split(parts, 3, 1))
    fits = query @ key.swapaxes(1, 2) / math.sqrt(query.shape[2])
    fits = np.exp(fits - fits.max(2, keepdims=True))
    heard = (fits / fits.sum(2, keepdims=True)) @ value
    x = x + linear(heard.swapaxes(0, 1).reshape(len(x), -1), f"{attention}/linear_1")
    inner = gelu(linear(norm(x, "layer_0/ffn/layer_norm"), "layer_0/ffn/linear_0"))
    return np.asarray(x + linear(inner, "layer_0/ffn/linear_1"), np.float64)


def _as_on_the_hub(weights: Weights, folder: Path) -> Path:
    """A file like `openai/whisper-base`'s, with these weights in 32 bits."""
    tensors = {
        f"{c}.{k}": weights[f"{c}/{k}"] for c in ("conv1", "conv2") for k in ("weight", "bias")
    }
    tensors["embed_positions.weight"] = weights["position_encodings/encodings"]
    tensors |= {f"layers.0.{hub}": weights[f"layer_0/{our}"] for our, hub in HUB_NAMES.items()}
    qkv = "layer_0/self_attention/linear_0"
    for kind in ("weight", "bias"):
        for part, tensor in zip("qkv", np.split(weights[f"{qkv}/{kind}"], 3), strict=True):
            if (part, kind) != ("k", "bias"):  # OpenAI's keys have none
                tensors[f"layers.0.self_attn.{part}_proj.{kind}"] = tensor
    facts: dict[str, object] = {"__metadata__": {"format": "pt"}}
    data = b""
    for name, tensor in tensors.items():
        some = tensor.astype("<f4").tobytes()
        facts[f"model.encoder.{name}"] = {
            "dtype": "F32",
            "shape": tensor.shape,
            "data_offsets": [len(data), len(data) + len(some)],
        }
        data += some
    head = json.dumps(facts).encode()
    path = folder / "model.safetensors"
    path.write_bytes(struct.pack("<Q", len(head)) + head + data)
    return path
