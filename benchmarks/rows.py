"""What is asked for, and beside what: each page with its bare twin and its budget."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote
from uuid import uuid4

from benchmarks.measures import Ask
from benchmarks.visitor import Answer, Visitor

REP, EXECUTIVE = "rep", "executive"
PEOPLE, ACCOUNTS, CREATE, FIRST_PAGE = "/people/", "/accounts/", "create", "first page"
Scene = dict[str, Any]


@dataclass(frozen=True)
class Row:
    """A line of the table: who asks for what, the twin it is compared with, and how many times that it may take."""

    name: str
    who: str
    path: Callable[[Scene], str]
    twin: str = PEOPLE
    budget: float | None = None
    fragment: str = ""


def at(path: str) -> Callable[[Scene], str]:
    return lambda scene: path.format(**scene)


def found(text: str) -> Callable[[Scene], str]:
    return lambda scene: f"/search/?q={quote(text)}"


ROWS = [
    Row("people, first page", EXECUTIVE, at("/people/"), budget=2.5),
    Row("people, deep page", EXECUTIVE, at("/people/?cursor={deep}"), twin=FIRST_PAGE, budget=1.2),
    Row("people, as rep", REP, at("/people/"), budget=2.5),
    Row("accounts", EXECUTIVE, at("/accounts/"), twin=ACCOUNTS, budget=2.5),
    Row("accounts, as rep", REP, at("/accounts/"), twin=ACCOUNTS, budget=2.5),
    Row("search 王伟", EXECUTIVE, found("王伟"), budget=3),
    Row("search 王伟, as rep", REP, found("王伟"), budget=3),
    Row("search wangw", EXECUTIVE, found("wangw"), budget=3),
    Row("search ww", EXECUTIVE, found("ww"), budget=3),
    Row("search fisch", EXECUTIVE, found("fisch"), budget=3),
    Row("search 王", EXECUTIVE, found("王"), budget=3),
    Row("search 王, as rep", REP, found("王"), budget=3),
    Row("suggestions ww", EXECUTIVE, found("ww"), budget=3, fragment="search-results"),
    Row("person", REP, at("/people/{person}/")),
    Row("account", REP, at("/accounts/{account}/")),
    Row("account, the largest", EXECUTIVE, at("/accounts/{largest}/")),
    Row("home, as rep", REP, at("/")),
    Row("home, as executive", EXECUTIVE, at("/")),
    Row("log a visit", REP, at(CREATE), twin=CREATE, budget=6),
]


def ask_for(row: Row, visitor: Visitor, scene: Scene) -> Ask:
    """What the visitor does for this row."""
    path = row.path(scene)
    if path == CREATE:
        return lambda: log_visit(visitor, scene)
    headers = {"HX-Request": "true", "HX-Target": row.fragment} if row.fragment else {}
    return lambda: visitor.get(path, **headers)


def ask_twin(row: Row, visitor: Visitor, bare: Visitor, scene: Scene) -> Ask:
    """What it is compared with: the bare project, or the first page of the same list."""
    if row.twin == FIRST_PAGE:
        return lambda: visitor.get("/people/")
    if row.twin == CREATE:
        return lambda: bare_visit(bare, scene)
    return lambda: bare.get(row.twin)


def log_visit(visitor: Visitor, scene: Scene) -> Answer:
    """A visit as the page sends it, each with an id of its own; that it was saved shows in where it leads."""
    now = datetime.now(UTC).isoformat()
    sent = {
        "account": scene["account"], "activity_type": scene["visit_type"], "people": [scene["person"]], "when": "now",
        "client_id": str(uuid4()), "opened_at": now, "summary": "The cutover is on Friday.",
    }  # fmt: skip
    answer = visitor.post("/interactions/log/", sent)
    assert answer.location.endswith("/after/"), f"not saved: {answer.status}"
    return answer


def bare_visit(bare: Visitor, scene: Scene) -> Answer:
    """The same row by Django alone."""
    today = datetime.now(UTC).date().isoformat()
    told = {"account": scene["account"], "activity_type": scene["visit_type"], "held_on": today}
    answer = bare.post("/visits/", told | {"summary": "The cutover is on Friday."})
    assert answer.status == 302, f"not saved: {answer.status}"
    return answer
