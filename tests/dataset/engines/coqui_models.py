"""Small models of Coqui's own classes with random weights, saved as the real ones are.

Sizes that the classes fix themselves stay (XTTS's vocoder and speaker encoder, all of OpenVoice).
"""

import json
from pathlib import Path
from typing import Any

VOICES = ("Ana", "Bento", "Clara")


def write_xtts(folder: Path) -> Path:
    """A checkpoint of `Xtts` with config.json and vocab.json."""
    import torch
    from TTS.tts.configs.xtts_config import XttsArgs, XttsConfig
    from TTS.tts.layers.xtts.tokenizer import VoiceBpeTokenizer
    from TTS.tts.models.xtts import Xtts

    folder.mkdir()
    _write_vocabulary(folder / "vocab.json")
    config = XttsConfig(
        model_args=XttsArgs(
            gpt_layers=2,
            gpt_n_model_channels=64,
            gpt_n_heads=2,
            gpt_max_audio_tokens=50,  # 2.3 s
            gpt_max_text_tokens=300,
            gpt_num_audio_tokens=258,
            gpt_start_audio_token=256,
            gpt_stop_audio_token=257,
            gpt_use_perceiver_resampler=True,  # as in v2
            decoder_input_dim=64,
        ),
        gpt_cond_len=6,
    )
    torch.manual_seed(0)
    model = Xtts(config)
    model.tokenizer = VoiceBpeTokenizer(vocab_file=folder / "vocab.json")
    model.init_models()
    config.save_json(folder / "config.json")
    torch.save({"model": model.state_dict()}, folder / "model.pth")
    return folder


def _write_vocabulary(path: Path) -> None:
    """Every letter is a token; XTTS's own 6,681 begin with the same special ones."""
    from tokenizers import Tokenizer
    from tokenizers.models import BPE

    special = ["[STOP]", "[UNK]", "[SPACE]", "[START]", "[pt]", "[en]", "[es]"]
    letters = "abcdefghijklmnopqrstuvwxyzáàâãéêíóôõúüçñ.,;:!?'-"
    tokens = {token: number for number, token in enumerate([*special, *letters])}
    tokenizer = Tokenizer(BPE(vocab=tokens, merges=[], unk_token="[UNK]"))
    tokenizer.add_special_tokens(special)
    tokenizer.save(str(path))


def write_vits(folder: Path, speakers: tuple[str, ...] = ()) -> Path:
    """A checkpoint of `Vits` with config.json, for one speaker or several."""
    import torch
    from TTS.tts.configs.vits_config import VitsArgs, VitsConfig
    from TTS.tts.models.vits import Vits

    folder.mkdir(parents=True)
    several: dict[str, Any] = {}
    if speakers:
        ids = {name: number for number, name in enumerate(speakers)}
        (folder / "speaker_ids.json").write_text(json.dumps(ids))
        several = {
            "use_speaker_embedding": True,
            "speakers_file": str(folder / "speaker_ids.json"),
            "speaker_embedding_channels": 8,
        }
    config = VitsConfig(
        model_args=VitsArgs(
            hidden_channels=16,
            hidden_channels_ffn_text_encoder=16,
            num_layers_text_encoder=1,
            num_layers_posterior_encoder=2,
            num_layers_flow=1,
            upsample_initial_channel_decoder=32,
            init_discriminator=False,
            **several,
        ),
        text_cleaner="multilingual_cleaners",
        use_phonemes=False,
        languages=["pt"],
    )
    torch.manual_seed(0)
    model = Vits(config)
    config.save_json(folder / "config.json")
    torch.save({"model": model.state_dict()}, folder / "model_file.pth")
    return folder


def write_wavlm(home: Path) -> None:
    """WavLM where the library keeps it, two layers of 32 numbers instead of 24 of 1,024."""
    import torch
    from TTS.vc.layers.freevc.wavlm.wavlm import WavLM, WavLMConfig

    sizes = {
        "encoder_layers": 2,
        "encoder_embed_dim": 32,
        "encoder_ffn_embed_dim": 32,
        "encoder_attention_heads": 2,
        "conv_feature_layers": "[(16,10,5)] + [(16,3,2)] * 4 + [(16,2,2)] * 2",
        "conv_pos": 16,
        "conv_pos_groups": 2,
    }
    torch.manual_seed(0)
    model = WavLM(WavLMConfig(sizes))
    file = home / "tts" / "wavlm" / "WavLM-Large.pt"
    file.parent.mkdir(parents=True)
    torch.save({"cfg": sizes, "model": model.state_dict()}, file)


def write_freevc(folder: Path) -> Path:
    """A checkpoint of `FreeVC` with config.json; needs the WavLM of `write_wavlm`."""
    import torch
    from TTS.vc.configs.freevc_config import FreeVCArgs, FreeVCConfig
    from TTS.vc.models.freevc import FreeVC

    folder.mkdir()
    config = FreeVCConfig(
        model_args=FreeVCArgs(
            inter_channels=16,
            hidden_channels=16,
            upsample_rates=[10, 6, 4, 2],  # as in freevc24: 480 samples a frame of WavLM
            upsample_initial_channel=32,
            gin_channels=16,
            ssl_dim=32,
        )
    )
    torch.manual_seed(0)
    model = FreeVC(config)
    config.save_json(folder / "config.json")
    torch.save({"model": model.state_dict()}, folder / "model.pth")
    return folder


def write_openvoice(folder: Path) -> Path:
    """A checkpoint of `OpenVoice` with the config.json of its authors."""
    import torch
    from TTS.vc.configs.openvoice_config import OpenVoiceConfig
    from TTS.vc.models.openvoice import OpenVoice

    folder.mkdir()
    torch.manual_seed(0)
    model = OpenVoice(OpenVoiceConfig())
    for weights in model.parameters():
        if not weights.any():  # its flow begins as the identity, which would not hear the target
            torch.nn.init.normal_(weights, std=0.1)
    torch.save({"model": model.state_dict()}, folder / "checkpoint.pth")
    data = {"sampling_rate": 22_050, "filter_length": 1024, "hop_length": 256, "win_length": 1024}
    (folder / "config.json").write_text(json.dumps({"data": data}))
    return folder


def write_knnvc(folder: Path) -> Path:
    """kNN-VC's config.json and, beside it, a HiFi-GAN that speaks WavLM's frames."""
    import torch
    from TTS.vc.configs.knnvc_config import KNNVCArgs, KNNVCConfig
    from TTS.vocoder.configs import HifiganConfig
    from TTS.vocoder.models import setup_model

    vocoder = folder / "vocoder"
    vocoder.mkdir(parents=True)
    KNNVCConfig(model_args=KNNVCArgs(ssl_dim=32), wavlm_layer=2).save_json(folder / "config.json")
    config = HifiganConfig(
        generator_model_params={
            "pre_linear": 32,
            "in_channels": 16,
            "inference_padding": 0,
            "upsample_factors": [10, 8, 2, 2],
            "upsample_kernel_sizes": [20, 16, 4, 4],
            "upsample_initial_channel": 32,
            "resblock_kernel_sizes": [3],
            "resblock_dilation_sizes": [[1, 3, 5]],
            "resblock_type": "1",
        }
    )
    config.audio.sample_rate = 16_000
    torch.manual_seed(0)
    model = setup_model(config)
    config.save_json(vocoder / "config.json")
    # as in older releases, whose discriminators (270 MB) stand apart
    generator = model.model_g.state_dict()
    torch.save({"model": generator, "model_disc": {}}, vocoder / "model.pth")
    return folder
