"""The list has everything that a command can be given."""

from dataset import listing
from dataset.augmentation import PRESETS
from dataset.corpora import CORPORA
from dataset.engines import ENGINES


def test_corpora_engines_and_presets_are_listed_with_their_licences() -> None:
    text = " ".join("\n".join(listing.lines()).split())
    for corpus in CORPORA:
        assert f" {corpus.name} {' '.join(corpus.what.split())}" in text
        assert corpus.licence in text
    for engine in ENGINES:
        assert f" {engine.name} {engine.family}" in text
        assert engine.licence in text
    for name, does in PRESETS.items():
        assert f" {name} {does}" in text
