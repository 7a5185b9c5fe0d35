"""The study's tables 1 and 2, and what it changed in them while it looked for a bias."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Training:
    """How a network learns: Adam on the categorical cross-entropy."""

    picture: str  # one of dataset.features.pictures.KINDS
    batch: int  # pictures
    epochs: int = 100  # at most
    patience: int = 15  # epochs without a lower loss on validation
    learning_rate: float = 0.01


FIRST = Training("grey", batch=32)  # table 1
FINAL = Training("colour", batch=128)  # table 2

SPEECH = ("human", "synthetic")
WITH_OTHER = (*SPEECH, "other")


@dataclass(frozen=True)
class Preset:
    """One training of the study: what is learnt from what."""

    words: str  # for the report
    training: Training = FINAL
    classes: tuple[str, ...] = SPEECH  # empty: the kinds of UrbanSound8K
    copies: bool = True  # with ambience, with noise, with both: a sixth of the clips each
    english: bool = False
    apart: bool = False  # speakers and engines on one side only; else every picture at random


PRESETS = {
    "first": Preset("table 1: grey, three classes", FIRST, WITH_OTHER),
    "first-apart": Preset("the same, speakers and engines apart", FIRST, WITH_OTHER, apart=True),
    "final": Preset("table 2: colour, two classes"),
    "final-apart": Preset("the same, speakers and engines apart", apart=True),
    "final-grey": Preset("table 2 on grey pictures", Training("grey", FINAL.batch)),
    "final-plain": Preset("table 2 without the noisy copies", copies=False),
    "final-english": Preset("table 2 with English added", english=True),
    "sounds": Preset("the network on the kinds of UrbanSound8K", FIRST, (), copies=False),
}
