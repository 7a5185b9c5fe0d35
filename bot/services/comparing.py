"""Compare a note in question with a genuine one, and put the result into words."""

from bot.db.answers import StoredAnswer
from bot.telegram import files
from bot.telegram.context import Context
from bot.telegram.messages import Sound
from bot.texts import LANGUAGES, Texts, texts_for
from inference.errors import DetectionError, TooLarge
from inference.speaker import comparison
from inference.speaker.comparison import MIN_SPEECH, Comparison, Likeness, Rate
from inference.verdict import Reason


class SameRecording(DetectionError):
    """Both notes are the same file."""

    code = "same_recording"


def questions() -> set[str]:
    """Return our question for the genuine note in every language; a reply to it brings one."""
    return {texts_for(language, language).say("compare", "ask") for language in LANGUAGES}


async def compare(answer: StoredAnswer, known: Sound, context: Context) -> Comparison:
    """Download both notes and compare their voices; raises DetectionError and TelegramError."""
    worker = context.worker
    file = await files.file_of(answer.file_id, context)
    sizes = [part.file_size or worker.max_bytes for part in (file, known)]
    if max(sizes) > worker.max_bytes:
        raise TooLarge(f"{max(sizes)} bytes, at most {worker.max_bytes} are taken")
    async with worker.wait(sum(sizes)):
        genuine = await files.fetch(known.file_id, context)
        if await files.sha256(genuine) == answer.sha256:
            raise SameRecording(answer.sha256)
        return await worker.compare(await files.content(file, context), genuine)


def words(found: Comparison, texts: Texts) -> str:
    """Return the result in words, with its measured error rates."""
    if found.suspicious or found.known:
        return "\n".join(_obstacles(found, texts))
    card = comparison.card()
    match found.likeness:
        case Likeness.SAME:
            rates = {
                "clones": _of_100(card.clones_as_same),
                "same": _of_100(card.same_as_same),
                "others": _of_100(card.others_as_same),
            }
        case Likeness.DIFFERENT:
            rates = {
                "clones": _of_100(card.clones_as_different),
                "same": _of_100(card.same_as_different),
                "others": _of_100(card.others_as_different),
            }
        case Likeness.UNSURE:
            rates = {
                "same": _rest(card.same_as_same, card.same_as_different),
                "others": _rest(card.others_as_same, card.others_as_different),
            }
    return texts.say("compare", found.likeness, **rates)


def _obstacles(found: Comparison, texts: Texts) -> list[str]:
    lines = [texts.say("compare", "impossible")]
    for name, reasons in (("suspicious", found.suspicious), ("known", found.known)):
        if reasons:
            said = "; ".join(_reason(reason, texts) for reason in reasons)
            lines.append(texts.say("compare", name, reasons=said))
    return [*lines, texts.say("compare", "again")]


def _reason(reason: Reason, texts: Texts) -> str:
    if reason is Reason.TOO_SHORT:  # a voice takes longer to know than to judge
        return texts.say("compare", "too_short", seconds=MIN_SPEECH)
    return texts.say("reasons", reason)


def _rest(*rates: Rate) -> int:
    return _count(1.0 - sum(rate.share for rate in rates))


def _of_100(rate: Rate) -> int:
    return _count(rate.share)


def _count(share: float) -> int:
    """Return a share as a count of 100, from 1 to 99: few people were measured."""
    return min(max(round(100 * share), 1), 99)
