"""A game of five clips. Its whole state is in the buttons' data; nothing is stored."""

import hashlib
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Self

from bot.services.quiz.clips import Clip, shipped
from inference.verdict import Label

ROUNDS = 5
ANYBODY = 0  # as `player` where Telegram does not tell who began
SEEDS = 2**32
PEOPLE = (2, 3)  # of the five

DATA = re.compile(
    r"quiz:([a-z]+):([0-9a-f]{1,8}):([0-9a-f]{4}):([\w-]{2,8}):([1-5]):([0-5]):([0-5]):(\d{1,19})"
)


@dataclass(frozen=True)
class Game:
    """The state of a game."""

    seed: int  # which clips, in which order
    language: str  # the player's
    player: int  # Telegram's id of who began, or ANYBODY
    number: int = 1  # of the clip that is asked about, from 1
    right: int = 0  # how many clips the player knew
    ours: int = 0  # how many the model knew
    # All that may be dealt: those shipped, and an operator's own.
    clips: tuple[Clip, ...] = field(default_factory=shipped, repr=False, compare=False)

    @classmethod
    def new(cls, language: str, player: int, clips: tuple[Clip, ...]) -> Self:
        """Begin a game with a random seed."""
        return cls(random.randrange(SEEDS), language, player, clips=clips)

    @classmethod
    def read(cls, data: str, clips: tuple[Clip, ...]) -> tuple[str, Self] | None:
        """Parse a button's data into its action and the game.

        None for anything else, and where the game would now be about other clips, because an
        operator has added or removed some.
        """
        match = DATA.fullmatch(data)
        if match is None:
            return None
        action, seed, mark, language, *counts, player = match.groups()
        number, right, ours = map(int, counts)
        game = cls(int(seed, 16), language, int(player), number, right, ours, clips)
        return (action, game) if game.mark == mark else None

    def data(self, action: str) -> str:
        """Return the data of a button; at most 64 bytes."""
        counts = f"{self.number}:{self.right}:{self.ours}"
        return f"quiz:{action}:{self.seed:x}:{self.mark}:{self.language}:{counts}:{self.player}"

    @cached_property
    def dealt(self) -> list[Clip]:
        return deal(self.seed, self.language, self.clips)

    @property
    def mark(self) -> str:
        """Four hexadecimal digits that tell the dealt clips from others."""
        files = "".join(clip.sha256 for clip in self.dealt)
        return hashlib.sha256(files.encode()).hexdigest()[:4]

    @property
    def clip(self) -> Clip:
        return self.dealt[self.number - 1]

    @property
    def is_over(self) -> bool:
        return self.number == ROUNDS

    def answered(self, right: bool, ours: bool) -> Self:
        """Return the game after a clip; each flag says who was right about it."""
        most = self.number  # data of a button may be forged
        return replace(self, right=min(self.right + right, most), ours=min(self.ours + ours, most))

    def next(self) -> Self:
        return replace(self, number=min(self.number + 1, ROUNDS))


def deal(seed: int, language: str, clips: Sequence[Clip]) -> list[Clip]:
    """Draw five clips in the player's language, two or three of them human.

    Where it has too few people or machines, in all languages that have enough: in one that has
    machines alone the language would tell who speaks.
    """
    rng = random.Random(seed)
    playable = [each for each in clips if counts_of_people(each.language, clips)]
    own = [each for each in playable if each.language == language.partition("-")[0]]
    pool = own or playable
    people = rng.choice(counts_of_people(own[0].language, clips) if own else PEOPLE)
    drawn = [
        *rng.sample([clip for clip in pool if clip.truth is Label.HUMAN], people),
        *rng.sample([clip for clip in pool if clip.truth is Label.SYNTHETIC], ROUNDS - people),
    ]
    rng.shuffle(drawn)
    return drawn


def counts_of_people(language: str, clips: Sequence[Clip]) -> list[int]:
    """With how many people a game in this language can be dealt; empty: there are too few clips."""
    truths = [clip.truth for clip in clips if clip.language == language]
    people, machines = truths.count(Label.HUMAN), truths.count(Label.SYNTHETIC)
    return [count for count in PEOPLE if count <= people and ROUNDS - count <= machines]
