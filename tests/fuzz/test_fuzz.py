"""Two thousand mutated inputs leave everything as it was; and the fuzzer sees what goes wrong."""

import os
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest

from inference.decoding import audio
from tests.fuzz import mutate, run, seeds, structure
from tests.fuzz.run import Find, Result
from tests.fuzz.watch import Costs, Hang, Misdeed, Watch, limited

INPUTS = 2_000
# aiohttp warns of what it passes over in a form, Python of a socket that a broken form left.
pytestmark = pytest.mark.filterwarnings("ignore")


async def test_no_input_does_what_none_may() -> None:
    result = Result()
    await run.run(0, range(INPUTS), result, lambda _: None)
    assert result.finds == []
    assert result.done == INPUTS
    kinds = {answer.partition(" ")[0] for answer in result.answers}
    assert kinds == {*run.MIX}
    for answer in ("decode sound", "decode undecodable", "page 200", "page 400", "card refused"):
        assert result.answers[answer] > 0, "the mutations are too weak or too strong"


# The fuzzer itself


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[Watch]:
    before = Path.cwd()
    Path("/proc/self/clear_refs").write_text("5")  # what tests before it took is no peak any more
    watch = Watch(tmp_path, 0)
    yield watch
    watch.close()
    os.chdir(before)


def _open(_: int) -> None:
    Path(seeds.CANARY).read_bytes()


def _write(_: int) -> None:
    Path("left").write_text("a")


def _connect(port: int) -> None:
    socket.create_connection(("127.0.0.1", port)).close()


@pytest.mark.parametrize(
    ("deed", "seen"),
    [(_open, "canary.wav was opened"), (_write, "left was"), (_connect, "a connection was made")],
)
def test_what_an_input_touches_is_seen(
    watch: Watch, deed: Callable[[int], None], seen: str
) -> None:
    watch.seen()
    (costs := Costs()).measure()
    with limited(watch, costs, 1, "decode"):
        pass
    with pytest.raises(Misdeed, match=seen), limited(watch, costs, 1, "decode"):
        deed(watch.port)


def test_an_input_that_hangs_or_burns_time_is_seen(
    watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch.seen()
    (costs := Costs()).measure()
    monkeypatch.setattr("tests.fuzz.watch.HANG", 1)
    with pytest.raises(Hang), limited(watch, costs, 1, "decode"):
        time.sleep(60)
    monkeypatch.setattr("tests.fuzz.watch.SLOW", 0.01)
    with pytest.raises(Misdeed, match="processor"), limited(watch, costs, 1, "decode"):
        sum(range(3_000_000))


def test_memory_beyond_the_limit_is_seen(watch: Watch, monkeypatch: pytest.MonkeyPatch) -> None:
    costs = Costs()
    costs.measure()
    watch.seen()
    monkeypatch.setattr("tests.fuzz.watch.LARGEST", 50_000)
    with pytest.raises(Misdeed, match="KiB"), limited(watch, costs, 1, "decode"):
        bytes(bytearray(100 * 1024**2).replace(b"\0", b"a"))


async def test_an_unexpected_error_is_a_find_and_the_next_input_follows(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(_: object) -> None:
        raise KeyError("mvhd")

    monkeypatch.setattr("tests.fuzz.files.containers.recognise", broken)
    result = Result()
    await run.run(0, range(20), result, lambda _: None)
    assert result.done == 20
    found = [find for find in result.finds if find.kind == "parse"]
    assert found
    assert "KeyError: 'mvhd'" in found[0].what


def test_the_same_number_is_the_same_input() -> None:
    for number in range(30):
        assert mutate.file(Random(number)) == mutate.file(Random(number))
    content = {"a": [1, "b", {"c": None}], "d": 0.5}
    assert mutate.text(content, Random(3)) == mutate.text(content, Random(3))
    assert len({mutate.file(Random(number)) for number in range(30)}) > 25


def test_a_run_goes_on_where_it_stood(tmp_path: Path) -> None:
    path = tmp_path / "18.json"
    assert run.load(path) == Result()
    result = Result(done=7, finds=[Find(3, "page", "500")])
    result.answers["page 400"] += 6
    result.costs.add(0.5, 6, "page")
    run.save(result, path)
    assert run.load(path) == result


@pytest.mark.parametrize("name", seeds.NAMES)
def test_pieces_lie_within_the_file_and_have_an_order(name: str) -> None:
    data = seeds.seed(name)
    found = structure.pieces(data)
    assert all(0 <= piece.start <= piece.body <= piece.end <= len(data) for piece in found)
    assert [piece.start for piece in found] == sorted(piece.start for piece in found)
    assert len(found) > 1


def test_a_sealed_ogg_is_taken_by_the_decoder() -> None:
    data = seeds.seed("ogg")
    assert structure.seal(data) == data
    last = structure.pieces(data)[-1]
    later = bytearray(data)
    later[last.start + 4 + 14] ^= 1  # its sequence number
    assert len(audio.decode(structure.seal(bytes(later)), 9.0)) > 16_000
