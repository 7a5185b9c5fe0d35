"""What a report says, as PDF and as JSON: everything that it takes to check an answer, no names."""

import io
import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from bot.settings import Settings
from bot.texts import LANGUAGES, clock, texts_for
from bot.views.report import Report, as_json, pdf, report_of
from inference.accuracy import Accuracy, Group, Said, beside
from inference.metadata.evidence import Evidence, Recorder
from inference.verdict import Reason, Window
from tests.bot.stand_ins import verdict

NOW = datetime(2026, 11, 22, 17, 4, 5, tzinfo=UTC)
OPUS = Evidence(
    "ogg", "opus", 12.5, 31.96, 48000, 1, 312, 20.0, "libopus 1.3", None, Recorder.TELEGRAM
)
MEASURED = Accuracy(
    "ouvido-9.9.9",
    "f" * 64,
    "ouvido-9.9.9",
    "dev",
    {"all": Group(Said(30, 66, 4), Said(40, 52, 8)), "language_pt": Group(Said(1), Said(1))},
)
REPORT = Report(verdict(), OPUS, "a" * 64, "f" * 64, MEASURED, 300.0, NOW)
ENGLISH = texts_for("en", "en")


def pages(document: bytes) -> list[str]:
    """The words on each page."""
    with pypdfium2.PdfDocument(document) as opened:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in opened]


def picture() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (1080, 880), (200, 0, 0)).save(file, "JPEG")
    return file.getvalue()


def test_the_pdf_tells_the_answer_the_file_the_model_the_settings_and_the_limits() -> None:
    text = " ".join(pages(pdf(REPORT, ENGLISH, picture())))
    for said in (
        "2026-11-22 17:04:05 UTC",
        "This sounds like an AI voice, made by a machine.",
        "87% chance",
        f"Fingerprint (SHA-256) {'a' * 64}",
        "Data per second 32 kbit/s",
        "Samples at the source 48,000 Hz",
        "Written with libopus 1.3",
        "a recording made in Telegram",
        f"Model ouvido-9.9.9 Fingerprint of the model {'f' * 64}",
        "person up to 40%, machine from 60% on",
        "at most 5:00",
        "This is no proof.",
        "of 100 people it called 4 a machine; of 100 machines it called 8 a person",
        "scripts/run check FILE --json",
        "0:04–0:08 90%",
    ):
        assert said in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pdf_has_all_letters_of_its_language(language: str) -> None:
    texts = texts_for(language, "en")
    text = " ".join(pages(pdf(REPORT, texts, None)))
    for name in ("title", "no_proof", "limit_new", "limit_window", "limit_file", "reproduce"):
        assert texts.say("report", name) in text
    assert texts.say("verdict", "synthetic").partition(" ")[2] in text  # without the 🤖


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pdf_says_where_the_marks_are_only_part_of_the_reason(language: str) -> None:
    texts = texts_for(language, "en")
    report = replace(REPORT, verdict=replace(verdict(), pictured=False))
    partly = texts.say("verdict", "partly")
    assert partly in pages(pdf(report, texts, picture()))[0]
    assert partly not in pages(pdf(REPORT, texts, picture()))[0]
    assert partly not in " ".join(pages(pdf(report, texts, None)))  # then there are no marks


def test_the_picture_stands_in_the_pdf() -> None:
    with pypdfium2.PdfDocument(pdf(REPORT, ENGLISH, picture())) as document:
        pixels = document[0].render().to_pil().getcolors(1 << 20)
    assert any(red > 180 and green < 40 for _, (red, green, _) in pixels)


def test_what_a_file_claims_is_data_for_programs_and_nothing_for_people() -> None:
    hostile = replace(OPUS, vendor="<b>&amp; <font size=99>中", encoder="</para> evil.example")
    report = replace(REPORT, evidence=hostile)
    text = " ".join(pages(pdf(report, ENGLISH, None)))
    assert "Written with an unknown program" in text
    assert "evil" not in text
    told = json.loads(as_json(report, ENGLISH))["file"]["evidence"]
    assert (told["vendor"], told["encoder"]) == (hostile.vendor, hostile.encoder)


