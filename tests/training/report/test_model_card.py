"""A model card around answers that were made up, about the shipped model."""

from dataclasses import asdict, replace

import pytest

from dataset.manifest import Clip
from dataset.markdown import percent
from inference.registry import default_model
from inference.segments import SegmentRule
from tests.training.answers import answer, crowd
from training.evaluation.figures import figures
from training.export.thresholds import Band, choose
from training.report import sections
from training.report.model_card import Findings, model_card

ANSWERS = crowd(2.0)
LEARNT = [
    Clip("a", "human", language="pt-BR", seconds=90.0, source="x"),
    Clip("b", "synthetic", "synthetic", seconds=7200.0, source="x"),
    Clip("c", "noise", seconds=3.0),
]
PEOPLE = [answer("human", 0.1, "phone", collection="recordings") for _ in range(20)]


@pytest.fixture(scope="module")
def page() -> str:
    worse = [replace(a, verdict=replace(a.verdict, score=0.5)) for a in ANSWERS]
    findings = Findings(
        train=LEARNT,
        conditions={"codecs": {"as they are": ANSWERS, "a telephone": worse}},
        baselines={"chance": {a.clip.file: float(i % 7) for i, a in enumerate(ANSWERS)}},
        figures="pictures",
    )
    return model_card(default_model(), ANSWERS, 0.05, findings)


@pytest.fixture(scope="module")
def bare() -> str:
    """With people of one telephone, a system nobody knows and sources that were learnt from."""
    unknown = Clip(
        "n", "synthetic", "never heard of", "tts", source="page 1", collection="products"
    )
    new = [replace(answer("synthetic", 0.05), clip=unknown) for _ in range(12)]
    learnt = [*LEARNT, *(Clip("a", "human", source=f"page {i}") for i in range(10))]
    return model_card(default_model(), [*ANSWERS, *PEOPLE, *new], 0.05, Findings(train=learnt))


def section(page: str, title: str) -> str:
    return page.split(f"{title}\n", 1)[1].split("\n#", 1)[0]


def test_nothing_is_left_to_fill_in(page: str) -> None:
    assert "$" not in page
    assert "nan" not in page


@pytest.mark.parametrize(
    "title",
    [
        "## What it is for",
        "## What it learnt from",
        "## Figures",
        "### The thresholds, on sources that they were not chosen on",
        "### By collection",
        "### By the family of the synthesiser",
        "### Systems that it has met, and others",
        "### By language",
        "### Real voice notes and other recordings of people",
        "### By sex of the speaker",
        "### Codecs",
        "### Handling",
        "### Noise",
        "### Length",
        "## What else gives the class away",
        "## Beside other detectors",
        "## What it cannot do",
        "## Ethics",
    ],
)
def test_every_section_says_something(page: str, title: str) -> None:
    assert len(section(page, title).strip()) > 50


def test_the_figures_are_those_of_the_answers(page: str) -> None:
    found = figures(ANSWERS)
    line = next(line for line in page.splitlines() if line.startswith("|all of dev|"))
    assert f"|{found.human}|{found.synthetic}|30 / 20|{percent(found.eer)}|" in line
    assert f"{found.cost:.3f}; at best {found.least_cost:.3f}" in page


def test_a_condition_is_held_against_the_untouched_clips(page: str) -> None:
    rise = 100.0 * (0.5 - figures(ANSWERS).eer)
    told = section(page, "### Codecs")
    assert f"|50.0 %|{rise:+.1f} (" in told
    assert "|more people called machines|more machines called people|" in told


def test_what_was_not_measured_says_how_it_would_be(page: str, bare: str) -> None:
    assert "--conditions noise" in section(page, "### Noise")
    for option in ("--peer", "--figures", "--conditions codecs", "--conditions lengths"):
        assert option in bare
    assert "--train" in sections.learnt([])
    assert "of which nobody knows how many are" in model_card(default_model(), ANSWERS, 0.05)


def test_the_training_data_is_counted(page: str) -> None:
    told = section(page, "## What it learnt from")
    assert "|synthetic|1|2.0|1|1|" in told
    assert "pt-BR 2" in told


def test_collections_stand_apart_where_the_clips_name_them(page: str, bare: str) -> None:
    assert "names none" in section(page, "### By collection")
    human = figures([*ANSWERS, *PEOPLE]).human
    assert f"|products|{human}|12|31 / 1|" in section(bare, "### By collection")
    assert "\n|new part|20|12|1 / 1|100.0 %|" in bare
    assert "\n|new part against every human clip|" in bare


