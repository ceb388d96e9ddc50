"""Eight colleagues at one account at the same moment, over HTTP: nothing is lost, doubled or answered by a 500."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from random import Random
from threading import Barrier
from uuid import uuid4

import pytest

from tests.examples import FULL
from tests.served.product import Visitor, path_of

pytestmark = pytest.mark.processes

AT_ONCE = 8
DEEDS = 400 if FULL else 40
LOG = "/interactions/log/"
# No verb's upkeep may leave anything to a later repair.
REPAIR = "from relationships.repair import repair; left = repair(); assert not any(left.values()), left"


@pytest.fixture(scope="module")
def house(on_postgresql):
    return on_postgresql


@pytest.fixture(scope="module")
def visitors(house):
    """Ann and ben, each in four browsers."""
    return [Visitor(house.address).sign_in(f"{name}@two-eyes.example") for name in ("ann", "ben") * (AT_ONCE // 2)]


@pytest.fixture(autouse=True)
def without_mistakes(house):
    yield
    assert "Traceback" not in house.log


@pytest.fixture
def recomputed(house):
    """What is stored in the end is what a recompute finds."""
    yield
    house.python("manage.py", "shell", "-v", "0", "-c", REPAIR)


def together(visitors, work: Callable) -> list:
    """Everybody's answer to the same deed at the same moment."""
    gate = Barrier(len(visitors))

    def one(numbered):
        gate.wait(30)
        return work(*numbered)

    with ThreadPoolExecutor(len(visitors)) as pool:
        return list(pool.map(one, enumerate(visitors)))


def visit(house, number: int = 0, **values) -> dict:
    scene = house.scene
    sent = {"account": scene["account"], "activity_type": scene["visit"], "people": scene[f"person{number}"]}
    return sent | {"when": "now", "client_id": str(uuid4())} | values


def statuses(answers) -> Counter:
    return Counter(answer.status_code for answer in answers)


def test_one_form_sent_eight_times_is_one_visit(house, visitors):
    anns = visitors[::2]
    form, before = visit(house), house.count("relationships_interaction")

    answers = together(anns + anns, lambda _number, visitor: visitor.post(LOG, form))

    assert statuses(answers) == {302: 8}
    assert len({path_of(answer) for answer in answers}) == 1
    assert house.count("relationships_interaction") == before + 1


def test_one_id_with_eight_contents_is_one_visit_and_seven_refusals(house, visitors):
    anns = visitors[::2]
    form, before = visit(house), house.count("relationships_interaction")

    answers = together(anns + anns, lambda number, visitor: visitor.post(LOG, form | {"summary": f"Number {number}"}))

    assert statuses(answers) == {302: 1, 409: 7}
    assert house.count("relationships_interaction") == before + 1


@pytest.mark.parametrize("what", ["account", "person", "visit"])
def test_of_eight_edits_of_one_version_one_wins_and_the_others_see_both(what, house, visitors):
    address, field = edit_of(what, house, visitors[0])
    forms = [visitor.form(address) for visitor in visitors]

    answers = together(
        visitors, lambda number, visitor: visitor.post(address, forms[number] | {field: f"By number {number}"})
    )

    assert statuses(answers) == {302: 1, 409: 7}
    winner = next(number for number, answer in enumerate(answers) if answer.status_code == 302)
    assert visitors[0].form(address)[field] == [f"By number {winner}"]
    for number, answer in enumerate(answers):
        if number != winner:
            assert f"By number {winner}" in answer.text
            assert f"By number {number}" in answer.text


def edit_of(what: str, house, visitor) -> tuple[str, str]:
    """Where a record is edited, and a field of its form."""
    if what == "visit":
        return path_of(visitor.post(LOG, visit(house))).replace("/after/", "/edit/"), "summary"
    if what == "person":
        return f"/people/{house.scene['person1']}/edit/", "responsibility"
    return f"/accounts/{house.scene['account']}/edit/", "notes"


def test_deeds_of_all_kinds_at_once_leave_what_a_recompute_finds(house, visitors, recomputed):
    found = together(visitors, lambda number, visitor: Worker(house, visitor, Random(number)).work())

    seen = sum(found, Counter())
    assert not [status for status in seen if status >= 500], seen
    assert seen[302] > DEEDS


def test_removing_and_undoing_at_once_ends_in_one_or_the_other(house, visitors, recomputed):
    for record in (f"/people/{house.scene['person7']}/", f"/accounts/{house.scene['account']}/"):
        ways = [record + "remove/", record + "restore/"] * (AT_ONCE // 2)
        for _ in range(DEEDS // 20):
            answers = together(visitors, lambda number, visitor, at=ways: visitor.post(at[number]))
            assert set(statuses(answers)) <= {302, 404}
        visitors[0].post(record + "restore/")
        assert visitors[0].get(record).status_code == 200


class Worker:
    """Somebody who logs, corrects, deletes and undoes without waiting for anybody."""

    def __init__(self, house, visitor: Visitor, random: Random) -> None:
        self.house, self.visitor, self.random = house, visitor, random
        self.visits: list[str] = []
        self.seen: Counter = Counter()

    def work(self) -> Counter:
        """How often each status came back."""
        deeds = [self.log, self.log, self.correct, self.delete, self.undo, self.move, self.watch, self.judge]
        for _ in range(DEEDS):
            self.random.choice(deeds)()
        return self.seen

    def send(self, path: str, values: dict | None = None) -> object:
        answer = self.visitor.post(path, values)
        self.seen[answer.status_code] += 1
        return answer

    def person(self) -> str:
        return self.house.scene[f"person{self.random.randrange(8)}"]

    def log(self) -> None:
        people = [self.house.scene[f"person{number}"] for number in self.random.sample(range(8), 3)]
        when = self.random.choice(["now", "yesterday"])
        answer = self.send(LOG, visit(self.house) | {"people": people, "when": when})
        if answer.status_code == 302:
            self.visits.append(path_of(answer).removesuffix("after/"))

    def correct(self) -> None:
        if not self.visits:
            return
        path = self.random.choice(self.visits) + "edit/"
        if self.visitor.get(path).status_code == 200:
            self.send(path, self.visitor.form(path) | {"people": [self.person()], "summary": str(uuid4())})

    def delete(self) -> None:
        if self.visits:
            self.send(self.random.choice(self.visits) + "delete/")

    def undo(self) -> None:
        if self.visits:
            self.send(self.random.choice(self.visits) + "restore/")

    def move(self) -> None:
        """The account's tier decides about every gap."""
        path = f"/accounts/{self.house.scene['account']}/edit/"
        self.send(path, self.visitor.form(path) | {"tier": self.random.choice(["strategic", "key", "standard"])})

    def watch(self) -> None:
        self.send(f"/people/{self.person()}/watch/", {"watch": self.random.choice(["yes", ""])})

    def judge(self) -> None:
        path = f"/people/{self.person()}/edit/"
        self.send(
            path,
            self.visitor.form(path) | {"key_override": self.random.choice(["", "out"]), "key_override_reason": "x"},
        )
