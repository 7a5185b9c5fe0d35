"""A game of five clips. Its whole state is in the buttons' data; nothing is stored."""

import random
import re
from dataclasses import dataclass, replace
from typing import Self

from bot.services.quiz.clips import Clip, clips
from inference.verdict import Label

ROUNDS = 5
ANYBODY = 0  # as `player` where Telegram does not tell who began
SEEDS = 2**32

DATA = re.compile(r"quiz:([a-z]+):([0-9a-f]{1,8}):([\w-]{2,8}):([1-5]):([0-5]):([0-5]):(\d{1,19})")


@dataclass(frozen=True)
class Game:
    """The state of a game."""

    seed: int  # which clips, in which order
    language: str  # the player's
    player: int  # Telegram's id of who began, or ANYBODY
    number: int = 1  # of the clip that is asked about, from 1
    right: int = 0  # how many clips the player knew
    ours: int = 0  # how many the model knew

    @classmethod
    def new(cls, language: str, player: int) -> Self:
        """Begin a game with a random seed."""
        return cls(random.randrange(SEEDS), language, player)

    @classmethod
    def read(cls, data: str) -> tuple[str, Self] | None:
        """Parse a button's data into its action and the game; None for anything else."""
        match = DATA.fullmatch(data)
        if match is None:
            return None
        action, seed, language, *counts, player = match.groups()
        return action, cls(int(seed, 16), language, int(player), *map(int, counts))

    def data(self, action: str) -> str:
        """Return the data of a button; at most 64 bytes."""
        counts = f"{self.number}:{self.right}:{self.ours}"
        return f"quiz:{action}:{self.seed:x}:{self.language}:{counts}:{self.player}"

    @property
    def clip(self) -> Clip:
        return deal(self.seed, self.language)[self.number - 1]

    @property
    def is_over(self) -> bool:
        return self.number == ROUNDS

    def answered(self, right: bool, ours: bool) -> Self:
        """Return the game after a clip; each flag says who was right about it."""
        most = self.number  # data of a button may be forged
        return replace(self, right=min(self.right + right, most), ours=min(self.ours + ours, most))

    def next(self) -> Self:
        return replace(self, number=min(self.number + 1, ROUNDS))


def deal(seed: int, language: str) -> list[Clip]:
    """Draw five clips, two or three of them human, in the player's language if there are any."""
    rng = random.Random(seed)
    own = [clip for clip in clips() if clip.language == language.partition("-")[0]]
    people = rng.choice((2, 3))
    drawn = [
        *rng.sample([clip for clip in own or clips() if clip.truth is Label.HUMAN], people),
        *rng.sample(
            [clip for clip in own or clips() if clip.truth is Label.SYNTHETIC], ROUNDS - people
        ),
    ]
    rng.shuffle(drawn)
    return drawn
