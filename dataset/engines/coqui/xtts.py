"""XTTS v2: the clip's sentence in the clip's own voice, cloned from the speaker's other clips."""

import functools
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dataset.engines import recordings
from dataset.engines.coqui import hub, voices
from dataset.engines.coqui.quiet import quiet
from dataset.engines.coqui.sentences import join, pieces
from dataset.engines.engine import Engine, Job, NotReady, Options, Refused, Speech, Synthesiser

MODEL = "tts_models/multilingual/multi-dataset/xtts_v2"
LANGUAGES = (
    "ar", "cs", "de", "en", "es", "fr", "hi", "hu", "it", "ja", "ko", "nl", "pl", "pt", "ru", "tr",
    "zh",
)  # fmt: skip
RATE = 22_050  # Hz, at which it listens to references
VOICES = 256  # kept in memory, 130 kB each
HEARD = 16  # recordings kept in memory: those of two speakers
SETTINGS = ("temperature", "length_penalty", "repetition_penalty", "top_k", "top_p")


def make(options: Options) -> Synthesiser:
    """Load XTTS (about 2 GB from the hub the first time) on the device."""
    hub.agree("XTTS", "CPML", options.accept_licence)  # a folder's weights are under it as well
    hub.ready(options)
    with quiet():
        files = hub.find(options.model or MODEL, options.accept_licence)
        return _Cloner(load(files, options.device), files.system)


def load(files: hub.Files, device: str) -> Any:
    """The library's `Xtts`, ready to speak."""
    from TTS.config import load_config
    from TTS.tts.models.xtts import Xtts

    config = load_config(files.config)
    if config.model != "xtts":
        raise NotReady(f"{files.config} is of a {config.model} model, not of XTTS: --engine coqui")
    model = Xtts(config)
    folder = files.checkpoint if files.checkpoint.is_dir() else files.checkpoint.parent
    model.load_checkpoint(config, checkpoint_dir=folder, eval=True)
    return model.to(device)


class _Cloner:
    """Speaks as the speaker of each clip; knows the voices it has heard."""

    def __init__(self, model: Any, system: str) -> None:
        self._model, self._system = model, system
        self._read = functools.lru_cache(HEARD)(recordings.read)
        self._voice = functools.lru_cache(VOICES)(self._listen)

    def __call__(self, job: Job) -> Speech:
        language = job.clip.language.partition("-")[0].lower()
        limit = self._model.tokenizer.char_limits.get(language)
        if limit is None:
            raise Refused(f"XTTS doesn't speak {job.clip.language or 'an unknown language'}")
        if not job.clip.text.strip():
            raise Refused("its text is not known")
        with quiet():
            heard = voices.choose(job.references, self._model.config.gpt_cond_len, self._read)
            latents, embedding = self._voice(heard)
            length = functools.partial(self._length, language)
            parts = pieces(job.clip.text, limit, length)
            sounds = self._say(parts, language, latents, embedding, job.seed)
        rate: int = self._model.config.audio.output_sample_rate
        speech = join(sounds, rate, np.random.default_rng(job.seed))
        return Speech(speech, rate, self._system, speaker=job.clip.speaker)

    def _listen(self, paths: tuple[Path, ...]) -> tuple[Any, Any]:
        """Conditioning latents and speaker embedding, as the library's own function computes them.

        That one reads files by torchcodec, which needs FFmpeg's shared libraries installed.
        """
        import torch

        model, config = self._model, self._model.config
        longest = config.max_ref_len * RATE
        sounds = [
            torch.from_numpy(voices.at(RATE, self._read(path))[None, :longest]).to(model.device)
            for path in paths
        ]
        embeddings = [model.get_speaker_embedding(sound, RATE) for sound in sounds]
        latents = model.get_gpt_cond_latents(
            torch.cat(sounds, dim=-1),
            RATE,
            length=config.gpt_cond_len,
            chunk_length=config.gpt_cond_chunk_len,
        )
        return latents, torch.stack(embeddings).mean(dim=0)

    def _length(self, language: str, text: str) -> int:
        """Characters as the model reads them, numbers spelt out."""
        return len(self._model.tokenizer.preprocess_text(text.lower(), language))

    def _say(
        self, parts: list[str], language: str, latents: Any, embedding: Any, seed: int
    ) -> list[NDArray[np.float32]]:
        import torch

        torch.manual_seed(seed)
        settings = {name: self._model.config[name] for name in SETTINGS}
        return [
            np.asarray(
                self._model.inference(part, language, latents, embedding, **settings)["wav"],
                np.float32,
            )
            for part in parts
        ]


ENGINE = Engine(
    name="xtts",
    family="tts",
    languages=LANGUAGES,
    licence="CPML (not for commercial use)",
    needs="an environment of its own, 6 GB (scripts/synthesise makes it); 2 GB from the hub",
    make=make,
    environment="coqui",
    cpus=2.0,
    gpus=1.0,
)
