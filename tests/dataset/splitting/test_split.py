"""Nothing that could be learnt by heart is on two sides, whatever the corpus looks like."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from dataset import manifest
from dataset.manifest import Clip
from dataset.splitting.split import KEYS, Plan, SplitError, deal, split

FAMILIES = ("human", "tts", "vc", "vocoder")
CROSSED = ("speaker", "text", "pair")


def clip(number: int, family: str = "human", **facts: str) -> Clip:
    label = "human" if family == "human" else "synthetic"
    return Clip(f"{number}.flac", label, system=family, family=family, **facts)  # type: ignore[arg-type]


def grid(speakers: int, sentences: int, source: str = "one") -> list[Clip]:
    """Every speaker says every sentence, and three engines say it after them."""
    return [
        clip(
            number * len(FAMILIES) + engine,
            family,
            speaker=f"speaker {number // sentences}",
            text=f"Sentence {number % sentences}.",
            pair=str(number),
            source=source,
        )
        for number in range(speakers * sentences)
        for engine, family in enumerate(FAMILIES)
    ]


def islands(count: int) -> list[Clip]:
    """Sources that share nothing, of three clips each."""
    return [
        clip(3 * i + j, FAMILIES[(i + j) % 4], speaker=f"{i}", text=f"{i} {j}", source=f"{i}")
        for i in range(count)
        for j in range(3)
    ]


def assert_apart(clips: Sequence[Clip], keys: Sequence[str] = KEYS) -> None:
    for key in keys:
        sides: dict[str, set[str]] = {}
        for each in clips:
            if each.split and getattr(each, key):
                sides.setdefault(getattr(each, key).casefold(), set()).add(each.split)
        assert {value: on for value, on in sides.items() if len(on) > 1} == {}


def assert_whole_family_held_out(clips: Sequence[Clip], families: Sequence[str]) -> None:
    assert families
    for family in families:
        assert {each.split for each in clips if each.family == family} - {""} == {"test"}


@st.composite
def corpora(draw: st.DrawFn) -> list[Clip]:
    """Some islands, and a crowd of clips that share speakers, sentences, pairs and sources."""
    few = st.integers(0, draw(st.integers(1, 12)))
    many = st.integers(0, draw(st.integers(1, 60)))
    name = st.one_of(st.just(""), few.map(str), many.map(str))
    side = st.sampled_from(draw(st.sampled_from([("",), ("", "train"), ("", "train", "test")])))
    crowd = st.builds(
        lambda family, speaker, text, pair, source, given: replace(
            clip(0, family, speaker=speaker, text=text, pair=pair, source=source), split=given
        ),
        st.sampled_from(FAMILIES),
        name,
        name,
        name,
        many.map("crowd {}".format),
        side,
    )
    return draw(st.lists(crowd, max_size=40)) + islands(draw(st.integers(10, 40)))


@settings(max_examples=60, deadline=None, database=None)
@given(corpora(), st.integers(0, 3))
def test_no_corpus_leaves_a_speaker_sentence_pair_or_source_on_two_sides(
    clips: list[Clip], seed: int
) -> None:
    try:
        splits = split(clips, Plan(seed=seed))
    except SplitError:
        reject()  # hypothesis fails when this is the rule rather than the exception
    assert_apart(splits.clips)
    assert_whole_family_held_out(splits.clips, splits.test_families)
    aside = sum(not each.split for each in splits.clips)
    assert aside == splits.dropped + splits.held_out
    for before, after in zip(clips, splits.clips, strict=True):
        assert replace(after, split="") == replace(before, split="")
        assert after.split in ("", before.split or after.split)  # a given side is kept or lost


def test_islands_are_dealt_whole_in_the_shares_asked_for() -> None:
    splits = split(islands(400), Plan(shares=(0.6, 0.2, 0.2)))
    assert splits.dropped == 0
    counts = Counter(each.split for each in splits.clips)
    kept = 1200 - counts[""]
    assert counts["train"] / kept == pytest.approx(0.6, abs=0.06)
    assert counts["dev"] / kept == pytest.approx(0.2, abs=0.06)


def test_a_full_grid_is_dealt_by_speaker_and_by_sentence_apart() -> None:
    clips = grid(speakers=20, sentences=50)
    splits = split(clips, Plan(by=CROSSED, test_families=("vc",)))
    assert_apart(splits.clips, CROSSED)
    assert_whole_family_held_out(splits.clips, ("vc",))
    kept = [each for each in splits.clips if each.split and each.family == "human"]
    assert 0.38 < len(kept) / 1000 < 0.48
    counts = Counter(each.split for each in kept)
    assert counts["train"] / len(kept) == pytest.approx(0.8, abs=0.06)
    assert min(counts["dev"], counts["test"]) / len(kept) == pytest.approx(0.1, abs=0.04)


def test_a_grid_keeps_the_speakers_of_its_official_split() -> None:
    clips = grid(speakers=20, sentences=30)
    official = {
        f"speaker {i}": "train" if i < 16 else "dev" if i < 18 else "test" for i in range(20)
    }
    splits = split([replace(c, split=official[c.speaker]) for c in clips], Plan(by=CROSSED))
    assert_apart(splits.clips, CROSSED)
    assert {each.split for each in splits.clips} == {"", "train", "dev", "test"}
    assert all(each.split in ("", official[each.speaker]) for each in splits.clips)


def test_one_source_cannot_be_on_one_side_and_fill_three() -> None:
    with pytest.raises(SplitError, match="through source"):
        split(grid(speakers=20, sentences=20), Plan())


def test_spelling_does_not_make_a_sentence_another_one() -> None:
    texts = ("Olá,  mundo!", "olá mundo", "OLÁ MUNDO.")
    same = [clip(i, speaker=f"x{i}", text=text, source=f"x{i}") for i, text in enumerate(texts)]
    for seed in range(10):
        splits = split([*islands(30), *same], Plan(seed=seed))
        assert len({each.split for each in splits.clips[-3:]}) == 1


def test_a_family_that_nobody_has_is_refused() -> None:
    with pytest.raises(SplitError, match=r"family codec, there are \['tts', 'vc', 'vocoder'\]"):
        split(islands(30), Plan(test_families=("codec",)))


def test_with_a_single_family_none_is_held_out() -> None:
    one = [replace(c, family="tts") if c.family != "human" else c for c in islands(60)]
    splits = split(one, Plan())
    assert splits.test_families == ()
    assert {c.split for c in splits.clips if c.family == "tts"} == {"train", "dev", "test"}


def test_the_same_seed_deals_the_same() -> None:
    first, again, other = (split(islands(60), Plan(seed=seed)) for seed in (1, 1, 2))
    assert first == again
    assert first.clips != other.clips


def test_a_folder_keeps_all_its_clips_and_its_sound(tmp_path: Path) -> None:
    clips = [replace(c, split="train") for c in islands(30)]
    (tmp_path / "in").mkdir()
    for each in clips:
        (tmp_path / "in" / each.file).write_bytes(each.file.encode())
    manifest.write(clips, tmp_path / "in")
    splits = deal(tmp_path / "in", tmp_path / "out", Plan(), anew=True)
    assert manifest.read(tmp_path / "out") == splits.clips
    assert {each.split for each in splits.clips} >= {"train", "dev", "test"}
    assert all((tmp_path / "out" / c.file).read_bytes() == c.file.encode() for c in clips)
    with pytest.raises(SplitError, match="is given"):
        deal(tmp_path / "in", tmp_path / "out", Plan(), anew=False)
