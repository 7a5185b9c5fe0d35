"""`python -m tests.walkthrough OUT`: the pictures and an `index.html`; complains of what is cut off
or raw."""

import argparse
import asyncio
from pathlib import Path

from tests.walkthrough.draw import draw
from tests.walkthrough.notes import notes


def main() -> int:
    parser = argparse.ArgumentParser(prog="scripts/walkthrough", description=__doc__)
    parser.add_argument("folder", type=Path, metavar="OUT", help="where the pictures go")
    parser.add_argument("titles", nargs="*", metavar="TITLE", help="only these conversations")
    arguments = parser.parse_args()
    faults = asyncio.run(draw(arguments.folder, notes(), arguments.titles))
    print("\n".join(faults or ["Nothing is cut off, too long or raw."]))
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