def test_the_chance_is_the_number_of_the_caption() -> None:
    found = replace(verdict(0.739), windows=(Window(0.0, 4.0, 0.739),))
    text = " ".join(pages(pdf(replace(REPORT, verdict=found), ENGLISH, None)))
    assert "73% chance" in text
    assert "Chance of a machine 73%" in text
    assert "0:00–0:04 73%" in text
    assert "74%" not in text


def test_a_long_recording_has_all_its_stretches_and_the_digest_on_every_page() -> None:
    windows = tuple(Window(2.0 * i, 2.0 * i + 4, (i % 2) * 1.0) for i in range(450))
    long = replace(REPORT, verdict=replace(verdict(), windows=windows))
    found = pages(pdf(long, ENGLISH, picture()))
    assert len(found) > 3
    assert all(f"SHA-256 {'a' * 64} {number}" in page for number, page in enumerate(found, 1))
    text = " ".join(found)
    assert all(f"{clock(2.0 * i)}–{clock(2.0 * i + 4)}" in text for i in range(450))
    assert " 1%" in text
    assert " 0%" not in text
    assert " 100%" not in text


def test_a_file_that_tells_nothing_and_was_not_judged_has_a_report_too() -> None:
    silent = replace(verdict(0.5, (Reason.NO_SPEECH,)), windows=(), seconds=0.0)
    text = " ".join(pages(pdf(replace(REPORT, verdict=silent, evidence=Evidence()), ENGLISH, None)))
    assert "I didn't hear anybody speak" in text
    assert "Stretch by stretch" not in text
    assert "Kind of file" not in text


def test_the_json_tells_the_same_to_programs() -> None:
    told = json.loads(as_json(REPORT, texts_for("pt", "en")))
    assert told["made_at"] == "2026-11-22T17:04:05+00:00"
    assert told["file"]["sha256"] == "a" * 64
    assert told["file"]["evidence"]["vendor"] == "libopus 1.3"
    assert told["model"] == {"name": "ouvido-9.9.9", "sha256": "f" * 64}
    assert told["settings"]["thresholds"] == {"human_at_most": 0.4, "synthetic_at_least": 0.6}
    assert len(told["verdict"]["windows"]) == 3
    assert told["words"].startswith("🤖 Parece voz de IA, feita por máquina.")
    assert told["limits"][0].startswith("Isto não é prova.")
    assert told["measured"]["groups"]["all"]["people"]["wrong"] == 4
    assert "language_pt" in told["measured"]["groups"]
    assert told["reproduce"]["command"] == "scripts/run check FILE --json"


def test_an_answer_of_the_served_model_is_told_with_its_digest_and_its_errors(
    tmp_path: Path,
) -> None:
    model = tmp_path / "mine.onnx"
    model.write_bytes(b"a model")
    digest = "97ff8a35544dcf40ad84047074439dd6aa3a0be469ea578a1b1c017d939ec61c"
    beside(model).write_text(replace(MEASURED, sha256=digest).to_json())
    settings = Settings(model=model, max_minutes=1.0)
    report = report_of(verdict(), OPUS, "a" * 64, "ouvido-9.9.9", settings, NOW)
    assert report.model_sha256 == digest
    assert report.accuracy is not None
    assert report.max_seconds == 60.0


def test_of_a_model_that_is_served_no_more_neither_digest_nor_errors_are_made_up() -> None:
    report = report_of(verdict(), OPUS, "a" * 64, "ouvido-10.0.0", Settings(), NOW)
    told = json.loads(as_json(report, ENGLISH))
    assert told["model"] == {"name": "ouvido-9.9.9", "sha256": None}
    assert told["measured"] is None
    text = " ".join(pages(pdf(report, ENGLISH, None)))
    assert "not known: another model has taken its place" in text
    assert "no measurement of this model" in text


def test_a_cut_recording_is_told_first_and_in_the_command() -> None:
    cut = replace(verdict(), duration_seconds=2530.4, heard_seconds=1800.0)
    report = replace(REPORT, verdict=cut, max_seconds=1800.0)
    text = " ".join(pages(pdf(report, ENGLISH, None)))
    assert text.index("I heard the first 30:00 of 42:10.") < text.index("This sounds like")
    assert "check FILE --minutes 30 --json" in text
    content = json.loads(as_json(report, ENGLISH))
    assert content["words"].startswith("I heard the first 30:00 of 42:10.")
    assert content["verdict"]["duration_seconds"] == 2530.4
    assert content["verdict"]["heard_seconds"] == 1800.0
