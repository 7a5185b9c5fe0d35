"""`swap train`: learn from the speakers' data; leaves `best.keras`, `curve.csv` and the voices."""

import time
from collections.abc import Sequence
from pathlib import Path

import keras
import numpy as np
from numpy.typing import NDArray

from dataset.engines.swap import network, preprocess
from dataset.engines.swap.augment import warped
from dataset.engines.swap.history import Look, Plan, stale, write_history
from dataset.engines.swap.preprocess import SEGMENT, SpeakerData
from dataset.engines.swap.run import BEST, Run
from dataset.engines.swap.spectra import Array
from dataset.engines.swap.voice import Voice
from dataset.files import unfinished

STATE = "state.keras"  # with the optimizer's, to go on from
SEGMENTS = 64  # of each speaker's held-out clips that validation looks at


class Speaker:
    """Segments of one speaker, as standard scores."""

    def __init__(self, own: SpeakerData, voice: Voice) -> None:
        self.name = own.speaker
        self._scores = voice.scores(own.bands)
        self._starts = own.starts(held=False)
        held = own.starts(held=True)
        spread = np.linspace(0, len(held) - 1, min(SEGMENTS, len(held))).astype(int)
        self.held = self._cut(held[spread])  # (up to SEGMENTS, SEGMENT, BANDS)

    def draw(self, count: int, rng: np.random.Generator) -> Array:
        """Random segments to learn from, shape (count, SEGMENT, BANDS)."""
        return self._cut(rng.choice(self._starts, count))

    def _cut(self, starts: NDArray[np.int64]) -> Array:
        return np.asarray(self._scores[starts[:, None] + np.arange(SEGMENT)])


def train(
    source: Path, folder: Path, plan: Plan, start: Path | None = None, encoder_only: bool = False
) -> list[Look]:
    """Train, or go on, until the held-out clips are drawn no better; returns the whole history.

    `start` is a run of other speakers: its encoder is set out from and, unless `encoder_only`,
    its decoders too.
    """
    own = [preprocess.read(source, name) for name in preprocess.speakers(source)]
    voices = {each.speaker: Voice.of(each) for each in own}
    run = Run.begin(folder, voices, plan, start)
    speakers = [Speaker(each, voices[each.speaker]) for each in own]
    keras.utils.set_random_seed(plan.seed)
    if (folder / STATE).exists():
        swap = keras.models.load_model(folder / STATE)
    else:
        swap = network.swap(len(speakers))
        if start:
            _set_out(swap, Run.read(start), speakers, encoder_only, plan.seed)
    looks = _looks_until(run.history(), swap)
    if not looks:
        looks = [Look(0, 0.0, float("nan"), held_loss(swap, speakers))]
        _save(swap, folder, looks)
    while not stale(looks, plan):
        loss, seconds = _learn(swap, speakers, plan, len(looks))
        looks.append(
            Look(
                looks[-1].step + plan.steps,
                looks[-1].cpu_seconds + seconds,
                loss,
                held_loss(swap, speakers),
            )
        )
        _save(swap, folder, looks)
    return looks


def held_loss(swap: keras.Model, speakers: Sequence[Speaker]) -> float:
    """Mean absolute error of the held-out segments, each through its own decoder."""
    losses = [_error(swap, number, each.held) for number, each in enumerate(speakers)]
    return float(np.mean(losses))


def _learn(
    swap: keras.Model, speakers: Sequence[Speaker], plan: Plan, look: int
) -> tuple[float, float]:
    """The steps up to a look; returns their mean loss and CPU seconds."""
    rng = np.random.default_rng((plan.seed, look))  # the same after a resumption
    begun = time.process_time()
    losses = []
    for _ in range(plan.steps):
        straight = [speaker.draw(plan.batch, rng) for speaker in speakers]
        bent = [warped(segments, rng) for segments in straight]
        swap.reset_metrics()  # or Keras would answer the mean since it was loaded
        losses.append(float(swap.train_on_batch(bent, straight)[0]))
    return float(np.mean(losses)) / len(speakers), time.process_time() - begun


def _error(swap: keras.Model, decoder: int, segments: Array) -> float:
    return float(np.mean(np.abs(network.drawn(swap, decoder, segments) - segments)))


def _set_out(
    swap: keras.Model, start: Run, speakers: Sequence[Speaker], encoder_only: bool, seed: int
) -> None:
    """Take over the encoder, and for each speaker the decoder that draws it best already."""
    trained = start.network()
    network.encoder_of(swap).set_weights(network.encoder_of(trained).get_weights())
    if encoder_only:
        return
    rng = np.random.default_rng(seed)
    for number, speaker in enumerate(speakers):
        segments = speaker.draw(SEGMENTS, rng)
        errors = [_error(trained, decoder, segments) for decoder in range(len(start.voices))]
        nearest = network.decoder_of(trained, int(np.argmin(errors)))
        network.decoder_of(swap, number).set_weights(nearest.get_weights())


def _looks_until(looks: Sequence[Look], swap: keras.Model) -> list[Look]:
    """A stop between the writing of the history and of the state leaves one row too many."""
    return [look for look in looks if look.step <= int(swap.optimizer.iterations)]


def _save(swap: keras.Model, folder: Path, looks: Sequence[Look]) -> None:
    """The state last: it decides from where a resumption goes on."""
    if looks[-1].held_loss <= min(look.held_loss for look in looks):
        with unfinished(folder / BEST) as file:
            swap.save(file)
    write_history(looks, folder)
    with unfinished(folder / STATE) as file:
        swap.save(file)
