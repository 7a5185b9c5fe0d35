"""Why an answer is what it is: what is told of which answer, and that a chat can hold it."""

import re
from dataclasses import replace
from itertools import combinations

import pytest

from bot.db.answers import StoredAnswer
from bot.texts import LANGUAGES, texts_for
from bot.views import accuracy
from bot.views.explanation import LINES, REASONS, details, explanation
from inference.accuracy import Accuracy, Group, Said
from inference.metadata.evidence import Evidence
from inference.verdict import Reason, Verdict, Window
from tests.bot.stand_ins import EVIDENCE, verdict

EN = texts_for("en", "en")
MEASURED = Accuracy(
    "ouvido-9.9.9",
    "",
    "ouvido-9.9.9",
    "dev",
    {
        "all": Group(Said(90, 7, 3), Said(60, 30, 10)),
        "speech_2_to_4": Group(Said(70, 21, 9), Said(50, 30, 20)),
    },
)
LONG = replace(verdict(), windows=tuple(Window(2.0 * n, 2.0 * n + 4, n / 100) for n in range(100)))


def explained(
    found: Verdict,
    evidence: Evidence = EVIDENCE,
    origin: str | None = None,
    measured: Accuracy | None = MEASURED,
    language: str = "en",
) -> str:
    return explanation(stored(found, evidence), origin, measured, texts_for(language, language))


def stored(found: Verdict, evidence: Evidence = EVIDENCE) -> StoredAnswer:
    return StoredAnswer(
        sha256="", verdict=found, evidence=evidence, request_count=2,
        token="", file_id="", chat_id=7, asker_id=7, private=False,
    )  # fmt: skip


def test_a_machine_is_explained_by_what_was_heard_where_its_marks_errors_and_file() -> None:
    said = explained(verdict(0.87))
    assert "I heard 0:12 of speech. It sounded artificial at: 0:04–0:08." in said
    assert "The blue line in the picture" in said
    assert "of 100 notes of people of any length, I called 3 a machine by mistake" in said
    assert "Looks like: a recording made in WhatsApp" in said
    assert "anybody can write this" in said
    assert said.endswith("👂 ouvido-9.9.9 · checked 2 times")


def test_every_reason_comes_with_its_advice_and_without_scores() -> None:
    said = explained(verdict(0.87, (Reason.NOISY, Reason.CLIPPED)))
    for reason in (Reason.NOISY, Reason.CLIPPED):
        assert f"• {EN.say('reasons', reason)}. {EN.say('advice', reason)}" in said
    assert "In my test" not in said
    assert "%" not in said


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("origin", [None, "hidden_user"])
@pytest.mark.parametrize("score", [0.05, 0.5, 0.62, 0.9])
def test_no_explanation_is_longer_than_ten_lines(
    language: str, origin: str | None, score: float
) -> None:
    for count in (0, 1, 2, len(Reason)):
        for reasons in combinations(Reason, count):
            found = replace(LONG, score=score, reasons=reasons, pictured=False)
            said = explained(found, origin=origin, language=language)
            assert len(said.splitlines()) <= LINES == 10
            assert said.count("• ") == min(count, REASONS)


def test_the_details_of_a_file_are_apart_and_folded() -> None:
    assert "opus" not in explained(verdict())
    told = details(stored(verdict(), replace(EVIDENCE, seconds=251.04)), EN)
    assert told.startswith("<blockquote expandable>Kind of file: ogg\n")
    assert "Length: 4:11\n" in told
    assert details(stored(verdict(), Evidence()), EN) == ""


def test_what_strangers_wrote_into_a_file_is_not_said() -> None:
    claims = "https://evil.example @bank /forget </pre><b>", "✅ Verified by a bank"
    answer = stored(verdict(), replace(EVIDENCE, vendor=claims[0], encoder=claims[1]))
    said = explained(verdict(), answer.evidence) + details(answer, EN)
    assert "Written with: an unknown program\nProgram: an unknown program" in said
    for claim in ("evil", "@", "/forget", "✅", "bank"):
        assert claim not in said


def test_a_person_is_told_how_often_machines_pass() -> None:
    said = explained(replace(verdict(0.1), seconds=3.0))
    assert "nothing is outlined" in said
    assert "with 2 to 4 seconds of speech, like this one, I took 20 for a person" in said


@pytest.mark.parametrize("origin", ["user", "hidden_user", "chat", "channel"])
def test_of_the_origin_only_its_kind_is_told(origin: str) -> None:
    assert "Forwarded from: " in explained(verdict(), origin=origin)


def test_the_heading_of_the_card_is_not_said_twice() -> None:
    assert explained(verdict()).count("What the file says about itself") == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_marks_that_are_only_part_of_the_reason_are_said_to_be(language: str) -> None:
    partly = texts_for(language, "en").say("verdict", "partly")
    assert partly in explained(replace(verdict(), pictured=False), language=language)
    assert partly not in explained(verdict(), language=language)
    assert partly not in explained(verdict(0.1), language=language)


def test_a_file_that_tells_nothing_has_no_card() -> None:
    assert "What the file tells" not in explained(verdict(), Evidence())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("reasons", [(), tuple(Reason), (Reason.UNSURE,)])
def test_the_longest_one_fits_into_a_message(language: str, reasons: tuple[Reason, ...]) -> None:
    evidence = replace(EVIDENCE, vendor="&" * 80, encoder="<" * 80)
    said = explained(replace(LONG, reasons=reasons), evidence, "hidden_user", language=language)
    shown = re.sub(r"<[^>]*>", "", said)  # Telegram counts what is left of the markup
    assert len(shown.encode("utf-16-le")) // 2 <= 4096


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_length_of_the_shipped_measurement_has_its_words(language: str) -> None:
    measured = accuracy.measured(None)
    said = {
        explained(replace(verdict(), seconds=seconds), measured=measured, language=language)
        for seconds in (1.0, 3.0, 5.0, 20.0)
    }
    assert len(said) == 4
