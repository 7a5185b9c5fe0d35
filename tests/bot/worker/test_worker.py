"""The real listening processes: asked, killed, stopped in their work, overfilled."""

import asyncio
import hashlib
import io
import json
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from subprocess import PIPE, Popen
from typing import Any, BinaryIO, cast

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from bot import metrics
from bot.captions import captions_of
from bot.texts import texts_for
from bot.worker import protocol
from bot.worker.capacity import Busy
from bot.worker.pool import WorkerPool
from bot.worker.process import WorkerCrashed, WorkerProcess
from bot.worker.process import _environment as environment
from inference.errors import DetectionError, Empty, ModelError, TookTooLong, Undecodable
from inference.metadata.evidence import Recorder
from inference.speaker.comparison import Likeness
from inference.verdict import Label, Reason
from tests.sounds import encode, silence, speech

NOTE = encode(speech(5.0), "ogg")
ENGLISH = captions_of(texts_for("en", "en"))


@asynccontextmanager
async def running(processes: int = 1, note_seconds: float = 60.0) -> AsyncIterator[WorkerPool]:
    worker = WorkerPool(None, 300.0, processes, places=2, note_seconds=note_seconds)
    try:
        await worker.start()
        yield worker
    finally:
        await worker.close()


def children() -> list[int]:
    """Process ids of the listeners that are alive."""
    pids: list[str] = []
    for thread in Path("/proc/self/task").iterdir():
        with suppress(FileNotFoundError, ProcessLookupError):  # a thread that ended meanwhile
            pids += (thread / "children").read_text().split()
    return [int(pid) for pid in pids if _listens(pid)]


def _listens(pid: str) -> bool:
    """Other tests of this process may have left it children of theirs, Ray for one."""
    try:
        return b"-m\0bot.worker\0" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError):  # ended meanwhile
        return False


async def test_a_note_gets_a_verdict_and_a_picture() -> None:
    async with running() as worker:
        answer = await worker.detect(NOTE, captions=ENGLISH)
        assert worker.model == answer.verdict.model
        assert worker.max_bytes == 20 * 1024**2
    assert 0.01 <= answer.verdict.score <= 0.99
    assert (answer.evidence.codec, answer.evidence.recorder) == ("opus", Recorder.REENCODED)
    assert answer.evidence.seconds == pytest.approx(5.0, abs=0.01)
    assert answer.verdict.seconds > 2.0
    assert [window.start for window in answer.verdict.windows] == sorted(
        window.start for window in answer.verdict.windows
    )
    assert answer.picture is not None
    with Image.open(io.BytesIO(answer.picture)) as picture:
        assert picture.format == "JPEG"
        assert picture.width >= 600


async def test_a_picture_gets_the_words_of_another_language_without_the_note() -> None:
    spanish = captions_of(texts_for("es", "en"))
    async with running() as worker:
        english = await worker.detect(NOTE, captions=ENGLISH)
        assert english.picture is not None
        rewritten = await worker.rewrite(english.picture, english.verdict, spanish)
        with pytest.raises(DetectionError):
            await worker.rewrite(b"no picture", english.verdict, spanish)
        direct = await worker.detect(NOTE, captions=spanish)
    assert (_head(rewritten) != _head(english.picture)).any()
    assert direct.picture is not None
    assert np.abs(_head(rewritten) - _head(direct.picture)).max() < 40  # JPEG


def _head(picture: bytes) -> NDArray[np.int32]:
    with Image.open(io.BytesIO(picture)) as opened:
        return np.asarray(opened.crop((0, 0, 1080, 150)), np.int32)


async def test_two_notes_are_compared_in_the_order_in_which_they_are_given() -> None:
    short = encode(speech(2.5, seed=1), "ogg")
    async with running() as worker:
        found = await worker.compare(short, NOTE)
        with pytest.raises(Undecodable):
            await worker.compare(NOTE, b"no sound")
        again = await worker.compare(NOTE, NOTE)
    assert (found.suspicious, found.known) == ((Reason.TOO_SHORT,), ())
    assert again.likeness is Likeness.SAME


async def test_how_far_a_long_note_was_heard_is_told_meanwhile(tmp_path: Path) -> None:
    told: list[tuple[float, float]] = []
    note = tmp_path / "long.wav"
    note.write_bytes(encode(np.tile(speech(10.0), 30), "wav", rate=16_000))
    async with running() as worker:
        answer = await worker.detect(note, progress=lambda *seconds: told.append(seconds))
    assert told
    assert told == sorted(told)
    assert {total for _, total in told} == {300.0}
    assert (answer.verdict.heard_seconds, answer.verdict.duration_seconds) == (300.0, 300.0)
    assert answer.sha256 == hashlib.sha256(note.read_bytes()).hexdigest()
    assert answer.evidence.codec == "pcm"


