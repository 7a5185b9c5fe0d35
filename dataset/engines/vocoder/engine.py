"""A neural vocoder trained here from scratch says a recording again: copy-synthesis.

Recording → log-mel → network (ONNX Runtime; no TensorFlow) → inverse Fourier transform. The file
beside this module is made by `python -m dataset vocoder train` and `export`.
"""

import hashlib
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from dataset.engines.engine import Engine, Job, NotReady, Options, Speech, Synthesiser
from dataset.engines.vocoder.spectrum import SAMPLE_RATE, levelled, log_mel, waveform

MODEL = Path(__file__).with_name("vocoder.onnx")


class Vocoder:
    """A vocoder's file, ready to speak."""

    def __init__(self, path: Path = MODEL) -> None:
        """Raises NotReady when the file is not there or is not what was exported."""
        digest = path.with_suffix(".sha256")
        if not path.exists() or not digest.exists():
            raise NotReady(f"{path} or {digest.name} is missing: `vocoder export` writes both")
        data = path.read_bytes()
        if hashlib.sha256(data).hexdigest() != digest.read_text().split()[0]:
            raise NotReady(f"{path} is not the file that {digest.name} was written for")
        settings = onnxruntime.SessionOptions()
        settings.intra_op_num_threads = 1  # Ray gives every worker one core
        settings.enable_cpu_mem_arena = False
        self._session = onnxruntime.InferenceSession(
            data, settings, providers=["CPUExecutionProvider"]
        )
        self.name: str = self._session.get_modelmeta().custom_metadata_map["name"]

    def spectrum(self, mel: NDArray[np.float32]) -> NDArray[np.complex64]:
        """From (frames, N_MELS) to (frames, N_BINS)."""
        (parts,) = self._session.run(["parts"], {"mel": mel[None]})
        return np.ascontiguousarray(parts[0]).view(np.complex64)[..., 0]

    def resynthesise(self, samples: NDArray[np.float32]) -> NDArray[np.float32]:
        """As many samples as came in, at SAMPLE_RATE, as loud as they came."""
        level, factor = levelled(samples)
        sound = waveform(self.spectrum(log_mel(level)), len(samples)) * np.float32(factor)
        return sound / np.float32(max(1.0, np.abs(sound).max(initial=0.0)))


def make(options: Options) -> Synthesiser:
    vocoder = Vocoder(Path(options.model) if options.model else MODEL)

    def say(job: Job) -> Speech:
        samples = resampled(job.recording)
        made = vocoder.resynthesise(samples)
        return Speech(made, SAMPLE_RATE, system=vocoder.name, speaker=job.clip.speaker)

    return say


def resampled(path: Path) -> NDArray[np.float32]:
    """The recording at SAMPLE_RATE."""
    import librosa  # takes a second, which the list of engines need not wait for

    from dataset.engines import recordings

    samples, rate = recordings.read(path)
    if rate == SAMPLE_RATE:
        return samples
    return np.asarray(
        librosa.resample(samples, orig_sr=rate, target_sr=SAMPLE_RATE, res_type="soxr_hq"),
        np.float32,
    )


ENGINE = Engine(
    name="vocoder",
    family="vocoder",
    languages=(),
    licence="MIT",
    needs="nothing more (its file of 3 MB is beside it; training another needs the extra training)",
    make=make,
)
