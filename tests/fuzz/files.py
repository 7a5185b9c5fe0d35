"""Mutated files go through our own parsers, the decoder and, in a process of its own, the model."""

import re
from random import Random

import numpy as np

from bot.captions import captions_of
from bot.texts import texts_for
from bot.worker.pool import WorkerPool
from inference.decoding import audio, containers, messages, mpeg_frames, ogg_pages
from inference.errors import DetectionError
from inference.metadata import evidence
from inference.metadata.known_encoders import is_known
from tests.fuzz import mutate

MAX_SECONDS = 300.0  # as the bot decodes
CODES = {"empty", "too_large", "undecodable", "unknown_file", "no_audio", "took_too_long"}
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e]")


class Unknown(Exception):
    """An error that a file may not have."""


def parse(random: Random) -> str:
    """Our parsers of containers and metadata; raises where one does."""
    data = mutate.file(random)
    found = containers.recognise(data[: audio.HEAD])
    mpeg_frames.find(data[: containers.JUNK])
    mended = ogg_pages.mend(data)
    assert len(mended) <= len(data), "mended to more than it was"
    assert mended[: -ogg_pages.LONGEST_PAGE] == data[: len(mended)][: -ogg_pages.LONGEST_PAGE]
    told = evidence.gather(data)
    assert evidence.from_fields(evidence.as_json(told)) == told, told
    for text in (told.vendor, told.encoder):
        assert text is None or not UNPRINTABLE.search(text), text
        is_known(text or "")
    said = messages.read(data)
    assert said.channels in (1, 2)
    return found.demuxer if found else "unknown"


def decode(random: Random) -> str:
    """The decoder; raises what is none of `inference.errors`."""
    try:
        heard = audio.hear(mutate.file(random), MAX_SECONDS)
    except DetectionError as error:
        return _known(error)
    assert heard.samples.dtype == np.int16
    assert len(heard.samples) / audio.SAMPLE_RATE <= MAX_SECONDS + 0.01
    assert 0.0 < heard.duration_seconds < float("inf"), heard.duration_seconds
    assert 1 <= heard.track <= heard.tracks
    return "sound"


async def judge(random: Random, pool: WorkerPool) -> str:
    """The worker process, with the picture; raises what is neither verdict nor known error."""
    captions = captions_of(texts_for(random.choice(("pt", "en", "es")), "en"))
    before = pool.processes
    try:
        found = await pool.detect(mutate.file(random), captions=captions)
    except DetectionError as error:
        if pool.processes != before:
            raise Unknown("the worker process ended") from error
        return _known(error)
    assert pool.processes == before, "the worker process ended"
    assert 0.0 < found.verdict.score < 1.0
    assert found.picture
    return found.verdict.answer


def _known(error: DetectionError) -> str:
    if error.code not in CODES:
        raise Unknown(error.code) from error
    return error.code
