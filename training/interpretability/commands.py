"""`python -m training partial-spoof` finds synthetic inserts, `faithfulness` tests saliency maps.

Imports only when run: the other commands need none of it.
"""

import argparse
from pathlib import Path

from dataset.execution.options import Commands, add_command, at_least
from dataset.manifest import Clip
from inference.registry import default_model

WHOLE = at_least(1)


def add(commands: Commands) -> None:
    _add_partial_spoof(commands)
    _add_faithfulness(commands)


def _add_partial_spoof(commands: Commands) -> None:
    parser = add_command(commands, "partial-spoof", "find synthetic inserts in human speech")
    parser.add_argument("--clips", type=Path, required=True, help="whose dev split is spliced")
    parser.add_argument("--model", type=Path, default=default_model())
    parser.add_argument(
        "--count", type=at_least(0), default=60, help="recordings, and as many controls; 0: none"
    )
    parser.add_argument(
        "--notes", type=at_least(0), default=560, help="to choose and measure `mixed`; 0: none"
    )
    parser.add_argument("--cache", type=Path, help="file that keeps the scores of these notes")
    parser.add_argument("--ship", action="store_true", help="write the rule that the service uses")
    parser.set_defaults(run_command=_run_partial_spoof)


def _add_faithfulness(commands: Commands) -> None:
    parser = add_command(commands, "faithfulness", "does the saliency map tell the truth?")
    parser.add_argument("--clips", type=Path, required=True, help="whose dev split is looked at")
    parser.add_argument("--model", type=Path, default=default_model())
    parser.add_argument("--count", type=WHOLE, default=150, help="clips, all called synthetic")
    parser.set_defaults(run_command=_run_faithfulness)


def _run_partial_spoof(options: argparse.Namespace) -> int:
    from dataset.manifest import of_split

    clips = of_split(options.clips, "dev")
    if options.count:
        from training.interpretability.localisation import report
        from training.interpretability.partial_spoof import plan, recordings

        print(report(options.model, recordings(plan(clips, options.count), options.clips)))
    if options.notes:
        _choose_rule(clips, options)
    return 0


def _choose_rule(clips: list[Clip], options: argparse.Namespace) -> None:
    from inference import segments
    from inference.detector import Detector
    from training.interpretability import long_notes, segment_rule
    from training.interpretability.mixed_notes import PEOPLE, plans_of_halves
    from training.interpretability.note_scores import scored

    first, second = (
        scored(plans, options.clips, options.model, options.cache)
        for plans in plans_of_halves(clips, options.notes)
    )
    title = Detector(options.model).card.title
    print(segment_rule.report((first, second), title))
    chosen = [segment_rule.choose(half, title) for half in (first, second)]
    rule = max(chosen, key=lambda one: one.least)  # good enough for both halves
    people = [note for note in (*first, *second) if note.plan.kind == PEOPLE]
    print(f"\n{long_notes.report(people, rule)}")
    if options.ship:
        shipped = segment_rule.measured(rule, (first, second))
        segments.FILE.write_text(shipped.to_json(), encoding="utf-8")
        print(f"{segments.FILE} written")


def _run_faithfulness(options: argparse.Namespace) -> int:
    from dataset.manifest import of_split
    from training.interpretability.faithfulness import report, windows

    seen = windows(options.model, options.clips, of_split(options.clips, "dev"), options.count)
    print(report(options.model, seen))
    return 0