def telling(script: str, max_seconds: float) -> WorkerProcess:
    """A listener that is ready and then does what the script says."""
    process = WorkerProcess(None, max_seconds)
    begin = (
        "import sys, time\nfrom bot.worker import protocol\nout = sys.stdout.buffer\n"
        "protocol.write(out, {})\nprotocol.read(sys.stdin.buffer)\n"
        "tell = lambda: protocol.write(out, {'heard': 1.0, 'total': 1e9})\n"
    )
    process._command = [sys.executable, "-c", begin + script]
    return process


async def test_a_note_that_goes_on_gets_more_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.worker.process.SILENT_SECONDS", 60.0)
    process = telling("tell()\ntime.sleep(3)\nprotocol.write(out, {'done': 1})", 1e9)
    await process.start()
    assert (await process.ask({"part": None}, b"", 2.5))[0] == {"done": 1}
    await process.kill()


@pytest.mark.parametrize(
    "script",
    ["while True:\n    tell()\n    time.sleep(0.05)", "tell()\ntime.sleep(600)"],
    ids=["only tells", "falls silent"],
)
async def test_a_listener_that_tells_of_progress_and_hangs_is_killed(
    monkeypatch: pytest.MonkeyPatch, script: str
) -> None:
    monkeypatch.setattr("bot.worker.process.SILENT_SECONDS", 1.0)
    process = telling(script, 1.0)
    await process.start()
    with pytest.raises(TookTooLong):
        await process.ask({"part": None}, b"", 1.0)
    assert process.number is None


@pytest.mark.parametrize("told", ["'heard': 'all'", "'heard': 1.0", "'heard': 1, 'total': NAN"])
async def test_a_listener_whose_progress_is_none_is_killed(told: str) -> None:
    answer = f"NAN = float('nan')\nprotocol.write(out, {{{told}}})\ntime.sleep(600)"
    process = telling(answer, 1.0)
    await process.start()
    with pytest.raises(WorkerCrashed):
        await process.ask({"part": None}, b"", 60.0, lambda heard, total: None)
    assert process.number is None


@pytest.mark.parametrize(
    "header",
    [{}, {"verdict": 7}, {"verdict": {"thresholds": [1]}, "evidence": {}}, {"error": []}],
)
async def test_an_answer_of_another_form_is_a_crash(header: dict[str, Any]) -> None:
    """A file that took a listener over must not get an error into the bot that nobody expects."""

    class Odd(WorkerPool):
        async def _ask(self, *_: Any) -> tuple[dict[str, Any], bytes]:
            return header, b""

    with pytest.raises(WorkerCrashed, match="another form"):
        await Odd(None, 1.0, 1, 1).detect(b"a note")
    with pytest.raises(WorkerCrashed, match="another form"):
        await Odd(None, 1.0, 1, 1).compare(b"a note", b"another")


async def test_a_part_is_judged_and_drawn_by_itself() -> None:
    async with running() as worker:
        answer = await worker.detect(NOTE, (2.0, 4.5), ENGLISH)
        whole = await worker.detect(NOTE, captions=ENGLISH)
    assert answer.verdict.windows[0].start == 2.0
    assert answer.verdict.windows[-1].end == pytest.approx(4.5, abs=0.02)
    assert answer.verdict.seconds < whole.verdict.seconds
    assert answer.picture is not None
    assert whole.picture is not None
    with (
        Image.open(io.BytesIO(answer.picture)) as part,
        Image.open(io.BytesIO(whole.picture)) as all_,
    ):
        assert part.height > all_.height  # it has a scale of frequencies
    assert answer.evidence == whole.evidence


async def test_silence_is_inconclusive_and_has_a_picture() -> None:
    async with running() as worker:
        answer = await worker.detect(encode(silence(3.0), "wav"), captions=ENGLISH)
    assert answer.verdict.label is Label.INCONCLUSIVE
    assert answer.picture is not None
    assert answer.picture.startswith(b"\xff\xd8")


async def test_what_is_no_sound_costs_an_error_and_the_next_note_is_answered() -> None:
    async with running() as worker:
        [process] = children()
        with pytest.raises(Empty):
            await worker.detect(b"")
        with pytest.raises(Undecodable):
            await worker.detect(b"\x00" * 1000)
        assert (await worker.detect(NOTE)).verdict.windows
        assert children() == [process]


async def killed_at_work(worker: WorkerPool, but: int | None = None) -> int:
    """Kill the listener, once it is another one than `but`; its number."""
    async with asyncio.timeout(60):
        while worker.processes in ([], [but]):
            await asyncio.sleep(0.01)
    [process] = worker.processes
    os.kill(process, signal.SIGSTOP)
    await asyncio.sleep(0.1)
    os.kill(process, signal.SIGKILL)
    return process


