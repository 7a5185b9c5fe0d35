"""VCTK, ASVspoof 2019 and 2021."""

from dataset.corpora.asvspoof2019 import ASVSPOOF_2019
from dataset.corpora.asvspoof2021 import ASVSPOOF_2021
from dataset.corpora.vctk import VCTK
from dataset.manifest import Clip
from tests.dataset.corpora.archives import sound, tarred, zipped
from tests.dataset.corpora.layouts.layout import Layout

_VCTK = {
    "wav48_silence_trimmed/p225/p225_001_mic1.flac": sound(70, "FLAC", 48_000),
    "wav48_silence_trimmed/p225/p225_001_mic2.flac": sound(71, "FLAC", 48_000),
    "wav48_silence_trimmed/p280/p280_001_mic1.flac": sound(72, "FLAC", 48_000),
    "wav48_silence_trimmed/p315/p315_001_mic1.flac": sound(73, "FLAC", 48_000),
    "wav48_silence_trimmed/p315/p315_001_mic2.flac": sound(74, "FLAC", 48_000),
    "wav48_silence_trimmed/p362/p362_002_mic2.flac": sound(75, "FLAC", 48_000),
    "wav48_silence_trimmed/p362/p362_003_mic2.flac": sound(76, "FLAC", 48_000),
    "wav48_silence_trimmed/log.txt": b"mic2 of p280 is missing",
    "txt/p225/p225_001.txt": b"Please call Stella.\n",
    "txt/p280/p280_001.txt": b"Please call Stella.\n",
    "txt/p362/p362_003.txt": b"Six spoons of fresh snow peas.\n",
    "speaker-info.txt": b"ID  AGE  GENDER  ACCENTS  REGION COMMENTS\n"
    b"p225  23  F    English    Southern  England\np362  29  F    American  (mic2)\n",
}
MICROPHONES = Layout(
    VCTK,
    {"VCTK-Corpus-0.92.zip": zipped(_VCTK)},
    {
        "p225/p225_001_mic2.flac": Clip(
            "", "human", language="en", speaker="p225", sex="f", text="Please call Stella."
        ),
        "p362/p362_003_mic2.flac": Clip("", "human", text="Six spoons of fresh snow peas."),
    },
    {
        "p315/p315_001_mic2.flac": "no transcript",
        "p362/p362_002_mic2.flac": "no transcript",
        "txt/p280/p280_001.txt": "no recording",
    },
)


_CM = "LA/ASVspoof2019_LA_cm_protocols/ASVspoof2019.LA.cm"
SPOOF_2019 = Layout(
    ASVSPOOF_2019,
    {
        "LA.zip": zipped(
            {
                f"{_CM}.train.trn.txt": b"LA_0079 LA_T_1138215 - - bonafide\n"
                b"LA_0079 LA_T_1271820 - A05 spoof\n",
                f"{_CM}.dev.trl.txt": b"LA_0069 LA_D_1105538 - A01 spoof\n",
                f"{_CM}.eval.trl.txt": b"LA_0039 LA_E_2834763 - A11 spoof\n"
                b"LA_0014 LA_E_8877452 - A14 spoof\n",
                "LA/ASVspoof2019_LA_train/flac/LA_T_1138215.flac": sound(80, "FLAC"),
                "LA/ASVspoof2019_LA_train/flac/LA_T_1271820.flac": sound(81, "FLAC"),
                "LA/ASVspoof2019_LA_dev/flac/LA_D_1105538.flac": sound(82, "FLAC"),
                "LA/ASVspoof2019_LA_dev/flac/LA_D_9999999.flac": sound(83, "FLAC"),
                "LA/ASVspoof2019_LA_eval/flac/LA_E_2834763.flac": sound(84, "FLAC"),
            }
        )
    },
    {
        "LA_T_1138215.flac": Clip("", "human", "human", "human", "en", split="train"),
        "LA_T_1271820.flac": Clip("", "synthetic", "asvspoof2019-A05", "vc", split="train"),
        "LA_D_1105538.flac": Clip("", "synthetic", "asvspoof2019-A01", "tts", split="dev"),
        "LA_E_2834763.flac": Clip("", "synthetic", "asvspoof2019-A11", "tts", split="test"),
    },
    {"LA_D_9999999.flac": "not in the table", "LA_E_8877452.flac": "no recording"},
)

SPOOF_2021 = Layout(
    ASVSPOOF_2021,
    {
        "DF-keys-full.tar.gz": tarred(
            {
                "keys/DF/CM/trial_metadata.txt": b"LA_0023 DF_E_2000011 nocodec asvspoof A14 "
                b"spoof notrim progress traditional_vocoder - - - -\n"
                b"TEF2 DF_E_2000013 low_m4a vcc2020 Task1-team20 spoof notrim eval "
                b"neural_vocoder_nonautoregressive Task1 team20 FF E\n"
                b"LA_0043 DF_E_2000026 mp3m4a asvspoof - bonafide notrim eval bonafide - - - -\n"
                b"LA_0043 DF_E_9000000 nocodec asvspoof - bonafide notrim hidden bonafide - - - -\n"
            }
        ),
        "ASVspoof2021_DF_eval_part00.tar.gz": tarred(
            {
                "ASVspoof2021_DF_eval/ASVspoof2021.DF.cm.eval.trl.txt": b"DF_E_2000011\n",
                "ASVspoof2021_DF_eval/flac/DF_E_2000011.flac": sound(90, "FLAC"),
            }
        ),
        "ASVspoof2021_DF_eval_part01.tar.gz": tarred(
            {
                "ASVspoof2021_DF_eval/flac/DF_E_2000013.flac": sound(91, "FLAC"),
                "ASVspoof2021_DF_eval/flac/DF_E_2000026.flac": sound(92, "FLAC"),
            }
        ),
    },
    {
        "DF_E_2000011.flac": Clip("", "synthetic", "asvspoof2019-A14", "vc", split="test"),
        "DF_E_2000013.flac": Clip(
            "", "synthetic", "vcc2020-Task1-team20", "vc", channel="low_m4a", split="test"
        ),
        "DF_E_2000026.flac": Clip("", "human", "human", channel="mp3m4a", split="test"),
    },
    {"DF_E_9000000.flac": "no recording"},
)
