"""The documentation knows every corpus."""

from pathlib import Path

from dataset.corpora import CORPORA

PAGE = Path(__file__).parents[3] / "docs" / "corpora.md"


def test_every_corpus_has_a_row_with_its_command() -> None:
    rows = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line[:3] == "| `"]
    for corpus in CORPORA:
        (row,) = [row for row in rows if row.startswith(f"| `{corpus.name}` |")]
        assert f"collect {corpus.name} " in row
        if corpus.gigabytes:
            assert f"{corpus.gigabytes:g} GB" in row
