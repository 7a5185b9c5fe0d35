"""Workers: order, failures, deaths, and the same answers however many there are."""

import functools
import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from dataset.engines.engine import NotReady, Refused
from dataset.execution.pool import ATTEMPTS, Failed, NoResources, Pool, WorkerCrashed

pytestmark = pytest.mark.xdist_group("ray")


def _times(factor: int) -> Callable[[int], int]:
    return lambda number: factor * number


def _inverse() -> Callable[[float], float]:
    return lambda number: 1.0 / number


def _refusing(reason: str) -> Callable[[int], int]:
    def work(number: int) -> int:
        raise Refused(reason)

    return work


def _broken() -> Callable[[int], int]:
    raise NotReady("the model's file is missing")


def _deadly() -> Callable[[int], int]:
    os.kill(os.getpid(), signal.SIGKILL)
    return abs


def _where() -> Callable[[int], str]:
    return lambda _: str(Path.cwd())


def _mortal(folder: Path, deadly: int, deaths: int) -> Callable[[int], int]:
    """Kills its own process `deaths` times at the number `deadly`; notes every number it did."""

    def work(number: int) -> int:
        if number == deadly and len(list(folder.glob("death-*"))) < deaths:
            (folder / f"death-{os.getpid()}").touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return number

    return work


def test_results_come_in_the_order_of_the_items() -> None:
    assert list(Pool(workers=2).each(functools.partial(_times, 3), range(1000), "")) == [
        3 * number for number in range(1000)
    ]


def test_one_worker_and_two_give_the_same() -> None:
    make = functools.partial(_times, 7)
    one, two = (list(Pool(workers=n).each(make, range(50), "")) for n in (1, 2))
    assert one == two


def test_no_items_need_no_workers() -> None:
    assert list(Pool().each(_broken, [], "")) == []


def test_an_item_that_cannot_be_done_says_why_and_stops_nothing() -> None:
    results = list(Pool(workers=2).each(_inverse, [1.0, 0.0, 2.0], ""))
    assert results == [1.0, Failed("ZeroDivisionError: float division by zero"), 0.5]


def test_our_own_errors_explain_themselves() -> None:
    make = functools.partial(_refusing, "no text")
    assert list(Pool(workers=1).each(make, [1], "")) == [Failed("no text")]


def test_workers_that_cannot_be_made_stop_everything_with_the_reason_alone() -> None:
    with pytest.raises(NotReady) as caught:
        list(Pool(workers=2).each(_broken, range(5), ""))
    assert str(caught.value) == "the model's file is missing"


def test_workers_that_die_while_they_load_stop_everything() -> None:
    with pytest.raises(WorkerCrashed, match=f"{ATTEMPTS} workers ended before they began"):
        list(Pool(workers=1).each(_deadly, range(5), ""))


def test_a_relative_path_means_the_same_in_a_worker(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert list(Pool(workers=1).each(_where, [0], "")) == [str(tmp_path)]


def test_a_killed_worker_loses_nothing_and_duplicates_nothing(tmp_path: Path) -> None:
    make = functools.partial(_mortal, tmp_path, 60, 1)
    assert list(Pool(workers=2).each(make, range(200), "")) == list(range(200))
    assert len(list(tmp_path.glob("death-*"))) == 1


def test_an_item_that_kills_every_worker_is_given_up(tmp_path: Path) -> None:
    make = functools.partial(_mortal, tmp_path, 3, 99)
    results = list(Pool(workers=2).each(make, range(8), ""))
    assert [result for result in results if not isinstance(result, Failed)] == [0, 1, 2, 4, 5, 6, 7]
    assert results[3] == Failed(f"its worker died {ATTEMPTS} times (out of memory?)")
    assert len(list(tmp_path.glob("death-*"))) == ATTEMPTS


def test_the_rest_is_left_alone_when_nobody_asks_for_it() -> None:
    results = Pool(workers=2).each(functools.partial(_times, 1), range(10**6), "")
    assert [next(results) for _ in range(3)] == [0, 1, 2]
    results.close()  # type: ignore[attr-defined]  # a generator


def test_an_engine_that_needs_a_gpu_is_told_that_there_is_none() -> None:
    with pytest.raises(
        NoResources, match=r"a worker needs 1 CPU and 99 GPU; this machine has .* GPU"
    ):
        list(Pool(workers=1, gpus=99.0).each(_where, [0], ""))


@pytest.mark.slow
def test_more_is_declared_than_the_machine_has_where_it_is_asked_for() -> None:
    """Slowly is better than never: an engine that wants four cores runs on two."""
    cores = os.cpu_count() or 1
    assert list(Pool(cpus=cores + 1.5).each(functools.partial(_times, 2), [1, 2], "")) == [2, 4]
    many = Pool(workers=cores + 2)
    assert list(many.each(functools.partial(_times, 2), range(9), "")) == list(range(0, 18, 2))


def test_a_cluster_that_is_not_there_is_named() -> None:
    with pytest.raises(NoResources, match="no Ray cluster answers at localhost:1 "):
        list(Pool(address="localhost:1").each(_where, [0], ""))


def test_an_address_without_a_port_is_no_cluster_either() -> None:
    with pytest.raises(NoResources, match="no Ray cluster answers at head "):
        list(Pool(address="head").each(_where, [0], ""))