async def test_a_note_whose_listener_was_killed_is_answered_by_the_next_one() -> None:
    async with running() as worker:
        [process] = children()
        os.kill(process, signal.SIGSTOP)
        asked = asyncio.create_task(worker.detect(NOTE))
        await killed_at_work(worker)
        assert (await asked).verdict.windows
        assert children() != [process]


async def test_a_note_that_kills_two_listeners_gets_an_error_and_no_third() -> None:
    async with running() as worker:
        restarts = metrics.total("ouvido_listener_restarts_total")
        [process] = children()
        os.kill(process, signal.SIGSTOP)
        asked = asyncio.create_task(worker.detect(NOTE))
        await killed_at_work(worker)
        await killed_at_work(worker, but=process)
        with pytest.raises(DetectionError) as caught:
            await asked
        assert caught.value.code == "failed"
        assert metrics.total("ouvido_listener_restarts_total") == restarts + 1
        assert (await worker.detect(NOTE)).verdict.windows


async def test_a_listener_that_ends_with_its_worker_is_not_replaced() -> None:
    async with running() as worker:
        [process] = children()
        os.kill(process, signal.SIGSTOP)
        asked = asyncio.create_task(worker.detect(NOTE))
        await asyncio.sleep(0.1)
        closing = asyncio.create_task(worker.close())
        await asyncio.sleep(0.1)
        os.kill(process, signal.SIGKILL)
        with pytest.raises(DetectionError):
            await asked
        await closing
        assert children() == []


async def test_a_listener_that_hangs_is_killed_and_replaced() -> None:
    async with running(note_seconds=1.0) as worker:
        [process] = children()
        os.kill(process, signal.SIGSTOP)
        with pytest.raises(TookTooLong):
            await worker.detect(NOTE)
        assert process not in children()
        worker._note_seconds = 60.0
        assert (await worker.detect(NOTE)).verdict.windows


async def test_a_note_that_nobody_waits_for_any_more_does_not_answer_the_next_one() -> None:
    long = encode(speech(20.0), "ogg")
    async with running() as worker:
        [process] = children()
        os.kill(process, signal.SIGSTOP)  # or it might have the answer before nobody waits
        asked = asyncio.create_task(worker.detect(long))
        async with asyncio.timeout(60):
            while not worker._idle.empty():  # until it is asked
                await asyncio.sleep(0.01)
        asked.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asked
        with suppress(ProcessLookupError):  # were it still there, it would now answer
            os.kill(process, signal.SIGCONT)
        answer = await worker.detect(NOTE)
        assert answer.verdict.windows[-1].end == pytest.approx(5.0, abs=0.1)


async def test_two_processes_judge_at_the_same_time() -> None:
    async with running(processes=2) as worker:
        first, second = children()
        os.kill(first, signal.SIGSTOP)
        os.kill(second, signal.SIGCONT)
        stuck = [asyncio.create_task(worker.detect(NOTE)) for _ in range(2)]
        done, waiting = await asyncio.wait(stuck, timeout=60, return_when=asyncio.FIRST_COMPLETED)
        assert (len(done), len(waiting)) == (1, 1)
        os.kill(first, signal.SIGCONT)
        assert (await waiting.pop()).verdict.windows


async def test_places_are_bounded_by_number_and_by_bytes() -> None:
    worker = WorkerPool(None, 300.0, 1, places=2)
    with worker.place(1), worker.place(1), pytest.raises(Busy), worker.place(1):
        pass
    with worker.place(61 * 1024**2), pytest.raises(Busy), worker.place(20 * 1024**2):
        pass
    with worker.place(60 * 1024**2), worker.place(20 * 1024**2):
        pass


async def test_health_notices_a_dead_process_and_revives_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    worker = WorkerPool(None, 300.0, 1, places=1)
    assert not await worker.answers()
    async with running() as worker:
        assert await worker.answers()
        [process] = children()
        os.kill(process, signal.SIGSTOP)
        with monkeypatch.context() as patch:
            patch.setattr("bot.worker.pool.PING_SECONDS", 0.5)
            assert not await worker.answers()
        assert await worker.answers()


async def test_a_model_that_cannot_be_trusted_is_not_served(tmp_path: Path) -> None:
    model = tmp_path / "model.onnx"
    model.write_bytes(b"no model")
    worker = WorkerPool(model, 300.0, 1, places=1)
    with pytest.raises(ModelError, match=r"model\.onnx"):
        await worker.start()
    await worker.close()
    assert children() == []


