"""`scripts/fuzz N`: so many inputs in all; the same call goes on where the last one was ended."""

import argparse
import asyncio
from pathlib import Path

from tests.fuzz.run import Result, load, run, save

FOLDER = Path("runs/fuzz")
OFTEN = 50  # inputs between two notes of where it stands


def main() -> int:
    """0: nothing found; 1: something was."""
    parser = argparse.ArgumentParser(prog="scripts/fuzz", description=__doc__)
    parser.add_argument("inputs", type=int, metavar="N", help="in all, with those done before")
    parser.add_argument("--seed", type=int, default=0, help="another one: other inputs")
    parser.add_argument("--only", type=int, metavar="NUMBER", help="this input alone, once more")
    arguments = parser.parse_args()
    if arguments.only is not None:
        result = Result()
        asyncio.run(run(arguments.seed, [arguments.only], result, lambda _: None))
        print(*(find.what for find in result.finds), *result.answers, sep="\n")
        return 1 if result.finds else 0
    FOLDER.mkdir(parents=True, exist_ok=True)
    path = (FOLDER / f"{arguments.seed}.json").absolute()
    result = load(path)

    def told(now: Result) -> None:
        if now.done % OFTEN == 0 or now.done == arguments.inputs:
            save(now, path)

    numbers = range(result.done, arguments.inputs)
    asyncio.run(run(arguments.seed, numbers, result, told))
    save(result, path)
    for find in result.finds:
        last = find.what.strip().splitlines()[-1]
        print(f"{find.number} ({find.kind}): {last}")
    print(f"{result.done} inputs of seed {arguments.seed}, {len(result.finds)} finds; {path}")
    return 1 if result.finds else 0


if __name__ == "__main__":
    raise SystemExit(main())
