"""One run: the pages beside their bare twins, what the workers hold, then the jobs."""

import json
from collections.abc import Iterator

from benchmarks import table
from benchmarks.ground import Ground
from benchmarks.measures import Effort, a_second, in_turn, ratio
from benchmarks.rows import EXECUTIVE, REP, ROWS, Row, Scene, ask_for, ask_twin
from benchmarks.served import served
from benchmarks.visitor import Visitor

AT_ONCE = 4
ALERTS, IMPORT = "alert job", "import of people, CSV"


def lines(ground: Ground, scene: Scene, *, only: str, effort: Effort) -> Iterator[list[str]]:
    """The table, line by line."""
    if wanted := [row for row in ROWS if only in row.name]:
        yield from pages(ground, scene, wanted, effort)
    if only in ALERTS:
        yield from alerts(ground, effort)
    if only in IMPORT:
        yield from imported(ground, effort)


def pages(ground: Ground, scene: Scene, wanted: list[Row], effort: Effort) -> Iterator[list[str]]:
    """Each page and its twin, asked in turn; the memory of idle workers before, and after all that."""
    theirs = served(ground, "benchmarks.bare.wsgi", "benchmarks.bare.settings")
    with served(ground, "config.wsgi", "config.settings") as ours, theirs as bare:
        users, guests = {}, {}
        for who in (REP, EXECUTIVE):
            email, password = scene[who], scene["password"]
            users[who] = Visitor(ours.port).sign_in("/auth/login/", login=email, password=password)
            guests[who] = Visitor(bare.port).sign_in("/enter/", username=email, password=password)
        yield memory("two idle web workers", ours.megabytes(), 200)
        for row in wanted:
            yield page(row, users[row.who], guests[row.who], scene, effort)
        yield memory("the same after all this", ours.megabytes())


def page(row: Row, user: Visitor, bare: Visitor, scene: Scene, effort: Effort) -> list[str]:
    """One line: how long the page takes, and how that stands to the twin's time."""
    sides = [ask_for(row, user, scene), ask_twin(row, user, bare, scene)]
    ours, theirs = in_turn(sides, effort)
    crowd = [ask_for(row, Visitor(user.port, user.cookies), scene) for _ in range(AT_ONCE)]
    rate = a_second(crowd, effort.seconds)
    least, middle, largest = ratio(ours, theirs)
    return [
        row.name, f"{ours.p50 * 1000:.1f}", f"{ours.p95 * 1000:.1f}", f"{rate:.0f}", f"{ours.size / 1000:.0f}",
        f"{middle:.2f} ({least:.2f} … {largest:.2f})", table.verdict(middle, row.budget),
    ]  # fmt: skip


def alerts(ground: Ground, effort: Effort) -> Iterator[list[str]]:
    """The job in a process of its own, whose memory is its own, in turn with the plain statement."""
    told = json.loads(ground.run("-m", "benchmarks.jobs", effort.jobs))
    ratios = sorted(job / plain for job, plain in zip(told["job"], told["plain"], strict=True))
    middle = ratios[len(ratios) // 2]
    seconds = sorted(told["job"])[len(ratios) // 2]
    yield [
        f"{ALERTS}, {told['opened']:,} opened", f"{seconds * 1000:,.0f}", "", f"{told['opened'] / seconds:,.0f} rows/s",
        "", f"{middle:.2f} ({ratios[0]:.2f} … {ratios[-1]:.2f})", table.verdict(middle, 1.5),
    ]  # fmt: skip
    again = f"{told['changed']} rows changed"
    kept = table.judged("0 rows", not told["changed"])
    yield [f"{ALERTS}, second run", f"{told['again'] * 1000:,.0f}", "", "", "", again, kept]
    yield memory(f"{ALERTS}, memory", told["megabytes"])


def imported(ground: Ground, effort: Effort) -> Iterator[list[str]]:
    """New people with a phone each by the job of imports, taken back afterwards."""
    told = json.loads(ground.run("-m", "benchmarks.imports", effort.rows))
    for name, part in ((IMPORT, "apply"), (f"{IMPORT}, dry run", "check"), (f"{IMPORT}, undone", "undo")):
        rate = told["people"] / told[part]
        budget = table.at_least(rate, 2_000, " rows/s") if part == "apply" else ""
        yield [name, f"{told[part] * 1000:,.0f}", "", f"{rate:,.0f} rows/s", "", "", budget]
    yield memory(f"{IMPORT}, memory", told["megabytes"], 200)


def memory(name: str, megabytes: float, budget: float | None = None) -> list[str]:
    return [name, "", "", "", "", f"{megabytes:.0f} MB", table.verdict(megabytes, budget, " MB")]
