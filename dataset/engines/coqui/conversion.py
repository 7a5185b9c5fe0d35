"""The clip's own recording in another speaker's voice: FreeVC, kNN-VC and OpenVoice."""

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from dataset.engines import recordings
from dataset.engines.coqui import hub, voices
from dataset.engines.coqui.quiet import quiet
from dataset.engines.engine import Engine, Job, NotReady, Options, Refused, Speech, Synthesiser

FREEVC = "voice_conversion_models/multilingual/vctk/freevc24"
KNN = "voice_conversion_models/multilingual/multi-dataset/knnvc"
OPENVOICE = "voice_conversion_models/multilingual/multi-dataset/openvoice_v2"
WANTED = 30.0  # s of a target: kNN-VC picks each frame out of it, the others average over it
HEARD = 16  # recordings kept in memory
VOICES = 32  # kept in memory, of kNN-VC 6 MB each: 50 frames a second of 1,024 numbers


class _Converter:
    """Gives one recording after another the voice of its target."""

    def __init__(
        self,
        remember: Callable[[list[Any]], Any],  # what is kept of a target's sounds, tensors (1, n)
        convert: Callable[[Any, Any], Any],  # a source's sound and that become samples
        rates: tuple[int, int],  # Hz it hears at, Hz it speaks at
        system: str,
    ) -> None:
        self._remember, self._convert, self._system = remember, convert, system
        self._hears, self._speaks = rates
        self._read = functools.lru_cache(HEARD)(recordings.read)
        self._voice = functools.lru_cache(VOICES)(self._listen)

    def __call__(self, job: Job) -> Speech:
        import torch

        if job.target is None:
            raise Refused("there is no other speaker whose voice it could take")
        with quiet():
            voice = self._voice(voices.choose(job.target_recordings, WANTED, self._read))
            torch.manual_seed(job.seed)
            made = self._convert(self._sound(job.recording), voice)
        samples = np.asarray(made, np.float32).reshape(-1)
        return Speech(samples, self._speaks, self._system, speaker=job.target.speaker)

    def _listen(self, paths: tuple[Path, ...]) -> Any:
        return self._remember([self._sound(path) for path in paths])

    def _sound(self, path: Path) -> Any:
        import torch

        return torch.from_numpy(voices.at(self._hears, self._read(path))[None])


def make_freevc(options: Options) -> Synthesiser:
    """FreeVC hears what is said by WavLM and speaks by VITS's decoder."""
    files = _ready(FREEVC, options)
    with quiet():
        from TTS.config import load_config
        from TTS.vc.models.freevc import FreeVC

        hub.fetch_wavlm()
        config = load_config(files.config)
        return _by_embedding(FreeVC(config), config, files, options.device)


def make_openvoice(options: Options) -> Synthesiser:
    """OpenVoice's converter of tone colour, v1 or v2."""
    files = _ready(OPENVOICE, options)
    with quiet():
        from TTS.vc.configs.openvoice_config import OpenVoiceConfig
        from TTS.vc.models.openvoice import OpenVoice

        config = OpenVoiceConfig()  # completed from its authors' own config.json
        return _by_embedding(OpenVoice(config), config, files, options.device)


def make_knnvc(options: Options) -> Synthesiser:
    """kNN-VC makes each frame of the most similar frames of the target's recordings."""
    files = _ready(KNN, options)
    if files.vocoder is None:
        raise NotReady(f"{files.checkpoint} has no vocoder/ with a config.json and a checkpoint")
    with quiet():
        from TTS.config import load_config
        from TTS.vc.models.knnvc import KNNVC
        from TTS.vocoder.models import setup_model

        hub.fetch_wavlm()
        model: Any = KNNVC(load_config(files.config)).to(options.device).eval()
        vocoder_config = load_config(files.vocoder_config)
        vocoder: Any = setup_model(vocoder_config)
        vocoder.load_checkpoint(vocoder_config, files.vocoder, eval=True)
        vocoder.to(options.device)

    def remember(targets: list[Any]) -> Any:
        return model.get_matching_set(targets)

    def convert(source: Any, frames: Any) -> Any:
        return vocoder.inference(model.match(model.get_features(source), frames)).cpu().numpy()

    rates = (model.config.audio.sample_rate, vocoder_config.audio.sample_rate)
    return _Converter(remember, convert, rates, files.system)


def _ready(default: str, options: Options) -> hub.Files:
    hub.ready(options)
    with quiet():
        return hub.find(options.model or default, options.accept_licence)


def _by_embedding(model: Any, config: Any, files: hub.Files, device: str) -> Synthesiser:
    """A converter by one of the models that take the target's sounds and average over them."""
    model.load_checkpoint(config, files.checkpoint, eval=True)
    model.to(device)
    audio = model.config.audio
    return _Converter(
        lambda targets: targets,
        lambda source, targets: model.voice_conversion(source, targets),
        (audio.input_sample_rate, audio.output_sample_rate),
        files.system,
    )


def _engine(name: str, make: Callable[[Options], Synthesiser], weights: str) -> Engine:
    return Engine(
        name=name,
        family="vc",
        languages=(),
        licence="MIT",
        needs=f"an environment of its own, 6 GB (scripts/synthesise makes it); {weights}",
        make=make,
        environment="coqui",
        cpus=2.0,
        gpus=1.0,
        converts=True,
    )


ENGINES = (
    _engine("freevc", make_freevc, "weights and WavLM-Large, 1.3 GB, from the hub"),
    _engine("knnvc", make_knnvc, "a vocoder and WavLM-Large, 1.3 GB, from the hub"),
    _engine("openvoice", make_openvoice, "weights from the hub"),
)
