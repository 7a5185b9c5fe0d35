"""A verdict, an error or a command becomes words in the reader's language."""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from fluent.runtime import FluentBundle, FluentResource

from bot.scale import limits, sureness
from inference.verdict import NOBODY_SPEAKS, Label, Reason, Verdict, percent

LANGUAGES = ("pt-BR", "en", "es")
# What people can read whose language is close to one of ours: Galician, Mirandese, Catalan.
NEAR = {"gl": "pt", "mwl": "pt", "ca": "es"}
OTHERS = "en"  # for readers of any other language
LOCALES = Path(__file__).parent / "locales"
LONGEST_MODEL = 64  # characters of its name; an operator's own may be called anything
RANGES = 4  # of the stretches that sounded synthetic; a phone's screen holds no more
ENOUGH = 10.0  # s of speech; a longer note would hardly help


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
        heard = [
            *self.cut(verdict),
            self.headline(verdict),
            *self.why(verdict),
            *self.heard(verdict),
        ]
        return "\n".join([*heard, "", *self.advice(verdict)])

    def short(self, verdict: Verdict) -> str:
        """The same in at most four lines, for a group."""
        if verdict.label is Label.INCONCLUSIVE:
            said = [*self.why(verdict)[:1], self.say("advice", advice_of(verdict))]
        else:
            said = [*self.why(verdict), *self.where(verdict)]
        if not NOBODY_SPEAKS & set(verdict.reasons):
            said.append(self.say("verdict", "caution"))
        return "\n".join([*self.cut(verdict), self.headline(verdict), *said])

    def headline(self, verdict: Verdict) -> str:
        """The answer in a line; where there is none, to which side it leans."""
        return self.say("verdict", verdict.answer)

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

    def chance(self, verdict: Verdict) -> list[str]:
        """P(machine), and how sure that is; nothing where it says nothing."""
        number = percent(verdict.score)
        if verdict.label is Label.MIXED:
            return []  # the score of the whole says nothing about its parts
        if verdict.label is not Label.INCONCLUSIVE:
            how = sureness(verdict.score)
            return [self.say("sure", f"{how}_{verdict.label}", percent=number)]
        if not verdict.is_between:
            return []
        low, high = limits(verdict)
        key = f"leans_{verdict.lean}" if verdict.lean else "unsure"
        return [self.say("sure", key, percent=number, low=low, high=high)]

    def heard(self, verdict: Verdict) -> list[str]:
        """How much speech was heard, of which track and channel, and where it sounded synthetic; a
        line each."""
        told = [*self.source(verdict), *self.where(verdict)]
        if verdict.seconds < 1.0:  # the reason says so, or nobody spoke
            return told
        return [self.say("verdict", "seconds", time=clock(verdict.seconds)), *told]

    def source(self, verdict: Verdict) -> list[str]:
        """Which of several sound tracks, and which of two people's channels, the answer is about;
        nothing where there is one."""
        told = []
        if verdict.tracks > 1:
            numbers = {"track": verdict.track, "tracks": verdict.tracks}
            told.append(self.say("verdict", "tracks", **numbers))
        return told + ([self.say("verdict", verdict.channel)] if verdict.channel else [])

    def where(self, verdict: Verdict) -> list[str]:
        """Where it sounded synthetic; nothing of what could not be judged as a whole."""
        if verdict.label is Label.INCONCLUSIVE:
            return []
        stretches = synthetic_stretches(verdict)
        if not stretches:
            return []
        if stretches == [(verdict.windows[0].start, verdict.windows[-1].end)]:
            return [self.say("verdict", "everywhere")]
        return [self.say("verdict", "ranges", ranges=self.ranges(stretches))]

    def ranges(self, stretches: Sequence[tuple[float, float]]) -> str:
        """Stretches, start and end in s, as people write them: "0:16–0:33, 1:02–1:10 and 3 more"
        where there are many."""
        said = ", ".join(f"{clock(start)}–{clock(end)}" for start, end in stretches[:RANGES])
        more = len(stretches) - RANGES
        return self.say("verdict", "more", ranges=said, count=more) if more > 0 else said

    def reasons(self, verdict: Verdict) -> str:
        """What speaks against an answer, in one sentence without a full stop."""
        return "; ".join(self.say("reasons", reason) for reason in verdict.reasons)

    def advice(self, verdict: Verdict) -> list[str]:
        """What would help, and what to do about money whatever the answer is."""
        if verdict.label is not Label.INCONCLUSIVE:
            return [self.say("verdict", f"by_{verdict.label}")]
        helps = self.say("advice", advice_of(verdict))
        if NOBODY_SPEAKS & set(verdict.reasons):
            return [helps]
        return [helps, self.say("verdict", "in_doubt")]

    def why(self, verdict: Verdict) -> list[str]:
        """How sure the answer is, or what speaks against one; a line each."""
        if verdict.label is not Label.INCONCLUSIVE:
            return self.chance(verdict)
        why = self.say("verdict", "reason", reason=self.reasons(verdict))
        return [*self.chance(verdict), why]


def advice_of(verdict: Verdict) -> str:
    """The key of what would help against the first reason."""
    first = verdict.reasons[0]
    return "longer" if first is Reason.UNSURE and verdict.seconds < ENOUGH else first.value


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


def length(verdict: Verdict) -> float:
    """The end of the last window that was judged, s."""
    return verdict.windows[-1].end if verdict.windows else 0.0


def known_language(*codes: str) -> str | None:
    """The first of ours, or near to one, among codes such as `pt`, `en-GB` or `es_MX.UTF-8`."""
    for code in codes:
        spoken = re.split(r"[-_.@]", code.lower())[0]
        for language in LANGUAGES:
            if NEAR.get(spoken, spoken) == language.partition("-")[0]:
                return language
    return None


def nearest_language(code: str | None) -> str | None:
    """One of ours for a reader of any language; None where no language is named."""
    return (known_language(code) or OTHERS) if code else None


def texts_for(code: str | None, fallback: str) -> Texts:
    """The words for a language code such as `pt`, `en-GB` or `es_MX`; English for a language that
    we do not have, the `fallback` where none is named."""
    return _load(nearest_language(code) or fallback)


@cache
def _load(language: str) -> Texts:
    return Texts(language)


def clock(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02}"


def caption(verdict: Verdict, request_count: int, texts: Texts) -> str:
    """At most 1,024 UTF-16 units, whatever was heard: a test measures it."""
    return f"{texts.verdict(verdict)}\n\n{signature(verdict, request_count, texts)}"


def signature(verdict: Verdict, request_count: int, texts: Texts) -> str:
    """Which model answered and, from the second time on, how often this note was checked."""
    key = "checked" if request_count > 1 else "model"
    return texts.say("buttons", key, model=verdict.model[:LONGEST_MODEL], count=request_count)
