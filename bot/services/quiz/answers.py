"""What can be played, what the served model says of a clip, and the words of an answer."""

import logging

from bot.services.quiz.clips import Clip, shipped
from bot.services.quiz.game import ROUNDS, Game
from bot.services.quiz.own import folder_of, own
from bot.settings import Settings
from bot.texts import Texts
from bot.worker.pool import WorkerPool
from inference.errors import DetectionError
from inference.verdict import Label

TIPS = 3  # of each truth

logger = logging.getLogger(__name__)


def playable(settings: Settings) -> tuple[Clip, ...]:
    """The clips that come with the program and those that the operator added."""
    return (*shipped(), *own(folder_of(settings)))


async def our_answer(clip: Clip, known: dict[str, Label], worker: WorkerPool) -> Label:
    """What the served model says of a clip; once heard it stands in `known`, by SHA-256."""
    if clip.sha256 not in known:
        data = clip.read()
        try:
            async with worker.wait(len(data)):
                answer = await worker.detect(data)
        except DetectionError as error:
            logger.warning("A clip of the quiz was not judged: %s", error)
            return Label.INCONCLUSIVE
        known[clip.sha256] = answer.verdict.label
    return known[clip.sha256]


def question(game: Game, texts: Texts) -> list[str]:
    """What is asked of a clip; at the first one also why it is in another language."""
    lines = [texts.say("quiz", "question", number=game.number, count=ROUNDS)]
    if game.number == 1 and game.clip.language != game.language.partition("-")[0]:
        lines.append(texts.say("quiz", "foreign"))
    return lines


def revealed(game: Game, answer: Label, ours: Label, texts: Texts) -> tuple[Game, list[str]]:
    """The game after an answer, and what it was; after the last clip the score too."""
    say, truth = texts.say, game.clip.truth
    right = answer is truth
    game = game.answered(right, ours is truth)
    lines = [
        say("quiz", "right" if right else "wrong"),
        say("quiz", f"was_{truth}"),
        say("quiz", f"ours_{ours}"),
        say("quiz", f"tip_{truth}_{game.number % TIPS + 1}"),
    ]
    if game.is_over:
        how = "high" if game.right > 3 else "fair" if game.right > 1 else "low"
        lines.append(say("quiz", "score", right=game.right, count=ROUNDS, ours=game.ours))
        lines.append(say("quiz", f"score_{how}"))
    return game, lines


def source(clip: Clip, texts: Texts) -> str:
    """Whose recording a clip is, and under which licence; at most 200 characters."""
    by = clip.attribution or texts.say("quiz", "own")
    return texts.say("quiz", f"source_{clip.truth}", attribution=by, licence=clip.licence)
