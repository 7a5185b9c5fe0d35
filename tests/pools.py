"""A pool without processes: Ray's start takes seconds, and what is tested is the step."""

from collections.abc import Callable, Iterator, Sequence

from dataset.pool import Failed, Item, Pool, Result


class Here(Pool):
    def each(
        self, make: Callable[[], Callable[[Item], Result]], items: Sequence[Item], label: str
    ) -> Iterator[Result | Failed]:
        work = make()
        for item in items:
            try:
                yield work(item)
            except Exception as error:
                yield Failed(str(error))
