"""The question for a genuine note is known again, whatever language it was asked in."""

from bot.services import comparing
from bot.texts import LANGUAGES


def test_the_question_is_known_in_every_language() -> None:
    assert len(comparing.questions()) == len(LANGUAGES)
