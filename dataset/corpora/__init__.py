"""The corpora that `python -m dataset collect` knows, one module each."""

from dataset.acquisition.corpus import Corpus
from dataset.corpora.asvspoof2019 import ASVSPOOF_2019
from dataset.corpora.asvspoof2021 import ASVSPOOF_2021
from dataset.corpora.cetuc import CETUC
from dataset.corpora.common_voice import COMMON_VOICE
from dataset.corpora.coraa import CORAA
from dataset.corpora.donations import DONATIONS
from dataset.corpora.esc50 import ESC50
from dataset.corpora.fake_voices import FAKE_VOICES
from dataset.corpora.folder import FOLDER
from dataset.corpora.in_the_wild import IN_THE_WILD
from dataset.corpora.mlaad import MLAAD
from dataset.corpora.mls import MLS
from dataset.corpora.urbansound8k import URBANSOUND8K
from dataset.corpora.vctk import VCTK

CORPORA: tuple[Corpus, ...] = (
    CETUC,
    FAKE_VOICES,
    COMMON_VOICE,
    CORAA,
    MLS,
    VCTK,
    ASVSPOOF_2019,
    ASVSPOOF_2021,
    IN_THE_WILD,
    MLAAD,
    ESC50,
    URBANSOUND8K,
    DONATIONS,
    FOLDER,
)
