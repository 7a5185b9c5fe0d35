"""`ouvido check` with the network of `instant_worker`; all else is the real thing."""

import sys
from typing import Any

from bot.__main__ import main
from bot.worker.process import WorkerProcess

_begin = WorkerProcess.__init__


def _begin_instant(self: WorkerProcess, *arguments: Any) -> None:
    _begin(self, *arguments)
    self._command = [
        "tests.bot.cli.check.instant_worker" if each == "bot.worker" else each
        for each in self._command
    ]


if __name__ == "__main__":
    WorkerProcess.__init__ = _begin_instant  # type: ignore[method-assign,assignment]
    sys.exit(main(["check", *sys.argv[1:]]))
