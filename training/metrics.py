"""Error rates of scores."""

import numpy as np
from numpy.typing import ArrayLike


def equal_error_rate(human: ArrayLike, synthetic: ArrayLike) -> float:
    """Where the share of human clips above a threshold is that of synthetic clips below it, 0..1.

    Between the two thresholds next to the crossing the rate is interpolated.
    """
    human, synthetic = np.sort(np.asarray(human)), np.sort(np.asarray(synthetic))
    if not len(human) or not len(synthetic):
        return float("nan")
    thresholds = np.unique(np.concatenate([human, synthetic]))
    thresholds = np.append(thresholds, thresholds[-1] + 1.0)
    false_alarms = 1.0 - np.searchsorted(human, thresholds, "left") / len(human)
    misses = np.searchsorted(synthetic, thresholds, "left") / len(synthetic)
    after = int(np.argmax(misses >= false_alarms))
    if after == 0:
        return float((misses[0] + false_alarms[0]) / 2.0)
    gap = false_alarms - misses
    share = gap[after - 1] / (gap[after - 1] - gap[after])
    return float(misses[after - 1] + share * (misses[after] - misses[after - 1]))
