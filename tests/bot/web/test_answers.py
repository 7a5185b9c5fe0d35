"""What the page asks for, over HTTP: answers as they are made, other words, reports."""

import asyncio
import io
import json
from dataclasses import replace
from typing import Any

import pypdfium2
import pytest
from aiohttp import FormData

from bot.web import answers
from bot.worker.pool import Detection
from bot.worker.process import Progress
from inference.drawing.captions import Captions
from inference.errors import DetectionError, Undecodable
from inference.speaker.comparison import Comparison
from inference.verdict import Label, Reason, Segment
from tests.bot.stand_ins import JPEG, ReadyWorker, verdict
from tests.bot.web.test_web import form, page

ANSWERS = "/page-api/answers"
WORDS = "/page-api/words"
COMPARISON = "/page-api/comparison"


class TellingWorker(ReadyWorker):
    """Tells of its progress before it answers."""

    async def detect(
        self, source: Any, part: Any = None, captions: Captions | None = None,
        progress: Progress | None = None,
    ) -> Detection:  # fmt: skip
        assert progress
        progress(30.0, 120.0)
        progress(90.0, 120.0)
        return await super().detect(source, part, captions)


class SlowWorker(ReadyWorker):
    """Is silent for a while before it answers."""

    async def detect(
        self, source: Any, part: Any = None, captions: Captions | None = None,
        progress: Progress | None = None,
    ) -> Detection:  # fmt: skip
        await asyncio.sleep(0.5)
        return await super().detect(source, part, captions)


class RefusingWorker(ReadyWorker):
    async def rewrite(self, *_: Any) -> bytes:
        raise DetectionError("none of ours")


async def lines(worker: ReadyWorker, query: str = "?lang=en") -> list[dict[str, Any]]:
    async with page(worker) as client:
        response = await client.post(ANSWERS + query, data=form(b"a note"))
        assert response.status == 200
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        return [json.loads(line) for line in (await response.text()).splitlines()]


async def test_an_answer_comes_after_its_progress() -> None:
    *told, answer = await lines(TellingWorker())
    assert told == [{"heard": 30.0, "total": 120.0}, {"heard": 90.0, "total": 120.0}]
    assert answer["picture"].startswith("data:image/jpeg;base64,")
    words = answer["words"]
    assert words["headline"].startswith("🤖 This sounds like")
    assert words["stretches"][0]["words"] == "machine: 0:04–0:08"
    assert "Looks like" in [name for name, _ in words["file"]["facts"]]
    assert words["why"]["lines"][0].startswith("I heard 0:12 of speech.")


