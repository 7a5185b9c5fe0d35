"""A worker process: reads recordings from stdin and writes verdicts and pictures to stdout.

Started by `bot.worker.process` as `python -m bot.worker`, without token, settings or secrets.
"""

import argparse
import logging
import os
import resource
import time
from contextlib import nullcontext, suppress
from dataclasses import asdict
from datetime import UTC, datetime
from io import FileIO
from pathlib import Path
from socket import recv_fds, socket
from typing import Any, BinaryIO

from bot import log
from bot.worker import box, protocol
from inference.decoding import ffmpeg
from inference.decoding.audio import MAX_BYTES
from inference.detector import Detector, Progress
from inference.drawing import words
from inference.drawing.captions import Captions
from inference.drawing.picture import draw
from inference.errors import DetectionError, ModelError
from inference.metadata import evidence
from inference.pipeline import Part, judge
from inference.registry import default_model
from inference.speaker import comparison, verifier
from inference.verdict import from_fields

# Bytes of address space. Half an hour of sound takes about a third; a leak ends here, not in swap.
ADDRESS_SPACE = 3 * 1024**3
LARGEST_FILE = 128 * 1024**2  # bytes of what is held as a file in memory; nothing goes to a disk
A_SECOND = 64_000  # bytes of what a decoder writes of two channels
TELL_SECONDS = 1.0  # between two signs of progress

logger = logging.getLogger(__name__)


def main() -> None:
    """Set the limits of this process and serve stdin until it is closed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, help="descriptor of a socket that passes open files")
    parser.add_argument("--model", type=Path, default=None)
    parser.add_argument("--max-seconds", type=float, required=True)
    parser.add_argument("--log-format", default="text")
    arguments = parser.parse_args()
    log.set_up("WARNING", arguments.log_format)
    _limit(resource.RLIMIT_AS, ADDRESS_SPACE)
    longest = min(arguments.max_seconds, ffmpeg.LONGEST / 2)  # of two channels no more is decoded
    _limit(resource.RLIMIT_FSIZE, max(LARGEST_FILE, round(A_SECOND * longest)))
    _limit(resource.RLIMIT_CORE, 0)
    # Without the bot there is nobody to answer, and nobody to complain to.
    with (
        suppress(ConnectionError),
        os.fdopen(os.dup(1), "wb") as answers,
        os.fdopen(os.dup(0), "rb") as questions,
    ):
        os.dup2(2, 1)  # whatever a library prints must not get between two frames
        files = None if arguments.files is None else socket(fileno=arguments.files)
        serve(questions, answers, files, arguments.model, arguments.max_seconds)


def serve(
    questions: BinaryIO,
    answers: BinaryIO,
    files: socket | None,
    model: Path | None,
    max_seconds: float,
) -> None:
    """Load the model, close the box, say so, and answer requests until `questions` ends.

    A model that cannot be loaded is answered with `refused`. Requests, by the header's keys: `part`
    judges the body, or with `passed` the open file that came through `files`; `verdict` rewrites a
    picture, `first` compares two files in the body, none of these is a ping.
    """
    try:
        detector = Detector(model or default_model())
    except ModelError as error:
        protocol.write(answers, {"refused": str(error)})
        return
    card = asdict(detector.card)
    card = {key: card[key] for key in ("name", "version", "thresholds", "narrow_thresholds")}
    hello = {"model": detector.card.title, "card": card, "max_bytes": MAX_BYTES}
    protocol.write(answers, hello | {"box": asdict(box.close())})
    while (question := protocol.read(questions)) is not None:
        header, data = question
        if "part" in header:
            part = tuple(header["part"]) if header["part"] else None
            captions = Captions(**header["captions"]) if header["captions"] else None
            tell = _teller(answers)
            with _passed(files) if header.get("passed") else nullcontext(data) as source:
                answer = _answer(source, captions, detector, max_seconds, part, tell)
            protocol.write(answers, *answer)
        elif "verdict" in header:
            protocol.write(answers, *_rewrite(data, header))
        elif "first" in header:
            protocol.write(answers, _compare(data, header["first"], max_seconds))
        else:  # a ping
            protocol.write(answers, {"model": detector.card.title})


def _passed(files: socket | None) -> FileIO:
    """The open file that the bot has passed on."""
    assert files is not None
    _, descriptors, *_ = recv_fds(files, 1, 1)
    return FileIO(descriptors[0])


def _teller(answers: BinaryIO) -> Progress:
    """Tells the bot how far a recording has been heard, once a second."""
    next_time = time.monotonic() + TELL_SECONDS

    def tell(heard: float, total: float) -> None:
        nonlocal next_time
        if (now := time.monotonic()) >= next_time:
            next_time = now + TELL_SECONDS
            protocol.write(answers, {"heard": heard, "total": total})

    return tell


def _answer(
    source: bytes | FileIO,
    captions: Captions | None,
    detector: Detector,
    max_seconds: float,
    part: Part | None,
    progress: Progress,
) -> tuple[dict[str, Any], bytes]:
    """Judge a file or a part of it, in s; return the header and the picture, if `drawn`."""
    try:
        judgement = judge(source, detector, max_seconds, part, progress)
        seconds = judgement.verdict.duration_seconds
        found = evidence.as_json(evidence.gather(source, seconds))
        picture = b""
        if captions:
            today, large = datetime.now(UTC).date(), part is not None
            picture = draw(judgement, captions, today, large)
        return {"verdict": asdict(judgement.verdict), "evidence": found}, picture
    except DetectionError as error:
        return {"error": error.code, "message": str(error)}, b""
    except Exception as error:  # the worker's edge: a bug costs this note, not the next one
        logger.exception("A note could not be judged")
        return {"error": DetectionError.code, "message": repr(error)}, b""


def _rewrite(picture: bytes, header: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Other words over a picture that was drawn of this verdict."""
    try:
        verdict, captions = from_fields(header["verdict"]), Captions(**header["captions"])
        return {}, words.rewrite(picture, verdict, captions)
    except ValueError as error:
        return {"error": DetectionError.code, "message": str(error)}, b""
    except Exception as error:  # the worker's edge, as above
        logger.exception("A picture could not be rewritten")
        return {"error": DetectionError.code, "message": repr(error)}, b""


def _compare(data: bytes, first: int, max_seconds: float) -> dict[str, Any]:
    """Compare the voices in two files: the first `first` bytes of `data`, and the rest."""
    try:
        found = verifier.compare(data[:first], data[first:], max_seconds)
        return {"comparison": comparison.as_json(found)}
    except DetectionError as error:
        return {"error": error.code, "message": str(error)}
    except Exception as error:  # the worker's edge, as above
        logger.exception("Two voices could not be compared")
        return {"error": DetectionError.code, "message": repr(error)}


def _limit(what: int, most: int) -> None:
    """Set a resource limit of this process, soft and hard; a lower hard limit stays."""
    _, hard = resource.getrlimit(what)
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(what, (most, hard))


if __name__ == "__main__":
    main()
