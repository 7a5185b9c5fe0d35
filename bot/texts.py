"""A verdict, an error or a command becomes words in the reader's language."""

from functools import cache
from pathlib import Path

from fluent.runtime import FluentBundle, FluentResource

from bot.settings import known_language
from inference.verdict import Label, Reason, Verdict

LOCALES = Path(__file__).parent / "locales"
LONGEST_MODEL = 64  # characters of its name; an operator's own may be called anything
RANGES = 4  # of the stretches that sounded synthetic; a phone's screen holds no more

# The chance from which on the words say so. The number beside them is always the model's own.
VERY = 90  # %
FAIRLY = 75  # %


class Texts:
    """All words in one language: the messages of every `.ftl` file in its folder."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._bundle = FluentBundle([language], use_isolating=False)
        for file in sorted((LOCALES / language).glob("*.ftl")):
            self._bundle.add_resource(FluentResource(file.read_text(encoding="utf-8")))

    def say(self, section: str, key: str, **values: str | float) -> str:
        """The message `section-key` with its placeholders filled; numbers as the language has them.

        A message that is not there or lacks a value is a `LookupError`, never "{$count}" on a
        phone.
        """
        name = f"{section}-{key}"
        pattern = self._bundle.get_message(name).value
        assert pattern is not None  # a test holds that every message has a text
        text, errors = self._bundle.format_pattern(pattern, values)
        if errors:
            raise LookupError(f"message {name} in {self.language}: {errors[0]}")
        return str(text)

    def error(self, code: str, max_bytes: int) -> str:
        """Why there is no answer, and what to do about it."""
        return self.say("errors", code, megabytes=max_bytes // 1024**2)

    def verdict(self, verdict: Verdict) -> str:
        """The caption under the picture: the answer, how sure, on what it rests, what to do."""
        heard = [*self.cut(verdict), self.say("verdict", verdict.label), *self._why(verdict)]
        if verdict.seconds >= 1.0:
            heard.append(self.say("verdict", "seconds", time=clock(verdict.seconds)))
        heard += self._where(verdict)
        return "\n".join(heard) + "\n\n" + self._advice(verdict)

    def cut(self, verdict: Verdict) -> list[str]:
        """How much of the recording was judged; nothing where that is all of it."""
        if not verdict.is_cut:
            return []
        heard, whole = clock(verdict.heard_seconds or 0.0), clock(verdict.duration_seconds or 0.0)
        return [self.say("verdict", "cut", heard=heard, whole=whole)]

    def marks(self, verdict: Verdict) -> str:
        """What the marks in the picture of a machine mean, and whether they tell all."""
        return " ".join([self.say("why", Label.SYNTHETIC), *self.partly(verdict)])

    def partly(self, verdict: Verdict) -> list[str]:
        """That the marks show only part of the reason; nothing where they show most of it."""
        return [] if verdict.pictured else [self.say("verdict", "partly")]

    def _why(self, verdict: Verdict) -> list[str]:
        if verdict.label is Label.MIXED:
            return []  # the score of the whole says nothing about its parts
        if verdict.label is not Label.INCONCLUSIVE:
            return [self._sure(verdict)]
        reasons = "; ".join(self.say("reasons", reason) for reason in verdict.reasons)
        why = [self.say("verdict", "reason", reason=reasons)]
        if verdict.reasons == (Reason.UNSURE,):
            why.append(self.say("sure", "unsure", percent=percent(verdict.score)))
        return why

    def _sure(self, verdict: Verdict) -> str:
        chance = verdict.score if verdict.label is Label.SYNTHETIC else 1 - verdict.score
        number = percent(chance)
        how = "very" if number >= VERY else "fairly" if number >= FAIRLY else "hardly"
        return self.say("sure", f"{how}_{verdict.label}", percent=number)

    def _where(self, verdict: Verdict) -> list[str]:
        if verdict.label is Label.INCONCLUSIVE:
            return []  # what could not be judged as a whole is not judged in parts
        stretches = synthetic_stretches(verdict)
        if not stretches:
            return []
        whole = (verdict.windows[0].start, verdict.windows[-1].end)
        if stretches == [whole]:
            return [self.say("verdict", "everywhere")]
        ranges = ", ".join(f"{clock(start)}–{clock(end)}" for start, end in stretches[:RANGES])
        if (more := len(stretches) - RANGES) > 0:
            ranges = self.say("verdict", "more", ranges=ranges, count=more)
        return [self.say("verdict", "ranges", ranges=ranges)]

    def _advice(self, verdict: Verdict) -> str:
        if verdict.label is Label.INCONCLUSIVE:
            return self.say("advice", verdict.reasons[0])
        return self.say("verdict", f"by_{verdict.label}")


def synthetic_stretches(verdict: Verdict) -> list[tuple[float, float]]:
    """Start and end in seconds of what sounded synthetic. Each of two windows that overlap speaks
    for its half of what they share; neighbours are joined. Of a mixed note its segments."""
    if verdict.segments:
        return [(s.start, s.end) for s in verdict.segments if s.label is Label.SYNTHETIC]
    stretches: list[tuple[float, float]] = []
    last = len(verdict.windows) - 1
    for i, window in enumerate(verdict.windows):
        if window.score < verdict.thresholds[1]:
            continue
        before = verdict.windows[i - 1].end if i else window.start
        after = verdict.windows[i + 1].start if i < last else window.end
        start = (window.start + max(before, window.start)) / 2
        end = (window.end + min(after, window.end)) / 2
        if stretches and start <= stretches[-1][1]:
            start, _ = stretches.pop()
        stretches.append((start, end))
    return stretches


def texts_for(code: str | None, fallback: str) -> Texts:
    """The words for a language code such as `pt`, `en-GB` or `es_MX`."""
    return _load(known_language(code or "") or fallback)


@cache
def _load(language: str) -> Texts:
    return Texts(language)


def percent(chance: float) -> int:
    """Rounded down, so that the words are never more certain than the model; 1 to 99."""
    return min(max(int(chance * 100 + 1e-9), 1), 99)  # 0.29 * 100 is 28.999…


def clock(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02}"


def caption(verdict: Verdict, request_count: int, texts: Texts) -> str:
    """At most 1,024 UTF-16 units, whatever was heard: a test measures it."""
    model = verdict.model[:LONGEST_MODEL]
    key = "checked" if request_count > 1 else "model"
    checked = texts.say("buttons", key, model=model, count=request_count)
    return f"{texts.verdict(verdict)}\n\n{checked}"
