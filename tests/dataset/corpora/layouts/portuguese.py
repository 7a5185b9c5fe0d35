"""Common Voice, CORAA and Multilingual LibriSpeech."""

from dataset.corpora.common_voice import COMMON_VOICE
from dataset.corpora.coraa import CORAA
from dataset.corpora.mls import MLS
from dataset.manifest import Clip
from tests.dataset.corpora.archives import sound, tarred, zipped
from tests.dataset.corpora.layouts.layout import Layout

_CV = "cv-corpus-22.0-2025-06-20/pt"
_CV_HEADER = "client_id\tpath\tsentence_id\tsentence\tup_votes\tage\tgender\tvariant\tlocale\n"


def _cv(*rows: tuple[str, str, str, str]) -> bytes:
    lines = [f"{who}\t{path}\ts\t{text}\t2\t\t{sex}\t\tpt\n" for who, path, text, sex in rows]
    return (_CV_HEADER + "".join(lines)).encode()


_ANA, _BIA = "a" * 128, "b" * 128
VOICES = Layout(
    COMMON_VOICE,
    {
        "cv-corpus-22.0-2025-06-20-pt.tar.gz": tarred(
            {
                f"{_CV}/train.tsv": _cv(
                    (_ANA, "cv_pt_1.mp3", 'Ela disse: "não.', "female_feminine")
                ),
                f"{_CV}/dev.tsv": _cv(),
                f"{_CV}/test.tsv": _cv((_BIA, "cv_pt_2.mp3", "Bom dia.", "")),
                f"{_CV}/validated.tsv": _cv(
                    (_ANA, "cv_pt_1.mp3", 'Ela disse: "não.', "female_feminine"),
                    (_BIA, "cv_pt_2.mp3", "Bom dia.", ""),
                    (_BIA, "cv_pt_3.mp3", "Boa noite.", "male_masculine"),
                    (_BIA, "cv_pt_9.mp3", "Onde?", ""),
                ),
                f"{_CV}/invalidated.tsv": _cv((_BIA, "cv_pt_4.mp3", "Errado.", "")),
                f"{_CV}/other.tsv": _cv((_BIA, "cv_pt_5.mp3", "Quem sabe.", "")),
                **{f"{_CV}/clips/cv_pt_{n}.mp3": sound(60 + n, "MP3", 32_000) for n in range(1, 7)},
            }
        )
    },
    {
        "clips/cv_pt_1.mp3": Clip(
            "",
            "human",
            language="pt",
            sex="f",
            speaker="cv-aaaaaaaaaaaaaaaa",
            text='Ela disse: "não.',
            split="train",
        ),
        "clips/cv_pt_2.mp3": Clip("", "human", text="Bom dia.", split="test"),
        "clips/cv_pt_3.mp3": Clip("", "human", text="Boa noite.", sex="m", split="test"),
    },
    {
        "clips/cv_pt_4.mp3": "not in the table: Common Voice's listeners rejected it",
        "clips/cv_pt_5.mp3": "not in the table: too few listeners",
        "clips/cv_pt_6.mp3": "not in the table: nothing",
        "clips/cv_pt_9.mp3": "no recording",
    },
)


_CORAA = "file_path,task,variety,dataset,accent,speech_genre,speech_style,up_votes,text\n"
SPONTANEOUS = Layout(
    CORAA,
    {
        "metadata_dev_final.csv": (
            f"{_CORAA}dev/CORAL/bfamdl01_CO_ANA.wav,annotation,pt_br,C-ORAL,MG,Dialogues,S,1,"
            '"ah, não"\n'
            "dev/Ted_part1/xyz-12.wav,annotation,pt_pt,TEDx,misc,Talks,P,1,boa tarde\n"
            "dev/NURC_RE/D2/RE_D2_266/RE_1.wav,annotation,pt_br,NURC_RE,RE,Interviews,S,1,pois é\n"
            "dev/alip/gone.wav,annotation,pt_br,ALIP,SP,Interviews,S,1,cadê\n"
        ).encode(),
        "metadata_test_final.csv": _CORAA.encode(),
        "dev.zip": zipped(
            {
                "dev/CORAL/bfamdl01_CO_ANA.wav": sound(120),
                "dev/Ted_part1/xyz-12.wav": sound(121),
                "dev/NURC_RE/D2/RE_D2_266/RE_1.wav": sound(122),
            }
        ),
    },
    {
        "CORAL/bfamdl01_CO_ANA.wav": Clip(
            "", "human", language="pt-BR", speaker="coraa-ANA", text="ah, não", split="dev"
        ),
        "Ted_part1/xyz-12.wav": Clip("", "human", language="pt-PT", speaker="coraa-xyz"),
        "RE_D2_266/RE_1.wav": Clip("", "human", speaker="coraa-RE_D2_266", text="pois é"),
    },
    {"alip/gone.wav": "no recording", "metadata_test_final.csv": "no recording: the whole folder"},
)


_MLS = "mls_portuguese_opus"
BOOKS = Layout(
    MLS,
    {
        "mls_portuguese_opus.tar.gz": tarred(
            {
                f"{_MLS}/metainfo.txt": b" SPEAKER   |   GENDER   | PARTITION  |  MINUTES  \n"
                b"   3050    |     M      |   train    |  70.1\n",
                f"{_MLS}/train/transcripts.txt": (
                    b"3050_2941_000000\to gigante voltou\n3050_2941_000009\tfalta\n"
                ),
                f"{_MLS}/train/audio/3050/2941/3050_2941_000000.opus": sound(130, "OGG"),
                f"{_MLS}/train/audio/3050/2941/3050_2941_000001.opus": sound(131, "OGG"),
                f"{_MLS}/dev/transcripts.txt": b"",
                f"{_MLS}/test/transcripts.txt": b"",
            }
        )
    },
    {
        "3050_2941_000000.opus": Clip(
            "", "human", speaker="librivox-3050", sex="m", text="o gigante voltou", split="train"
        )
    },
    {"3050_2941_000001.opus": "no transcript", "3050_2941_000009": "no recording"},
)