def test_systems_of_the_training_data_stand_apart_from_others(bare: str) -> None:
    told = section(bare, "### Systems that it has met, and others")
    human = figures([*ANSWERS, *PEOPLE]).human
    assert f"|met in training|{human}|{figures(ANSWERS).synthetic}|" in told
    assert f"|never met|{human}|12|" in told


def test_sources_that_the_model_learnt_from_are_counted(page: str, bare: str) -> None:
    assert "30 sources, of which none are of the\ntraining data" in page
    assert "31 sources, of which 10 are of the\ntraining data" in bare


def test_only_voice_notes_are_said_to_be_encoded(page: str) -> None:
    waves = [replace(a, clip=replace(a.clip, file="x.wav")) for a in ANSWERS]
    said = "been through an encoder"
    assert said in page
    assert said not in model_card(default_model(), waves, 0.05)


def test_a_peer_is_judged_on_the_same_clips(page: str) -> None:
    told = section(page, "## Beside other detectors")
    assert f"|chance|{len(ANSWERS)}|" in told
    assert f"|{default_model().stem}|{len(ANSWERS)}|" in told
    assert "|new part|pages of 2025-26 and products|voice conversion|" in told
    assert "|– (0 / 0)|" in told  # these clips name no collection


def test_a_peer_is_judged_on_every_slice() -> None:
    new = [
        answer(label, score, f"{label} {i % 5}", family="tts", file=f"{label}{i}", collection=where)
        for label, score in (("human", 0.1), ("synthetic", 0.9))
        for where in ("2016-22", "products")
        for i in range(10)
    ]
    told = sections.compared(new, "ours", {"liar": {a.clip.file: -a.verdict.score for a in new}})
    ours, liar = told.splitlines()[2:]
    assert ours.count("|0.0 % (5 / 5)|") + ours.count(" % (5 / 5)|0.0 %") >= 2
    assert "|100.0 % (5 / 5)|100.0 % (5 / 5)|" in liar


def test_no_false_alarm_among_few_people_is_no_promise() -> None:
    told = sections.notes(PEOPLE)
    assert "|of sources with under 30 clips|20|1|100.0 %|0.0 %|0.0 % to 16.1 %|0.0 %|" in told


def test_the_band_is_told_of_both_halves_of_the_sources() -> None:
    band = choose(ANSWERS)
    said = sections.held(asdict(band))
    rates = percent(band.chosen["all people"]), percent(band.false_alarms["all people"])
    assert f"|all people called machines|4.0 %|{rates[0]}|{rates[1]}|" in said
    assert f"|answered|–|{percent(band.chosen['answered'])}|{percent(band.answered)}|" in said
    assert "machines (tts, vc) called people|4.0 %|" in said
    kept = sections.held({**asdict(band), "holds": True, "scale": 0.7})
    assert "thresholds keep their limits, which had to be 0.7 of these" in kept
    assert "do **not** keep" in sections.held({**asdict(band), "holds": False, "scale": 0.55})


def test_the_band_of_an_older_file_is_told_in_its_own_words() -> None:
    band = {"holds": False, "answered": 0.3, "wrong": 0.099, "false_alarms": {"all people": 0.028}}
    said = sections.held(band)
    assert all(part in said for part in ("30.0 %", "9.9 % of that wrongly", "2.8 % of all people"))
    assert "does **not** keep" in said
    assert "does **not** keep" not in sections.held({**band, "holds": True})
    assert "does not say" in sections.held(None)
    assert "nothing is answered" in sections.held(asdict(Band()))


def test_refusals_are_counted_by_reason_and_class() -> None:
    found = [answer("human", 0.1, refused=True), *(answer("human", 0.1) for _ in range(3))]
    found += [answer("synthetic", 0.9), answer("synthetic", 0.5)]
    nobody = [answer("noise", 0.5, refused=True)]
    table = sections.why_not(found, nobody)
    assert "|reason|human clips (4)|synthetic clips (2)|clips without speech (1)|" in table
    assert "|noisy|1 (25.0 %)|0 (0.0 %)|1 (100.0 %)|" in table
    assert "|unsure|0 (0.0 %)|1 (50.0 %)|0 (0.0 %)|" in table
    assert "without speech" not in sections.why_not(found, [])


def test_the_card_tells_how_well_a_part_is_found() -> None:
    rule = SegmentRule("m", 2.0, {"5 s: found": 0.25, "5 s: found: notes": 58})
    told = sections.partial(rule)
    assert "|5 s: found|58|25.0 %|" in told
    assert "a strength of 2 on" in told
    assert sections.partial(SegmentRule("m")) == "It was not measured."
    assert "people: mixed" in model_card(default_model(), ANSWERS, 0.05)
