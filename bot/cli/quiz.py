"""`quiz add|list|remove`: an operator's own recordings for the quiz, kept in DATA_DIR."""

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.cli.arguments import STANDARD_INPUT, as_language, copied, look, standard_input
from bot.services.quiz.adding import Refused, add
from bot.services.quiz.clips import Clip, shipped
from bot.services.quiz.game import counts_of_people
from bot.services.quiz.own import folder_of, own, remove
from bot.settings import Settings
from bot.texts import LANGUAGES, texts_for
from inference.decoding.audio import MAX_BYTES
from inference.errors import DetectionError
from inference.verdict import Label

CODES = sorted(language.partition("-")[0] for language in LANGUAGES)
TRUTHS = (Label.HUMAN.value, Label.SYNTHETIC.value)


def main(options: argparse.Namespace, settings: Settings) -> int:
    """Do what `parse` understood; exit code 0 when it was done, 1 when it could not be."""
    folder = folder_of(settings)
    try:
        if options.what == "add":
            return _add(options, folder)
        if options.what == "remove":
            return _remove(options.name, folder)
    except (DetectionError, Refused, OSError, RuntimeError) as error:
        print(f"{options.what}: {_sentence(error)}", file=sys.stderr)
        return 1
    for clip in own(folder):
        print(_line(clip))
    _tell_of_languages(folder)
    return 0


def _sentence(error: Exception) -> str:
    if isinstance(error, DetectionError):  # as `check` says it
        return texts_for("en", "en").error(error.code, MAX_BYTES)
    if isinstance(error, OSError) and error.strerror:
        where = f"{error.filename}: " if error.filename else ""
        return f"{where}{error.strerror}."
    return str(error)


def parse(arguments: list[str]) -> argparse.Namespace:
    """The arguments; ends the process after --help (0) and a wrong call (2)."""
    parser = argparse.ArgumentParser(
        prog="ouvido quiz", description="Recordings of your own for the bot's /quiz."
    )
    commands = parser.add_subparsers(dest="what", required=True)
    adding = commands.add_parser(
        "add",
        help="make a clip of a recording",
        description="Make a clip of 3 to 8 seconds of a recording. Whoever plays hears it: the "
        "speaker must have agreed to that.",
    )
    adding.add_argument("file", metavar="FILE", help="sound; - reads it from standard input")
    adding.add_argument("--truth", required=True, choices=TRUTHS)
    adding.add_argument(
        "--language",
        required=True,
        type=as_language,
        help=f"that is spoken: {', '.join(LANGUAGES)}",
    )
    adding.add_argument("--licence", required=True, help="as players read it: “CC0 1.0”")
    adding.add_argument("--attribution", default="", help="who speaks, or which program")
    adding.add_argument(
        "--part", nargs=2, type=float, metavar=("START", "END"), help="only that part, in seconds"
    )
    commands.add_parser("list", help="show what was added, and which languages can be played")
    removing = commands.add_parser("remove", help="erase one for good")
    removing.add_argument("name", metavar="NAME", help="as `ouvido quiz list` shows it")
    return parser.parse_args(arguments)


def _add(options: argparse.Namespace, folder: Path) -> int:
    code = options.language.partition("-")[0]
    part = tuple(options.part) if options.part else None
    with _opened(options.file) as file:
        clip = add(
            folder, file, Label(options.truth), code, options.licence, options.attribution, part
        )
    print(_line(clip))
    _tell_of_languages(folder)
    return 0


@contextmanager
def _opened(name: str) -> Iterator[Path]:
    """What was named as a file, also standard input and a named pipe; raises NotFound."""
    if name == STANDARD_INPUT:
        with standard_input() as kept:
            yield kept
        return
    file = Path(name)
    if file.is_fifo():
        with file.open("rb") as pipe, copied(pipe) as kept:
            yield kept
        return
    look(file)
    yield file


def _remove(name: str, folder: Path) -> int:
    if remove(folder, name):
        return 0
    print(f"There is no {name}; `ouvido quiz list` shows what was added.", file=sys.stderr)
    return 1


def _line(clip: Clip) -> str:
    said = (clip.truth.value, clip.language, f"{clip.seconds:g} s", clip.licence, clip.attribution)
    return "  ".join(filter(None, (Path(clip.file).stem, *said)))


def _tell_of_languages(folder: Path) -> None:
    """Which languages a game can be dealt in."""
    clips = (*shipped(), *own(folder))
    for language in CODES:
        truths = [clip.truth for clip in clips if clip.language == language]
        people, machines = truths.count(Label.HUMAN), truths.count(Label.SYNTHETIC)
        played = counts_of_people(language, clips)
        how = "played" if played else "not played: it takes 2 people and 3 machines or the reverse"
        print(f"{language}: {people} of people, {machines} of machines, {how}")
