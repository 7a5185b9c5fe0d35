"""Any other text-to-speech model of Coqui's list, or a folder: the clip's sentence read aloud.

A model that clones speaks in the clip's own voice; one with several speakers gives each human
speaker one of them, always the same; one with a single speaker has that voice for all.
"""

import tempfile
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dataset.engines import draws, recordings
from dataset.engines.coqui import hub, voices
from dataset.engines.coqui.quiet import quiet
from dataset.engines.coqui.sentences import join, pieces
from dataset.engines.engine import Engine, Job, NotReady, Options, Refused, Speech, Synthesiser

LIMIT = 250  # characters at once, XTTS's in English; attention of older models loses its way beyond
WANTED = 10.0  # s of a voice that is cloned


def make(options: Options) -> Synthesiser:
    """Load the model of --model."""
    if not options.model:
        raise NotReady(
            "say which model: --model tts_models/pt/cv/vits, or a folder (docs/coqui.md)"
        )
    hub.ready(options)
    with quiet():
        files = hub.find(options.model, options.accept_licence)
        language = options.model.split("/")[1] if files.licence else ""
        return _Reader(load(files, options.device), files, language, options)


def load(files: hub.Files, device: str) -> Any:
    """The library's `Synthesizer` with the model and, where it needs one, its vocoder."""
    from TTS.utils.synthesizer import Synthesizer

    return Synthesizer(
        tts_checkpoint=files.checkpoint,
        tts_config_path=files.config,
        vocoder_checkpoint=files.vocoder,
        vocoder_config=files.vocoder_config,
        use_cuda=device != "cpu",
    )


def language_for(wanted: str, offered: tuple[str, ...]) -> str | None:
    """A model's own name of a language: "pt-BR" is "pt-br", "pt" or "por"; None: not spoken."""
    code = wanted.lower()
    primary = code.partition("-")[0]
    long = {"por": "pt", "eng": "en", "spa": "es"}  # as Meta's models are named
    for fits in (
        lambda name: name.lower() == code,
        lambda name: name.lower().partition("-")[0] == primary,
        lambda name: long.get(name) == primary,
    ):
        for name in offered:
            if primary and fits(name):
                return name
    return None


class _Reader:
    """Reads the text of one clip after another."""

    def __init__(self, synthesizer: Any, files: hub.Files, language: str, options: Options) -> None:
        self._synthesizer, self._files, self._options = synthesizer, files, options
        model = synthesizer.tts_model
        names = tuple(model.language_manager.language_names)
        self._multilingual = len(names) > 1
        # A model of one language is named after it; its files may say something else, or nothing.
        self._languages = names if self._multilingual or not language else (language,)
        manager = model.speaker_manager
        names_of = manager.speaker_names if manager is not None else ()
        self._speakers: tuple[str, ...] = tuple(names_of)
        self._clones = bool(synthesizer.tts_config.supports_cloning)

    def __call__(self, job: Job) -> Speech:
        language = language_for(job.clip.language, self._languages)
        if language is None:
            raise Refused(
                f"{self._files.system} doesn't speak {job.clip.language or 'an unknown language'}"
            )
        if not job.clip.text.strip():
            raise Refused("its text is not known")
        named = self._named(job)
        with quiet(), tempfile.TemporaryDirectory() as folder:
            heard = self._heard(job, Path(folder)) if self._clones else None
            sounds = self._say(job, named, language if self._multilingual else None, heard)
        rate = int(self._synthesizer.output_sample_rate)
        speaker = (
            job.clip.speaker
            if self._clones
            else "-".join(part for part in (self._files.system, named) if part)
        )
        speech = join(sounds, rate, np.random.default_rng(job.seed))
        return Speech(
            speech, rate, self._files.system, speaker, licence=self._files.licence or "unknown"
        )

    def _named(self, job: Job) -> str | None:
        if self._clones or not self._speakers:
            return None
        rng = draws.for_speaker(job, self._options)
        return self._speakers[int(rng.integers(len(self._speakers)))]

    def _heard(self, job: Job, folder: Path) -> list[str]:
        """The references as WAV, which every model of the library reads."""
        import soundfile

        files = []
        for number, path in enumerate(voices.choose(job.references, WANTED, recordings.read)):
            samples, rate = recordings.read(path)
            file = folder / f"{number}.wav"
            soundfile.write(file, samples, rate, subtype="PCM_16")
            files.append(str(file))
        return files

    def _say(
        self, job: Job, speaker: str | None, language: str | None, heard: list[str] | None
    ) -> list[NDArray[np.float32]]:
        import torch
        from TTS.utils.synthesizer import PAD_SILENCE_SAMPLES

        torch.manual_seed(job.seed)
        sounds = []
        for part in pieces(job.clip.text, LIMIT):
            sound = self._synthesizer.tts(
                part,
                speaker_name=speaker,
                language_name=language,
                speaker_wav=heard,
                split_sentences=False,
            )
            # the library ends everything with 10,000 zeros
            sounds.append(np.asarray(sound[:-PAD_SILENCE_SAMPLES], np.float32))
        return sounds


ENGINE = Engine(
    name="coqui",
    family="tts",
    languages=(),
    licence="the model's own (docs/coqui.md)",
    needs="an environment of its own, 6 GB (scripts/synthesise makes it), and --model",
    make=make,
    environment="coqui",
    cpus=2.0,
    gpus=1.0,
)
