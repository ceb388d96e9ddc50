"""Taking times: pair by pair in turn, so that a busy minute falls on both sides of a ratio."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from statistics import median, quantiles
from threading import Thread
from time import perf_counter

from benchmarks.visitor import Answer

Ask = Callable[[], Answer]


@dataclass(frozen=True)
class Effort:
    """How many runs of how many requests, each after a warm-up; for how long several ask at once; runs of a job;
    rows of a file."""

    runs: int
    times: int
    warm_up: int
    seconds: float
    jobs: int
    rows: int


FULL, QUICK, ONCE = Effort(5, 40, 6, 3, 3, 10_000), Effort(3, 10, 4, 1, 1, 10_000), Effort(1, 2, 0, 0.01, 1, 20)


@dataclass
class Times:
    """What one side of a pair took, run by run, in seconds."""

    runs: list[list[float]] = field(default_factory=list)
    size: int = 0

    @property
    def all(self) -> list[float]:
        return [each for run in self.runs for each in run]

    @property
    def p50(self) -> float:
        return median(self.all)

    @property
    def p95(self) -> float:
        return quantiles(self.all, n=20)[-1]

    @property
    def medians(self) -> tuple[float, float, float]:
        """Of the runs: the least, the middle and the largest."""
        each = sorted(map(median, self.runs))
        return each[0], median(each), each[-1]


def in_turn(sides: Sequence[Ask], effort: Effort) -> list[Times]:
    """Ask A, B, A, B …, each run after a warm-up of its own."""
    taken = [Times() for _side in sides]
    for _run in range(effort.runs):
        for side in sides:
            for _ in range(effort.warm_up):
                expected(side())
        for each in taken:
            each.runs.append([])
        for _ in range(effort.times):
            for side, each in zip(sides, taken, strict=True):
                answer = expected(side())
                each.runs[-1].append(answer.seconds)
                each.size = answer.size
    return taken


def ratio(ours: Times, theirs: Times) -> tuple[float, float, float]:
    """Ours to theirs, of each run: the least, the middle and the largest."""
    each = sorted(median(a) / median(b) for a, b in zip(ours.runs, theirs.runs, strict=True))
    return each[0], median(each), each[-1]


def expected(answer: Answer) -> Answer:
    """A refused request is quick, and no figure."""
    assert answer.status in (200, 302), f"answered {answer.status}"
    return answer


def a_second(visitors: Sequence[Ask], seconds: float) -> float:
    """How many requests a second several at once are answered."""
    counts = [0] * len(visitors)
    until = perf_counter() + seconds

    def ask(number: int) -> None:
        while perf_counter() < until:
            expected(visitors[number]())
            counts[number] += 1

    threads = [Thread(target=ask, args=[number]) for number in range(len(visitors))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / seconds
