"""The card says what is in the set, on a page that stands alone."""

import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
import soundfile

from dataset import manifest
from dataset.card import write
from dataset.manifest import Clip
from dataset.reporting.page import Section, as_html, as_markdown
from dataset.reporting.plots import bars, histogram
from tests.pools import Here
from tests.sounds import RATE, speech


@pytest.fixture(scope="module")
def card(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of ten pairs of which the synthetic one is quieter, and of a file that is no sound."""
    source = tmp_path_factory.mktemp("set <1>")
    clips = []
    for number in range(20):
        label = ("human", "synthetic")[number % 2]
        clip = Clip(
            f"{number}.wav",
            label,
            system="human" if label == "human" else "xtts | v2",
            family="human" if label == "human" else "tts",
            language="pt-BR",
            speaker=f"s{number // 2}",
            text=f"Frase {number // 2}.",
            pair=str(number // 2),
            source=f"corpus {number // 4}",
            licence="CC0-1.0",
            seconds=360.0,
            split="train" if number < 12 else "test",
        )
        sound = speech(0.6, seed=number // 2) / np.float32(1 + 9 * (number % 2))
        soundfile.write(source / clip.file, sound, RATE)
        clips.append(clip)
    clips.append(replace(clips[-1], file="no.wav"))
    (source / "no.wav").write_bytes(b"no sound")
    (source / "failed.csv").write_text("file,step,reason\nx.wav,synthesise,no <text>\n")
    manifest.write(clips, source)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("dataset.quality.audit.FOLDS", 2)  # trees take their time
        made, summary = write(source, source / "card", source, Here())
    assert made == 20
    assert "1 cannot be read" in summary
    return source / "card"


def test_the_page_counts_what_is_there(card: Path) -> None:
    page = (card / "card.md").read_text()
    assert "| synthetic | 0 | 11 | 0 | 1.10 | 10 | 10 |" in page
    assert r"| xtts \| v2 | 0 | 11 | 0 |" in page
    assert "| train | 6 | 6 | 0 | 1.20 | 6 | 6 |" in page
    assert "On more than one side: source 0, speaker 0, text 0, pair 0. Only in test: –." in page
    assert "| CC0-1.0 |" in page
    assert "| synthesise | no &lt;text> | 1 |" in page
    assert "| card | it begins like no container that we know | 1 |" in page
    assert "20 wav at 16000 Hz" in page


def test_the_audit_stands_beside_that_of_before(card: Path) -> None:
    rows = re.findall(r"^\| ([a-z ]+) \| ([\d.–]+) \| ([\d.–]+) \| ([\d.–]+) \| ([\d.–]+) \|$",
                      (card / "card.md").read_text(), re.MULTILINE)  # fmt: skip
    assert {name for name, *_ in rows} >= {"level", "length", "language", "all together"}
    assert all(numbers[:2] == numbers[2:] for _, *numbers in rows)


def test_the_page_needs_nothing_beside_it_and_can_be_read_aloud(card: Path) -> None:
    page = (card / "card.html").read_text()
    assert not re.search(r"(src|href)=\"(?!#)", page.replace("xlink:href", "href"))
    assert "url(http" not in page
    tree = ElementTree.fromstring(page.removeprefix("<!DOCTYPE html>"))  # noqa: S314  # ours
    plots = [svg for svg in tree.iter() if svg.tag.endswith("svg")]
    assert len(plots) == 6
    assert all(svg.get("role") == "img" and svg.get("aria-label") for svg in plots)
    names = [element.get("id") for element in tree.iter() if element.get("id")]
    assert len(names) == len(set(names))
    assert "set &lt;1&gt;" in page
    assert "no &lt;text&gt;" in page


def test_the_same_numbers_make_the_same_picture() -> None:
    values = {"human": list(np.linspace(0, 1, 50)), "synthetic": [0.5, float("nan")], "noise": []}
    assert histogram(values, "s", "a") == histogram(values, "s", "a")
    assert "synthetic" in histogram(values, "s", "a")
    assert "noise" not in histogram(values, "s", "a")
    assert histogram({"human": [1.0, 1.0]}, "s", "b").startswith("<svg")
    assert (
        bars({"before": [0.9, float("nan")], "after": [0.4, 0.5]}, ["x", "y"], "c").count("///")
        == 0
    )


def test_what_a_corpus_is_called_cannot_break_the_page() -> None:
    section = Section("<b>", "a | b", ("x",), [("<script>",), ("a|b\nc",)])
    assert "<script>" not in as_html("t", [section])
    page = as_markdown("t", [section])
    assert "<script>" not in page
    assert r"| a\|b c |" in page