async def test_a_server_that_is_silent_for_long_says_that_it_lives(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(answers, "QUIET_SECONDS", 0.05)
    *told, answer = await lines(SlowWorker())
    assert told
    assert all(line == {"heard": None, "total": None} for line in told)
    assert answer["words"]["headline"].startswith("🤖 This sounds like")


async def test_what_cannot_be_heard_is_an_error_in_the_readers_language() -> None:
    [line] = await lines(ReadyWorker(Undecodable("a secret path")), "?lang=es")
    assert line["error"]["code"] == "undecodable"
    assert line["error"]["message"].startswith("No pude abrir")


async def test_a_mixed_note_has_words_for_each_of_its_parts() -> None:
    parts = (Segment(0.0, 7.0, Label.HUMAN, 0.1), Segment(7.0, 12.0, Label.SYNTHETIC, 0.9))
    [answer] = await lines(ReadyWorker(replace(verdict(0.3), segments=parts)))
    stretches = [each["words"] for each in answer["words"]["stretches"]]
    assert stretches == ["person: 0:00–0:07", "machine: 0:07–0:12"]
    assert not answer["words"]["judged"]  # the score of the whole says nothing about its parts


async def test_what_was_not_judged_has_no_chart() -> None:
    [answer] = await lines(ReadyWorker(verdict(0.9, (Reason.NOISY,))))
    assert answer["words"]["chart"] is None
    assert answer["words"]["stretches"] == []


async def test_a_part_is_judged_by_itself() -> None:
    worker = ReadyWorker()
    [part] = await lines(worker, "?lang=en&start=4&end=8&of=12")
    assert worker.parts == [(4.0, 8.0)]
    assert part["said"].startswith("🔍 0:04–0:08 of 0:12\n🤖 This stretch")
    assert (part["chart"]["start"], part["chart"]["end"]) == (4, 8)


@pytest.mark.parametrize("query", ["start=4", "start=4&end=x&of=12", "start=1e3&end=2&of=3"])
async def test_a_part_that_is_none_is_refused(query: str) -> None:
    worker = ReadyWorker()
    async with page(worker) as client:
        response = await client.post(f"{ANSWERS}?{query}", data=form(b"a note"))
        assert (response.status, worker.asked) == (400, [])


@pytest.mark.parametrize("path", [ANSWERS, WORDS, COMPARISON, "/page-api/report.pdf"])
async def test_another_site_cannot_use_them(path: str) -> None:
    async with page(ReadyWorker()) as client:
        headers = {"Origin": "https://evil.example"}
        assert (await client.post(path, data=form(b"a"), headers=headers)).status == 403


def kept(answer: object, picture: bytes = JPEG) -> FormData:
    data = FormData()
    data.add_field("answer", answer if isinstance(answer, str) else json.dumps(answer))
    data.add_field("picture", io.BytesIO(picture), filename="p.jpg", content_type="image/jpeg")
    return data


async def test_a_kept_answer_is_said_in_another_language() -> None:
    worker = ReadyWorker()
    async with page(worker) as client:
        response = await client.post(f"{ANSWERS}?lang=en", data=form(b"a note"))
        answer = json.loads(await response.text())["answer"]
        response = await client.post(f"{WORDS}?lang=pt-BR", data=kept(answer))
        found = await response.json()
    assert response.status == 200
    assert found["words"]["language"] == "pt-BR"
    assert found["words"]["headline"].startswith("🤖 Parece voz de IA")
    assert worker.asked == [b"a note"]  # it was not judged again
    assert worker.rewritten == ["Não é prova"]


async def test_other_words_wait_their_turn() -> None:
    async with page(ReadyWorker(places=0)) as client:
        response = await client.post(WORDS, data=kept({}))
        assert (response.status, "Retry-After" in response.headers) == (503, True)


@pytest.mark.parametrize(
    "answer",
    [
        *("", "{}", "[]", "null", '{"verdict": {}}', "[" * 100_000),
        '{"verdict": null, "evidence": 1, "sha256": ""}',
    ],
    ids=map(str, range(7)),
)
async def test_what_is_no_answer_of_ours_is_refused(answer: str) -> None:
    async with page(ReadyWorker()) as client:
        assert (await client.post(WORDS, data=kept(answer))).status == 400
        assert (await client.post(WORDS, data=b"x")).status == 400


async def test_a_form_that_is_broken_or_packed_is_refused() -> None:
    headers = {"Content-Type": "multipart/form-data; boundary=b"}
    body = (
        b'--b\r\nContent-Disposition: form-data; name="answer"\r\nno header\r\n\r\n{}\r\n--b--\r\n'
    )
    async with page(ReadyWorker()) as client:
        assert (await client.post(WORDS, data=body, headers=headers)).status == 400
        headers["Content-Encoding"] = "deflate"
        assert (await client.post(WORDS, data=b"\xff" * 99, headers=headers)).status == 415


@pytest.mark.parametrize("score", ["NaN", "1e999", '"high"', "null"])
async def test_a_score_that_is_none_is_refused(score: str) -> None:
    async with page(ReadyWorker()) as client:
        response = await client.post(ANSWERS, data=form(b"a note"))
        answer = json.dumps(json.loads(await response.text())["answer"])
        forged = answer.replace('"score": 0.87', f'"score": {score}')
        assert forged != answer
        assert (await client.post(WORDS, data=kept(forged))).status == 400


async def test_a_picture_that_is_none_of_ours_is_refused() -> None:
    async with page(RefusingWorker()) as client:
        response = await client.post(ANSWERS, data=form(b"a note"))
        answer = json.loads(await response.text())["answer"]
        assert (await client.post(WORDS, data=kept(answer))).status == 400


async def test_a_report_is_made_of_the_file_itself() -> None:
    worker = ReadyWorker()
    async with page(worker) as client:
        response = await client.post("/page-api/report.json?lang=en", data=form(b"a note"))
        told = json.loads(await response.text())
        worker.outcome = Undecodable("no")
        refused = await client.post("/page-api/report.pdf?lang=en", data=form(b"a note"))
        error = (await refused.json())["error"]
    assert told["verdict"]["label"] == "synthetic"
    assert (refused.status, error["code"]) == (422, "undecodable")


async def test_a_report_is_a_pdf_to_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.views.report_pdf._answer", _without_picture)
    async with page(ReadyWorker()) as client:
        response = await client.post("/page-api/report.pdf?lang=es", data=form(b"a note"))
        body = await response.read()
    assert response.content_type == "application/pdf"
    text = pypdfium2.PdfDocument(body)[0].get_textpage().get_text_range()
    assert "ouvido-9.9.9" in text


def _without_picture(*arguments: Any) -> Any:
    """The stand-in's picture is no JPEG that ReportLab could read."""
    from bot.views.report_pdf import _words

    return [_words("an answer", "body")]


class ComparingWorker(ReadyWorker):
    """Finds every two voices alike, or raises its outcome."""

    def __init__(self, outcome: Exception | None = None) -> None:
        super().__init__()
        self.compared: list[tuple[bytes, bytes]] = []
        self.refusal = outcome

    async def compare(self, suspicious: bytes, known: bytes) -> Comparison:
        self.compared.append((suspicious, known))
        if self.refusal:
            raise self.refusal
        return Comparison(0.7, 0.99, (0.1, 0.9), (), ())


async def test_two_voices_are_compared_the_one_in_question_first() -> None:
    worker = ComparingWorker()
    async with page(worker) as client:
        response = await client.post(f"{COMPARISON}?lang=en", data=form(b"doubt", b"real"))
        said = (await response.json())["said"]
    assert worker.compared == [(b"doubt", b"real")]
    assert said.startswith("≈ ")
    assert "does not rule out a clone" in said


@pytest.mark.parametrize(
    ("files", "status", "code"),
    [
        ([b"a"], 400, "no_files"),
        ([b"a", b"b", b"c"], 400, "too_many_files"),
        ([b"a", b"a"], 422, "same_recording"),
        ([b"a", b"b"], 422, "undecodable"),
    ],
)
async def test_what_cannot_be_compared_says_why(files: list[bytes], status: int, code: str) -> None:
    async with page(ComparingWorker(Undecodable("no"))) as client:
        response = await client.post(COMPARISON, data=form(*files))
        error = (await response.json())["error"]
    assert (response.status, error["code"]) == (status, code)
    assert error["message"]
