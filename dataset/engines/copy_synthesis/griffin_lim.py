"""Griffin-Lim: a recording's mel spectrogram alone, and phases found by going to and fro.

Griffin and Lim, "Signal estimation from modified short-time Fourier transform", 1984.
"""

import librosa
import numpy as np
from numpy.typing import NDArray

from dataset.engines import recordings
from dataset.engines.engine import Engine, Job, Options, Speech, Synthesiser

WINDOW = 1024  # samples; 43 to 64 ms
HOP = 256  # samples
MELS = (64, 80, 100, 128)  # bands; 80 is what Tacotron 2 and most synthesisers predict
TURNS = (32, 60)  # times to and fro: librosa's and Tacotron's numbers


def make(options: Options) -> Synthesiser:
    return _say


def resynthesise(
    samples: NDArray[np.float32], rate: int, n_mels: int, turns: int, seed: int
) -> NDArray[np.float32]:
    """As many samples as came in, from `n_mels` bands, their phases lost."""
    bands = librosa.feature.melspectrogram(
        y=samples, sr=rate, n_fft=WINDOW, hop_length=HOP, n_mels=n_mels, power=2.0
    )
    magnitudes = librosa.feature.inverse.mel_to_stft(bands, sr=rate, n_fft=WINDOW, power=2.0)
    sound = librosa.griffinlim(
        magnitudes,
        n_iter=turns,
        hop_length=HOP,
        n_fft=WINDOW,
        momentum=0.99,
        init="random",
        random_state=seed,
        length=len(samples),
    )
    return np.asarray(sound / max(1.0, float(np.abs(sound).max())), np.float32)


def _say(job: Job) -> Speech:
    samples, rate = recordings.read(job.recording)
    rng = np.random.default_rng(job.seed)
    n_mels, turns = int(rng.choice(MELS)), int(rng.integers(TURNS[0], TURNS[1] + 1))
    made = resynthesise(samples, rate, n_mels, turns, seed=int(rng.integers(2**31)))
    return Speech(made, rate, system="griffin-lim", speaker=job.clip.speaker)


ENGINE = Engine(
    name="griffin-lim",
    family="vocoder",
    languages=(),
    licence="ISC",
    needs="nothing more (librosa is in the extra dataset)",
    make=make,
)