async def test_what_it_does_is_counted() -> None:
    async with running() as worker:
        asked = metrics.total("ouvido_note_seconds_count", step="judge")
        restarts = metrics.total("ouvido_listener_restarts_total")
        metrics.watch(worker)
        with worker.place(1):
            assert metrics.total("ouvido_queue_length") == 1
        assert metrics.total("ouvido_listeners_resident_memory_bytes") > 10 * 1024**2
        await worker.detect(NOTE)
        [process] = worker.processes
        os.kill(process, signal.SIGKILL)
        while (child := worker._processes[0]._child) and child.returncode is None:
            await asyncio.sleep(0.01)
        await worker.detect(NOTE)
    assert metrics.total("ouvido_note_seconds_count", step="judge") == asked + 2
    assert metrics.total("ouvido_listener_restarts_total") == restarts + 1
    assert metrics.total("ouvido_listeners_resident_memory_bytes") == 0


async def test_a_listeners_trouble_is_logged_as_the_operator_wants_it(
    capfd: pytest.CaptureFixture[str],
) -> None:
    worker = WorkerPool(None, 300.0, 1, places=1, log_format="json")
    await worker.start()
    header, _ = await worker._ask(
        {"part": ["a", "b"], "captions": None}, NOTE, 60.0
    )  # no such part
    await worker.close()
    assert header["error"] == "failed"
    line = json.loads(capfd.readouterr().err)
    assert (line["level"], "TypeError" in line["trace"]) == ("ERROR", True)


async def test_closing_leaves_no_process_behind() -> None:
    async with running(processes=2):
        assert len(children()) == 2
    assert children() == []


async def test_a_listener_ends_with_the_bot_that_was_killed() -> None:
    process = WorkerProcess(None, 300.0)
    await process.start()
    [child] = children()
    assert process._child is not None
    assert process._child.stdin is not None
    process._child.stdin.close()  # what the kernel does when the bot dies
    async with asyncio.timeout(60):
        assert await process._child.wait() == 0
    assert not Path(f"/proc/{child}").exists()
    await process.close()


@pytest.mark.parametrize("received", [NOTE, NOTE[:100]], ids=["asked", "half"])
def test_a_listener_whose_bot_dies_at_work_ends_without_a_word(received: bytes) -> None:
    command = WorkerProcess(None, 300.0)._command
    with Popen(command, stdin=PIPE, stdout=PIPE, stderr=PIPE, env=environment()) as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        protocol.read(cast(BinaryIO, process.stdout))
        process.stdin.write(protocol.pack({"part": None, "captions": None}, NOTE) + received)
        process.stdin.close()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 0


async def test_the_listener_knows_no_secret_and_has_limits(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "123:hush")
    monkeypatch.setenv("WEBHOOK_SECRET", "hidden")
    async with running():
        [child] = children()
        environment = Path(f"/proc/{child}/environ").read_bytes()
        limits = Path(f"/proc/{child}/limits").read_text()
    assert b"hush" not in environment
    assert b"hidden" not in environment
    named = {line[:25].strip(): line[25:].split()[0] for line in limits.splitlines()[1:]}
    assert int(named["Max address space"]) <= 4 * 1024**3
    assert named["Max core file size"] == "0"
    assert int(named["Max file size"]) <= 256 * 1024**2


async def test_a_listener_is_boxed_with_all_its_threads() -> None:
    async with running() as worker:
        await worker.detect(NOTE, captions=ENGLISH)
        [child] = children()
        states = [task.read_text() for task in Path(f"/proc/{child}/task").glob("*/status")]
    assert states
    for state in states:
        assert ("NoNewPrivs:\t1" in state) == bool(worker.box.landlock or worker.box.seccomp)
        assert ("Seccomp:\t2" in state) == worker.box.seccomp


async def test_what_the_box_lacks_is_logged_once(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def started(_: WorkerProcess) -> dict[str, Any]:
        box = {"landlock": 0, "seccomp": True, "missing": "this kernel has no Landlock"}
        return {"model": "ouvido-9.9.9", "card": {}, "max_bytes": 1, "box": box}

    monkeypatch.setattr(WorkerProcess, "start", started)
    await WorkerPool(None, 300.0, 3, places=2).start()
    [record] = caplog.records
    assert record.levelname == "WARNING"
    assert "seccomp only: this kernel has no Landlock" in record.getMessage()


async def test_a_listener_leaves_nothing_on_the_disk_and_reports_to_nobody(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("HOME", "TMPDIR", "XDG_CACHE_HOME"):  # where ONNX Runtime's telemetry stores
        monkeypatch.setenv(name, str(tmp_path))
    async with running() as worker:
        await worker.detect(NOTE)
        await worker.detect(encode(speech(3.0), "mp4"))
    assert list(tmp_path.rglob("*")) == []
