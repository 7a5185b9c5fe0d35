"""A corpus in miniature, and what must become of it."""

from dataclasses import dataclass, field

from dataset.acquisition.corpus import Corpus
from dataset.manifest import Clip


@dataclass(frozen=True)
class Layout:
    """A corpus, its files as they come from the net, and what must become of them."""

    corpus: Corpus
    files: dict[str, bytes]
    clips: dict[str, Clip]  # by the end of their path; only the facts that are compared
    remarks: dict[str, str] = field(default_factory=dict)  # end of a path → beginning of the reason
