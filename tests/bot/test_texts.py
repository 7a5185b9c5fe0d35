"""Words: the same keys in every language, short enough, and never more certain than the model."""

from collections import Counter
from dataclasses import replace
from itertools import combinations

import pytest
from fluent.syntax import FluentParser, ast
from fluent.syntax.visitor import Visitor

from bot.texts import LANGUAGES, LOCALES, synthetic_stretches, texts_for
from bot.worker.capacity import Busy
from bot.worker.pool import ERRORS
from inference.errors import DetectionError
from inference.verdict import Channel, Label, Reason, Segment, Window
from tests.bot.stand_ins import MEBIBYTE, verdict


def _entries(language: str) -> list[ast.EntryType]:
    files = sorted((LOCALES / language).glob("*.ftl"))
    return [
        entry
        for file in files
        for entry in FluentParser().parse(file.read_text(encoding="utf-8")).body
    ]


def _messages(language: str) -> dict[str, ast.Message]:
    return {each.id.name: each for each in _entries(language) if isinstance(each, ast.Message)}


def _placeholders(node: ast.BaseNode) -> set[str]:
    """The variables somewhere in a message."""
    found = _Variables()
    found.visit(node)
    return found.names


class _Variables(Visitor):
    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: ast.VariableReference) -> None:  # noqa: N802
        self.names.add(node.id.name)


def _say_all(language: str, number: int) -> dict[str, str]:
    """Every message of a language, with the same number for every placeholder."""
    texts = texts_for(language, "en")
    said = {}
    for name, message in _messages(language).items():
        section, key = name.split("-", 1)
        said[name] = texts.say(section, key, **dict.fromkeys(_placeholders(message), number))
    return said


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_line_of_a_catalogue_is_understood_and_no_message_is_there_twice(
    language: str,
) -> None:
    entries = _entries(language)
    assert [each.content for each in entries if isinstance(each, ast.Junk)] == []
    names = Counter(each.id.name for each in entries if isinstance(each, ast.Message))
    assert {name for name, times in names.items() if times > 1} == set()


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_every_language_has_the_same_files_messages_and_placeholders(language: str) -> None:
    def files(language: str) -> set[str]:
        return {file.name for file in (LOCALES / language).glob("*.ftl")}

    ours, theirs = _messages(LANGUAGES[0]), _messages(language)
    assert files(LANGUAGES[0]) == files(language)
    assert ours.keys() == theirs.keys()
    assert {name: _placeholders(message) for name, message in ours.items()} == {
        name: _placeholders(message) for name, message in theirs.items()
    }


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("number", [0, 1, 2])
def test_every_message_can_be_said_whatever_the_count(language: str, number: int) -> None:
    for name, text in _say_all(language, number).items():
        assert text.strip(), name
        assert not set(text) & set("{}"), name


@pytest.mark.parametrize("language", LANGUAGES)
def test_telegram_takes_the_lengths_of_all_texts(language: str) -> None:
    words = _say_all(language, 2)
    assert len(words["profile-description"]) <= 512
    assert len(words["profile-short_description"]) <= 120
    assert max(len(text) for name, text in words.items() if name.startswith("commands-")) <= 256
    assert max(len(text) for text in words.values()) <= 4096


def test_a_message_or_a_value_that_is_missing_is_no_text() -> None:
    texts = texts_for("en", "en")
    with pytest.raises(LookupError):
        texts.say("verdict", "no such message")
    with pytest.raises(LookupError, match=r"verdict-reason in en.*reason"):
        texts.say("verdict", "reason")


def test_line_breaks_and_empty_lines_stay_and_indents_go() -> None:
    values: dict[str, str | float] = {"megabytes": 20, "minutes": 2.5, "name": "a", "guest": "no"}
    text = texts_for("en", "en").say("chat", "help", **values)
    assert text.startswith("How to use me:\n• Here")
    assert "\n\nI listen to up to 2.5 min" in text
    assert text.endswith("\n/about who I am")


