"""Options that the commands have in common."""

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from dataset.execution.pool import Pool

# argparse has no public name for it.
Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def add_command(commands: Commands, name: str, does: str) -> argparse.ArgumentParser:
    return commands.add_parser(name, help=does, description=does)


def add_step(commands: Commands, name: str, does: str) -> argparse.ArgumentParser:
    """A command that reads one folder and leaves another."""
    command = add_command(commands, name, does)
    command.add_argument("--in", dest="source", type=Path, required=True, help="folder of clips")
    command.add_argument("--out", type=Path, required=True, help="folder to leave")
    return command


def at_least(least: int) -> Callable[[str], int]:
    """A whole number for argparse that is not below `least`."""

    def number(text: str) -> int:
        value = int(text)
        if value < least:
            raise argparse.ArgumentTypeError(f"{value} is below {least}")
        return value

    return number


def add_pool(command: argparse.ArgumentParser) -> None:
    command.add_argument("--workers", type=at_least(0), default=0, help="processes; 0: one a core")
    command.add_argument("--ray", metavar="ADDRESS", help="of a Ray cluster that shares the disk")


def pool_of(options: argparse.Namespace, cpus: float = 1.0, gpus: float = 0.0) -> "Pool":
    from dataset.execution.pool import Pool  # tqdm, which AASIST's environment lacks

    return Pool(options.workers, options.ray, cpus, gpus)


def exit_status(
    run: Callable[[], int], refused: tuple[type[Exception], ...], environment: str, resumes: str
) -> int:
    """What `run` returns; 1 after one of the `refused` errors, each a sentence, 130 after Ctrl-C.

    `environment` says where a missing module is, `resumes` which commands go on where they were.
    """
    try:
        return run()
    except refused as error:
        print(error, file=sys.stderr)
    except ModuleNotFoundError as error:
        print(f"{error}: {environment}", file=sys.stderr)
    except KeyboardInterrupt:
        print(f"stopped; {resumes} from here", file=sys.stderr)
        return 130
    return 1


def current_names(arguments: Sequence[str], renamed: Mapping[str, str]) -> list[str]:
    """Put a command's new name in place of its old one, and say so on standard error."""
    command, *rest = arguments or [""]
    if command not in renamed:
        return [*arguments]
    print(f"`{command}` is now called `{renamed[command]}`", file=sys.stderr)
    return [renamed[command], *rest]
