"""What became of a file as words for the terminal, or as JSON."""

import json
import unicodedata

from bot.cli.check.judging import Answer
from bot.scale import bar, is_judged
from bot.texts import Texts
from inference.errors import DetectionError
from inference.verdict import Label, Verdict, as_json


def json_line(file: str, outcome: Answer, texts: Texts, max_bytes: int) -> str:
    if isinstance(outcome, DetectionError):
        message = texts.error(outcome.code, max_bytes)
        line: dict[str, object] = {
            "file": file,
            "error": {"code": outcome.code, "message": message},
        }
    else:
        line = {"file": file, **as_json(outcome.verdict)}
    return json.dumps(line)  # in ASCII: a name may be no text in any encoding


def text_lines(file: str, outcome: Answer, texts: Texts, max_bytes: int, drawn: bool) -> str:
    if isinstance(outcome, DetectionError):
        text = texts.error(outcome.code, max_bytes)
    else:
        text = _answer(outcome.verdict, texts)
        if drawn and outcome.verdict.label is Label.SYNTHETIC:
            text += f"\n\n{texts.marks(outcome.verdict)}"
    lines = [f"  {line}" if line else "" for line in text.splitlines()]
    return "\n".join([printable(file), *lines, ""])


def _answer(verdict: Verdict, texts: Texts) -> str:
    """The words of a caption and, beneath the answer, what its picture would show."""
    said = texts.verdict(verdict)
    if not is_judged(verdict):
        return said
    lines = said.split("\n")
    beneath = lines.index(texts.headline(verdict)) + 1
    ends = texts.say("page", "person"), texts.say("page", "machine")
    lines.insert(beneath, f"{ends[0]} {bar(verdict)} {ends[1]}")
    return "\n".join(lines)


def printable(name: str) -> str:
    """A file's name without what would steer the terminal or is no text."""
    return "".join(
        letter.encode("unicode_escape").decode()
        if unicodedata.category(letter)[0] == "C"
        else letter
        for letter in name
    )
