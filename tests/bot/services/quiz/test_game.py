"""A game fits into a button, and whatever a button claims, nothing impossible comes out."""

import pytest

from bot.services.quiz.clips import Clip, shipped
from bot.services.quiz.game import ROUNDS, Game, deal
from bot.texts import LANGUAGES
from inference.verdict import Label

GAME = Game(seed=2**32 - 1, language="pt-BR", player=2**52, number=5, right=4, ours=2)
MARK = Game(seed=1, language="en", player=7).mark


@pytest.mark.parametrize("action", ["human", "synthetic", "next", "again", "source"])
def test_what_is_written_into_a_button_is_read_again_and_telegram_takes_it(action: str) -> None:
    assert Game.read(GAME.data(action), shipped()) == (action, GAME)
    assert len(GAME.data(action).encode()) <= 64


@pytest.mark.parametrize(
    "data",
    [
        "",
        "quiz:",
        "quiz:human",
        f"quiz:human:1:{MARK}:en:6:0:0:7",  # a sixth clip
        f"quiz:human:1:{MARK}:en:0:0:0:7",
        f"quiz:human:1:{MARK}:en:1:9:0:7",
        f"quiz:human:100000000:{MARK}:en:1:0:0:7",  # a seed beyond 32 bits
        f"quiz:human:1:{MARK}:en:1:0:0:-7",
        f"quiz:human:1:{MARK}:en:1:0:0:7\n",
        f"quiz:human:1:{MARK}:en:1:0:0:" + "9" * 30,
        f"quiz:human:1:{MARK}:../../etc:1:0:0:7",
        "quiz:human:1:en:1:0:0:7",  # as 0.6.0 wrote it
    ],
)
def test_what_we_never_wrote_is_not_read(data: str) -> None:
    assert Game.read(data, shipped()) is None


@pytest.mark.parametrize("language", [*LANGUAGES, "tlh"])
def test_five_different_clips_are_dealt_with_people_and_machines_among_them(language: str) -> None:
    for seed in range(50):
        clips = deal(seed, language, shipped())
        assert len({clip.file for clip in clips}) == ROUNDS
        assert [clip.truth for clip in clips].count(Label.HUMAN) in (2, 3)
        assert clips == deal(seed, language, shipped())


def person(number: int) -> Clip:
    """An operator's recording of somebody who speaks Portuguese."""
    return Clip(f"{number}.ogg", 4.0, Label.HUMAN, "pt", "CC0 1.0", "", f"{number:064x}")


def test_portuguese_is_dealt_once_two_people_speak_it() -> None:
    """Else the language would tell: what speaks Portuguese would be a machine."""
    one, two = (person(1),), (person(1), person(2))
    alone = {clip.language for seed in range(50) for clip in deal(seed, "pt-BR", shipped() + one)}
    assert alone == {"en", "es"}
    for seed in range(50):
        clips = deal(seed, "pt-BR", shipped() + two)
        assert {clip.language for clip in clips} == {"pt"}
        assert [clip.truth for clip in clips].count(Label.HUMAN) == 2


def test_a_button_is_of_no_use_once_it_would_be_about_other_clips() -> None:
    before, now = shipped(), (*shipped(), person(1), person(2))
    portuguese = Game.new("pt-BR", 7, before).data("human")
    assert Game.read(portuguese, before)
    assert Game.read(portuguese, now) is None
    assert Game.read(Game(1, "en", 7, clips=before).data("human"), now)  # the same five as before


def test_clips_are_in_the_players_language_where_there_are_any() -> None:
    assert {clip.language for clip in deal(1, "es", shipped())} == {"es"}
    assert {clip.language for seed in range(9) for clip in deal(seed, "pt-BR", shipped())} == {
        "en",
        "es",
    }


def test_the_place_of_a_person_can_not_be_foretold() -> None:
    for place in range(ROUNDS):
        truths = {deal(seed, "en", shipped())[place].truth for seed in range(40)}
        assert truths == {Label.HUMAN, Label.SYNTHETIC}


def test_the_score_counts_what_was_known_and_no_more_than_was_asked() -> None:
    game = Game(seed=1, language="en", player=7)
    game = game.answered(right=True, ours=False).next().answered(right=True, ours=True)
    assert (game.number, game.right, game.ours) == (2, 2, 1)
    forged = Game(seed=1, language="en", player=7, number=1, right=5, ours=5)
    assert forged.answered(right=True, ours=True).right == 1
    assert GAME.next().number == ROUNDS