def test_a_count_of_one_has_words_of_its_own() -> None:
    english = texts_for("en", "en")
    assert english.say("requests", "too_many_files", count=1) == "Send one file at a time."
    assert "at most 2 files" in english.say("requests", "too_many_files", count=2)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_and_every_error_has_words(language: str) -> None:
    texts = texts_for(language, "en")
    for reason in Reason:
        assert texts.say("reasons", reason)
        assert texts.say("advice", reason)
    for code in (*ERRORS, Busy.code, DetectionError.code, "not_found"):
        assert "{" not in texts.error(code, 20 * MEBIBYTE)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_longest_caption_fits_under_a_photo(language: str) -> None:
    texts = texts_for(language, "en")
    # An hour in which every other window of four seconds sounds synthetic.
    windows = tuple(Window(4.0 * i, 4.0 * i + 4, 0.99 * (i % 2)) for i in range(900))
    longest = replace(verdict(), windows=windows, seconds=3599.9)
    sets = [reasons for n in range(len(Reason) + 1) for reasons in combinations(Reason, n)]
    captions = [
        texts.verdict(replace(longest, score=s, reasons=r)) for r in sets for s in (0.01, 0.99)
    ]
    assert max(len(caption.encode("utf-16-le")) // 2 for caption in captions) <= 1024


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_caption_never_claims_certainty(language: str) -> None:
    texts = texts_for(language, "en")
    for score in (0.01, 0.4, 0.6, 0.99):
        caption = texts.verdict(verdict(score))
        assert "100" not in caption
        assert " 0" not in caption.replace(" 0:", "")


def test_numbers_and_stretches_are_written_as_the_language_does() -> None:
    assert "Ouvi 4:11 de fala." in texts_for("pt", "en").verdict(replace(verdict(), seconds=251.0))
    assert "I heard 0:12 of speech." in texts_for("en", "en").verdict(verdict())
    assert "Sonó artificial en: 0:04–0:08." in texts_for("es", "en").verdict(verdict())


def test_overlapping_windows_are_one_stretch() -> None:
    scores = (0.9, 0.9, 0.1, 0.1, 0.1, 0.7)
    windows = tuple(Window(2.0 * i, 2.0 * i + 4, score) for i, score in enumerate(scores))
    stretches = synthetic_stretches(replace(verdict(), windows=windows))
    assert stretches == [(0.0, 5.0), (11.0, 14.0)]


def test_a_middle_that_sounded_like_a_person_is_not_called_artificial() -> None:
    windows = (Window(0.0, 4.0, 0.89), Window(2.0, 6.0, 0.41), Window(4.0, 8.0, 0.89))
    caption = texts_for("en", "en").verdict(replace(verdict(), windows=windows))
    assert "It sounded artificial at: 0:00–0:03, 0:05–0:08." in caption


def test_a_silence_between_windows_is_no_part_of_a_stretch() -> None:
    windows = (Window(0.0, 4.0, 0.9), Window(9.0, 13.0, 0.9))
    assert synthetic_stretches(replace(verdict(), windows=windows)) == [(0.0, 4.0), (9.0, 13.0)]


def test_who_cannot_tell_calls_no_part_artificial() -> None:
    caption = texts_for("en", "en").verdict(verdict(0.55, (Reason.UNSURE,)))
    assert "artificial" not in caption


def test_a_recording_synthetic_throughout_is_said_so_without_a_list() -> None:
    windows = (Window(0.0, 4.0, 0.9), Window(2.0, 6.0, 0.8))
    caption = texts_for("en", "en").verdict(replace(verdict(), windows=windows))
    assert "from beginning to end" in caption
    assert "0:00" not in caption


def test_what_cannot_be_judged_gets_its_reason_and_advice_but_no_number() -> None:
    caption = texts_for("en", "en").verdict(verdict(0.9, (Reason.NOISY, Reason.CLIPPED)))
    assert "I can't tell" in caption
    assert "too much noise" in caption
    assert "recorded too loud" in caption
    assert "quiet place" in caption
    assert "%" not in caption
    assert "artificial" not in caption


def test_undecided_says_how_near_it_was() -> None:
    caption = texts_for("en", "en").verdict(verdict(0.55, (Reason.UNSURE,)))
    assert "55% chance" in caption
    assert "call the person" in caption


@pytest.mark.parametrize(
    ("code", "language"),
    [
        ("pt", "pt-BR"), ("pt-PT", "pt-BR"), ("PT_br", "pt-BR"), ("en-GB", "en"), ("es-419", "es"),
        ("gl", "pt-BR"), ("gl-ES", "pt-BR"), ("mwl", "pt-BR"), ("ca", "es"), ("ca_ES.UTF-8", "es"),
        ("de", "en"), ("zh-hans", "en"), ("ptx", "en"), ("", "es"), (None, "es"),
    ],
)  # fmt: skip
def test_the_language_follows_the_reader_and_the_setting_only_where_none_is_named(
    code: str | None, language: str
) -> None:
    assert texts_for(code, "es").language == language


MIXED = {
    "en": "🤖 Part of this sounds like a machine.",
    "pt-BR": "🤖 Parte deste áudio soa como uma máquina.",
    "es": "🤖 Parte de este audio suena como una máquina.",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_mixed_note_says_where_and_gets_the_advice_for_machines(language: str) -> None:
    """No chance is told: that of the whole note says nothing about its parts."""
    parts = (
        Segment(0.0, 12.0, Label.HUMAN, 0.1),
        Segment(12.0, 17.0, Label.SYNTHETIC, 0.9),
        Segment(17.0, 30.0, Label.HUMAN, 0.1),
    )
    texts = texts_for(language, "en")
    said = texts.verdict(replace(verdict(0.3), segments=parts))
    assert said.startswith(MIXED[language])
    assert "0:12–0:17" in said
    assert "%" not in said
    assert said.endswith(texts.say("verdict", "by_synthetic"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("lean", [Label.HUMAN, Label.SYNTHETIC])
def test_who_cannot_tell_says_the_lean_the_number_the_reason_and_what_would_help(
    language: str, lean: Label
) -> None:
    texts = texts_for(language, "en")
    score = 0.7 if lean is Label.SYNTHETIC else 0.3
    found = replace(verdict(score, (Reason.UNSURE,)), thresholds=(0.14, 0.85), seconds=5.0)
    said = texts.verdict(found)
    assert said.startswith(texts.say("verdict", f"leans_{lean}"))
    assert str(round(100 * score)) in said
    assert texts.say("reasons", "unsure") in said
    assert texts.say("advice", "longer") in said
    assert texts.say("advice", "unsure") in texts.verdict(replace(found, seconds=30.0))


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_answer_for_a_group_has_at_most_four_lines(language: str) -> None:
    texts = texts_for(language, "en")
    for score in (0.05, 0.3, 0.5, 0.7, 0.95):
        for count in range(3):
            for reasons in combinations(Reason, count):
                lines = texts.short(verdict(score, reasons)).splitlines()
                assert 2 <= len(lines) <= 4
                assert all(lines)


def test_many_stretches_are_written_as_times_and_a_count() -> None:
    stretches = [(60.0 * n, 60.0 * n + 17) for n in range(6)]
    said = texts_for("en", "en").ranges(stretches)
    assert said == "0:00–0:17, 1:00–1:17, 2:00–2:17, 3:00–3:17 and 2 more"


def test_the_first_lines_name_what_people_look_for() -> None:
    for language, words in (
        ("pt-BR", ("IA", "deepfake", "voz clonada")),
        ("en", ("AI", "deepfake", "cloned voice")),
        ("es", ("IA", "deepfake", "voz clonada")),
    ):
        say = texts_for(language, "en").say
        for text in (
            say("chat", "start").splitlines()[0],
            say("profile", "description"),
            say("profile", "short_description"),
            say("page", "title"),
            say("page", "lead"),
            say("groups", "greeting").splitlines()[0],
        ):
            assert [word for word in words if word.lower() not in text.lower()] == []


def test_how_much_of_a_long_recording_was_heard_stands_first() -> None:
    cut = replace(verdict(), duration_seconds=2530.4, heard_seconds=1800.0)
    first = {
        language: texts_for(language, "en").verdict(cut).split("\n")[0] for language in LANGUAGES
    }
    assert first == {
        "pt-BR": "Ouvi os primeiros 30:00 de 42:10.",
        "en": "I heard the first 30:00 of 42:10.",
        "es": "Escuché los primeros 30:00 de 42:10.",
    }
    whole = replace(verdict(), duration_seconds=1800.3, heard_seconds=1800.0)
    assert texts_for("en", "en").verdict(whole) == texts_for("en", "en").verdict(verdict())


@pytest.mark.parametrize("language", LANGUAGES)
def test_which_track_and_which_channel_it_is_about_is_said_in_the_answer(language: str) -> None:
    texts = texts_for(language, "en")
    plain = texts.verdict(verdict()).split("\n")
    about = replace(verdict(), track=2, tracks=3, channel=Channel.LEFT)
    told = [line for line in texts.verdict(about).split("\n") if line not in plain]
    assert told == texts.source(about)
    assert len(told) == 2
    assert "2" in told[0]
    assert "3" in told[0]
    assert texts.source(replace(about, channel=Channel.RIGHT)) != told
    assert texts.verdict(about).split("\n")[0] == plain[0]
