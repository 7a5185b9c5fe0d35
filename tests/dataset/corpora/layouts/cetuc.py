"""CETUC in both of its layouts, and the clones of its speakers."""

from dataset.corpora.cetuc import CETUC
from dataset.corpora.fake_voices import FAKE_VOICES
from dataset.manifest import Clip
from tests.dataset.corpora.archives import sound, tarred, zipped
from tests.dataset.corpora.layouts.layout import Layout


def _cetuc_speaker(code: str, seed: int) -> bytes:
    return tarred(
        {
            f"{code}-0000.wav": sound(seed),
            f"{code}-0000.txt": "a questão foi retomada no congresso\n".encode(),
            f"{code}-0001.wav": sound(seed + 1),
            f"{code}-0001.txt": "leila tem um lindo jardim".encode("latin-1"),
            f"._{code}-0001.wav": b"\0\5\x16\7 a fork of macOS",
        }
    )


CETUC_OF_THE_HUB = Layout(
    CETUC,
    {
        "data/train/Aislam_M001/Aislam_M001.tar.gz": _cetuc_speaker("M001", 10),
        "data/dev/CeCiliaBulcao_F021/CeCiliaBulcao_F021.tar.gz": _cetuc_speaker("F021", 20),
        "data/test/NA_F005/NA_F005.tar.gz": _cetuc_speaker("F005", 30),
    },
    {
        "Aislam_M001/M001-0000.wav": Clip(
            "",
            "human",
            "human",
            "human",
            "pt-BR",
            speaker="cetuc-M001",
            sex="m",
            text="a questão foi retomada no congresso",
            pair="cetuc-M001-0000",
            split="train",
        ),
        "Aislam_M001/M001-0001.wav": Clip("", "human", text="leila tem um lindo jardim"),
        "CeCiliaBulcao_F021/F021-0000.wav": Clip("", "human", sex="f", split="dev"),
        "CeCiliaBulcao_F021/F021-0001.wav": Clip("", "human", pair="cetuc-F021-0001"),
        "NA_F005/F005-0000.wav": Clip("", "human", speaker="cetuc-F005", split="test"),
        "NA_F005/F005-0001.wav": Clip("", "human", split="test"),
    },
    {
        "Aislam_M001/._M001-0001.wav": "not a recording",
        "CeCiliaBulcao_F021/._F021-0001.wav": "not a recording",
        "NA_F005/._F005-0001.wav": "not a recording",
    },
)

CETUC_IN_FOLDERS = Layout(
    CETUC,
    {
        "alcaim.tar.gz": tarred(
            {
                "alcaim/README.md": b"CETUC",
                "alcaim/MarioJr._M014/M014-0000.wav": sound(40),
                "alcaim/MarioJr._M014/M014-0000.txt": "é cedo".encode("latin-1"),
                "alcaim/SHEILA_F031/F031-0000.wav": sound(41),
                "alcaim/SHEILA_F031/F031-0000.txt": "é cedo".encode(),
                "alcaim/SHEILA_F031/F031-0001.txt": b"nobody reads this",
                "alcaim/SHEILA_F031/F031-0002.wav": sound(42),
                "alcaim/train.list": b"alcaim/MarioJr._M014/M014-0000.wav\n",
                "alcaim/test.list": b"alcaim/SHEILA_F031/F031-0000.wav\n",
            }
        )
    },
    {
        "MarioJr._M014/M014-0000.wav": Clip("", "human", text="é cedo", sex="m", split="train"),
        "SHEILA_F031/F031-0000.wav": Clip("", "human", text="é cedo", sex="f", split="test"),
    },
    {
        "MarioJr._M014/M014-0000.txt": "taken all the same: wrong encoding",
        "SHEILA_F031/F031-0001.txt": "no recording",
        "SHEILA_F031/F031-0002.wav": "no transcript",
    },
)

SENTENCES = "".join(f"{n} - frase número {n}\n" for n in range(1, 1001)).encode()
FAKE = Layout(
    FAKE_VOICES,
    {
        "transcriptions.txt": SENTENCES,
        "falabrasil-fake-voices/Aislam_M001_Fake.zip": zipped(
            {f"Aislam_M001_Fake/{n}_fake.wav": sound(50 + n, rate=24_000) for n in (1, 12)}
        ),
        "falabrasil-fake-voices/MarioJr_Fake.zip": zipped({"MarioJr_Fake/1_fake.wav": sound(55)}),
        "falabrasil-fake-voices/Rose_F030_Fake.rar": b"Rar!",
        "data/train/Aislam_M001/speaker.txt": b"",
        "data/dev/MarioJr_M014/speaker.txt": b"",
    },
    {
        "Aislam_M001_Fake/1_fake.wav": Clip(
            "",
            "synthetic",
            "xtts",
            "tts",
            "pt-BR",
            speaker="cetuc-M001",
            sex="m",
            text="frase número 1",
            pair="cetuc-M001-0000",
            split="train",
        ),
        "Aislam_M001_Fake/12_fake.wav": Clip("", "synthetic", pair="cetuc-M001-0011"),
        "MarioJr_Fake/1_fake.wav": Clip("", "synthetic", pair="cetuc-M014-0000", split="dev"),
    },
    {"Rose_F030_Fake.rar": "not unpacked: a RAR"},
)
