"""In-the-Wild and MLAAD."""

from dataset.corpora.in_the_wild import IN_THE_WILD
from dataset.corpora.mlaad import MLAAD
from dataset.manifest import Clip
from tests.dataset.corpora.archives import sound, zipped
from tests.dataset.corpora.layouts.layout import Layout

WILD = Layout(
    IN_THE_WILD,
    {
        "release_in_the_wild.zip": zipped(
            {
                "release_in_the_wild/meta.csv": b"file,speaker,label\n"
                b"0.wav,Alec Guinness,spoof\n1.wav,Alec Guinness,bona-fide\n2.wav,Ayn Rand,spoof\n",
                "release_in_the_wild/0.wav": sound(100),
                "release_in_the_wild/1.wav": sound(101),
                "release_in_the_wild/3.wav": sound(103),
            }
        )
    },
    {
        "/0.wav": Clip("", "synthetic", "in-the-wild", language="en", split="test"),
        "/1.wav": Clip("", "human", "human", "human", split="test"),
    },
    {"/2.wav": "no recording", "/3.wav": "not in the table"},
)


_MLAAD = "path|original_file|language|is_original_language|duration|training_data|model_name|"
FAKES_ONLY = Layout(
    MLAAD,
    {
        "MLAAD.zip": zipped(
            {
                "fake/pt/tts_models_pt_cv_vits/meta.csv": (
                    f"{_MLAAD}architecture|transcript\n"
                    "./fake/pt/tts_models_pt_cv_vits/01_a.wav|en_US/by_book/x/wavs/01_a.wav|pt|False|"
                    '0.2|cv|tts_models/pt/cv/vits|vits|ele disse "sim, e saiu\n'
                    "./fake/pt/tts_models_pt_cv_vits/gone.wav|en_US/g.wav|pt|False|1|cv|m|vits|x\n"
                ).encode(),
                "fake/pt/tts_models_pt_cv_vits/01_a.wav": sound(110, rate=22_050),
            }
        )
    },
    {
        "tts_models_pt_cv_vits/01_a.wav": Clip(
            "",
            "synthetic",
            "tts_models/pt/cv/vits",
            "tts",
            "pt",
            text='ele disse "sim, e saiu',
            pair="mailabs-01_a",
        )
    },
    {"gone.wav": "no recording"},
)
