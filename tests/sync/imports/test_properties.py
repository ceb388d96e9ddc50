"""Random files with planted errors: each row comes to what a short oracle says, whatever the chunks, twice the same."""

from random import Random

import pytest

from records.models import ExternalReference
from stakeholders.models import Stakeholder
from sync.imports import report
from sync.models import ImportRow
from tests.examples import FULL
from tests.factories import AccountFactory
from tests.sync.imports.desk import apply, bring_file, bring_in, check, counts, undo

pytestmark = pytest.mark.django_db

HEADERS = ("Contact ID", "Name", "Account", "Email", "Birthday", "Level", "Title")
# What is planted, and at which header the reason stands; none for what is wrong with the row as a whole.
PLANTED = {
    "Name": {"Name": ""},
    "Account": {"Account": "Nowhere"},
    "Hidden": {"Account": "Hidden"},
    "Title": {"Title": "x" * 200},
    "Birthday": {"Birthday": "1985-02-30"},
    "Level": {"Level": "emperor"},
    "Twin": {},
}


def row(number, **told):
    plain = {
        "Contact ID": f"k{number}", "Name": f"Person {number}", "Account": "Acme", "Email": f"p{number}@acme.example",
        "Birthday": "1985-02-03", "Level": "manager", "Title": "Buyer",
    }  # fmt: skip
    return plain | told


def file_of(rows):
    lines = (",".join(each[header] for header in HEADERS) for each in rows)
    return ",".join(HEADERS) + "\n" + "\n".join(lines) + "\n"


def planted(random, size):
    """Rows of a second file, and what must become of each: an act, and the header at fault."""
    rows, expected, good = [], [], []
    for number in range(size):
        kind = random.choice(["new", "same", "changed", *PLANTED])
        known = number < size // 2
        if kind == "Twin" and good:
            rows.append(rows[random.choice(good)])
            expected.append(("refuse", ""))
        elif kind in PLANTED and kind != "Twin":
            rows.append(row(number, **PLANTED[kind]))
            expected.append(("refuse", "Account" if kind == "Hidden" else kind))
        else:
            is_changed = kind == "changed" and known
            rows.append(row(number, **({"Title": "Head buyer"} if is_changed else {})))
            expected.append(("change" if is_changed else "nothing" if known else "create", ""))
            good.append(number)
    return rows, expected


def said_of(run):
    """Act and header of each row that has a line."""
    lines = ImportRow.objects.of(run).order_by("number")
    return {
        line.number - 2: (line.act, report.heading(run, line.told[0][0]) if line.told else "")
        for line in lines
        if line.act != "nothing"
    }


@pytest.mark.parametrize("seed", range(40 if FULL else 4))
def test_each_row_comes_to_what_the_oracle_says(seed, acme, ann, cleo, settings):
    random = Random(seed)
    size = random.randint(20, 60)
    AccountFactory(name="Hidden", owner=cleo)
    bring_in(file_of(row(number) for number in range(size // 2)), "people", by=ann, source="crm")
    before = list(Stakeholder.objects.order_by("name").values_list("name", "title"))
    rows, expected = planted(random, size)
    settings.IMPORT_CHUNK = random.randint(3, 30)

    run = check(bring_file(file_of(rows), "people", by=ann), source="crm")
    written = {number: told for number, told in enumerate(expected) if told[0] != "nothing"}
    assert said_of(run) == {number: told for number, told in written.items() if told[0] == "refuse"}
    judged = counts(run)
    run = apply(run)

    assert said_of(run) == written
    assert counts(run) == judged
    created = sum(act == "create" for act, _header in expected)
    assert Stakeholder.objects.present().count() == len(before) + created
    assert set(counts(bring_in(file_of(rows), "people", by=ann, source="crm"))) <= {"nothing", "refuse"}

    undo(run)
    assert list(Stakeholder.objects.present().order_by("name").values_list("name", "title")) == before
    assert ExternalReference.objects.count() == len(before)


def test_a_hidden_account_is_refused_in_the_same_words_as_one_that_is_not_there(acme, ann, cleo):
    AccountFactory(name="Hidden", owner=cleo)

    run = check(bring_file(file_of([row(1, Account="Hidden"), row(2, Account="Absent")]), "people", by=ann), source="x")

    hidden, absent = ([sentence for _name, sentence in line.told] for line in ImportRow.objects.of(run))
    assert [sentence.replace("Hidden", "Absent") for sentence in hidden] == absent
