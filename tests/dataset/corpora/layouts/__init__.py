"""Every corpus in miniature: the folders, names, tables and encodings of the true one."""

from tests.dataset.corpora.layouts.cetuc import CETUC_IN_FOLDERS, CETUC_OF_THE_HUB, FAKE
from tests.dataset.corpora.layouts.english import MICROPHONES, SPOOF_2019, SPOOF_2021
from tests.dataset.corpora.layouts.fakes import FAKES_ONLY, WILD
from tests.dataset.corpora.layouts.given import GIVEN
from tests.dataset.corpora.layouts.layout import Layout
from tests.dataset.corpora.layouts.noise import NOISES, STREETS
from tests.dataset.corpora.layouts.portuguese import BOOKS, SPONTANEOUS, VOICES

__all__ = ["LAYOUTS", "Layout"]

LAYOUTS: dict[str, Layout] = {
    "cetuc of the hub": CETUC_OF_THE_HUB,
    "cetuc in folders": CETUC_IN_FOLDERS,
    "fake voices": FAKE,
    "common voice": VOICES,
    "vctk": MICROPHONES,
    "asvspoof 2019": SPOOF_2019,
    "asvspoof 2021": SPOOF_2021,
    "in the wild": WILD,
    "mlaad": FAKES_ONLY,
    "coraa": SPONTANEOUS,
    "mls": BOOKS,
    "esc-50": NOISES,
    "urbansound8k": STREETS,
    "donations": GIVEN,
}
