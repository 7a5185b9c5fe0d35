"""`python -m training music`: fit what tells music from other sounds in which nobody speaks.

Learns from noise clips, of which some are music, and from tunes made by formula; its figures come
from recordings that the network had not learnt from.
"""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.cluster import AgglomerativeClustering
from sklearn.exceptions import ConvergenceWarning
from sklearn.metrics import roc_auc_score
from sklearn.neural_network import MLPClassifier

from dataset import manifest
from dataset.augmentation.recordings import read
from dataset.manifest import Clip
from inference.music import MEASURES, MusicNetwork, measures
from inference.overlap import looks
from training.music.tunes import tune
from training.overlapped_speech.measures import pieces
from training.overlapped_speech.mixtures import Ear, is_music

FALSE_MUSIC = 0.05  # at most this share of the other noises
APART = 5.0  # dB between the mean spectra of clips that are taken for one recording's
FEWEST = 20  # clips of a kind
PARTS = 5  # of the recordings; each is held out once
UNITS, NETWORKS = 16, 8  # of each network, and networks whose mean is served
EPOCHS = 300
DIGITS = 4
TUNES = 120
SECONDS = 4.0  # of a tune, as long as the clips are
HITS = "music-sfx"  # single beats of a drum, mostly: neither music nor certainly none

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Heard:
    """Measures of noise clips."""

    systems: NDArray[np.str_]  # (n,) kinds of noise
    music: NDArray[np.bool_]  # (n,)
    measures: Numbers  # (n, MEASURES)
    spectra: Numbers  # (n, 2 n_bins): mean and quiet level of each bin, dB

    def where(self, chosen: NDArray[np.bool_]) -> "Heard":
        return Heard(
            self.systems[chosen], self.music[chosen], self.measures[chosen], self.spectra[chosen]
        )


def fit_to(folder: Path, ear: Ear, seed: int) -> MusicNetwork:
    """Fit the network and its limit to a folder's noise clips; raises ValueError for too few."""
    heard = hear([clip for clip in manifest.read(folder) if clip.label == "noise"], folder, ear)
    hits = heard.where(heard.systems == HITS)
    heard = heard.where(heard.systems != HITS)
    if min(heard.music.sum(), (~heard.music).sum()) < FEWEST:
        raise ValueError(f"{folder} needs {FEWEST} clips of music and as many of other noises")
    random = np.random.default_rng(seed)
    tunes = np.array([measures(ear(tune(SECONDS, random))) for _ in range(TUNES)])
    logits, n_recordings = held_out(heard, tunes, seed)
    limit = float(np.quantile(logits[~heard.music], 1 - FALSE_MUSIC, method="higher")) + 1e-6
    network = replace(fit(heard.measures, heard.music, tunes, seed), limit=round(limit, 4))
    figures = {
        "recordings, by their likeness": float(n_recordings),
        "clips of music": float(heard.music.sum()),
        "other noises": float((~heard.music).sum()),
        "held out: AUC": round(float(roc_auc_score(heard.music, logits)), 3),
        "held out: music in music": share(logits[heard.music], limit),
        "held out: music in other noises": share(logits[~heard.music], limit),
    }
    for system in np.unique(heard.systems[~heard.music]):
        figures[f"held out: music in {system}"] = share(logits[heard.systems == system], limit)
    figures[f"music in {HITS}"] = share(network.logits(hits.measures), limit)
    return replace(network, measured=figures)


def measure(network: MusicNetwork, folder: Path, ear: Ear) -> dict[str, float]:
    """Share of the pieces of a folder's music that is recognised as music."""
    found = [measures(ear(samples)) for samples in pieces(folder)]
    logits = network.logits(np.array(found).reshape(-1, MEASURES))
    return {
        "other music: pieces": float(len(logits)),
        "other music: music": share(logits, network.limit),
    }


def hear(clips: Sequence[Clip], folder: Path, ear: Ear) -> Heard:
    found, spectra = [], []
    for clip in clips:
        spectrogram = ear(read(folder / clip.file))
        found.append(measures(spectrogram))
        cells = 60.0 * looks(spectrogram).reshape(-1, spectrogram.shape[0])
        spectra.append(np.concatenate([cells.mean(axis=0), np.quantile(cells, 0.1, axis=0)]))
    return Heard(
        np.array([clip.system for clip in clips], np.str_),
        np.array([is_music(clip) for clip in clips], np.bool_),
        np.array(found).reshape(len(clips), MEASURES),
        np.array(spectra).reshape(len(clips), -1) if clips else np.zeros((0, 0)),
    )


def held_out(heard: Heard, tunes: Numbers, seed: int) -> tuple[Numbers, int]:
    """Each clip's logits by a network that knows none of its recording, and their number."""
    recordings = alike(heard.spectra)
    count = int(recordings.max()) + 1
    parts = np.random.default_rng(seed).permutation(count) % PARTS
    logits = np.zeros(len(recordings))
    for part in range(PARTS):
        away = parts[recordings] == part
        network = fit(heard.measures[~away], heard.music[~away], tunes, seed)
        logits[away] = network.logits(heard.measures[away])
    return logits, count


def alike(spectra: Numbers) -> NDArray[np.int64]:
    """Numbers of recordings: slices of one are no two, and their files do not tell any more."""
    apart = np.sqrt(((spectra[:, None] - spectra[None]) ** 2).mean(axis=2))
    grouping = AgglomerativeClustering(
        n_clusters=None, distance_threshold=APART, linkage="average", metric="precomputed"
    )
    numbers: NDArray[np.int64] = grouping.fit_predict(apart)
    return numbers


def fit(found: Numbers, is_so: NDArray[np.bool_], tunes: Numbers, seed: int) -> MusicNetwork:
    """Networks on random draws, half as much music as noise each, put side by side into one."""
    every = np.concatenate([found, tunes])
    centre, scale = every.mean(axis=0), every.std(axis=0) + 1e-6
    random = np.random.default_rng(seed)
    yes, no = np.flatnonzero(is_so), np.flatnonzero(~is_so)
    members = []
    for _ in range(NETWORKS):
        some = np.concatenate([random.choice(yes, len(no) // 2), random.choice(no, len(no))])
        shown = (np.concatenate([found[some], tunes]) - centre) / scale
        wanted = np.concatenate([is_so[some], np.ones(len(tunes), np.bool_)])
        state = int(random.integers(2**31))
        member = MLPClassifier((UNITS,), alpha=0.1, max_iter=EPOCHS, random_state=state)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)  # a mean forgives it
            members.append(member.fit(shown, wanted))
    return _side_by_side(members, centre, scale)


def _side_by_side(
    members: Sequence[MLPClassifier], centre: Numbers, scale: Numbers
) -> MusicNetwork:
    """One network whose logits are the mean of its members'."""
    hidden = np.concatenate([member.coefs_[0] for member in members], axis=1)
    biases = np.concatenate([member.intercepts_[0] for member in members])
    output = np.concatenate([member.coefs_[1][:, 0] for member in members]) / len(members)
    return MusicNetwork(
        centre=centre.round(DIGITS).tolist(),
        scale=scale.round(DIGITS).tolist(),
        hidden=hidden.round(DIGITS).tolist(),
        hidden_bias=biases.round(DIGITS).tolist(),
        output=output.round(DIGITS).tolist(),
        output_bias=round(float(np.mean([member.intercepts_[1][0] for member in members])), DIGITS),
    )


def share(logits: Numbers, limit: float) -> float:
    return round(float(np.mean(logits >= limit)), 4) if len(logits) else 0.0
