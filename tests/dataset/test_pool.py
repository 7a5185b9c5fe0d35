"""Workers: order, failures, deaths, and the same answers however many there are."""

import functools
import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dataset.pool import ATTEMPTS, Failed, Pool


def _times(factor: int) -> Callable[[int], int]:
    return lambda number: factor * number


def _inverse() -> Callable[[float], float]:
    return lambda number: 1.0 / number


def _broken() -> Callable[[int], int]:
    raise ValueError("the model's file is missing")


def _mortal(folder: Path, deadly: int, deaths: int) -> Callable[[int], int]:
    """Kills its own process `deaths` times at the number `deadly`; notes every number it did."""

    def work(number: int) -> int:
        if number == deadly and len(list(folder.glob("death-*"))) < deaths:
            (folder / f"death-{os.getpid()}").touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return number

    return work


@pytest.fixture(scope="module", autouse=True)
def _ray() -> Iterator[None]:
    import ray

    yield
    ray.shutdown()


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
    assert results == [1.0, Failed("float division by zero"), 0.5]


def test_workers_that_cannot_be_made_stop_everything() -> None:
    with pytest.raises(ValueError, match="the model's file is missing"):
        list(Pool(workers=2).each(_broken, range(5), ""))


def test_a_killed_worker_loses_nothing_and_duplicates_nothing(tmp_path: Path) -> None:
    make = functools.partial(_mortal, tmp_path, 60, 1)
    assert list(Pool(workers=2).each(make, range(200), "")) == list(range(200))
    assert len(list(tmp_path.glob("death-*"))) == 1


def test_an_item_that_kills_every_worker_is_given_up(tmp_path: Path) -> None:
    make = functools.partial(_mortal, tmp_path, 3, 99)
    results = list(Pool(workers=2).each(make, range(8), ""))
    assert [result for result in results if not isinstance(result, Failed)] == [0, 1, 2, 4, 5, 6, 7]
    assert results[3] == Failed(f"its worker died {ATTEMPTS} times (out of memory?)")
    assert len(list(tmp_path.glob("death-*"))) in (ATTEMPTS, ATTEMPTS + 1)  # once in a bundle


def test_the_rest_is_left_alone_when_nobody_asks_for_it() -> None:
    results = Pool(workers=2).each(functools.partial(_times, 1), range(10**6), "")
    assert [next(results) for _ in range(3)] == [0, 1, 2]
    results.close()  # type: ignore[attr-defined]  # a generator
