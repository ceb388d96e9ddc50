"""What a list shows, as a file: its columns, its order, only what the reader sees, nothing a spreadsheet would run."""

import csv
import io

import pytest
from django.test import Client
from openpyxl import load_workbook

from stakeholders.models import Position
from tests.factories import AccountFactory, StakeholderFactory, crowd, visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def taken():
    """A list as the rows of its file."""

    def take(user, listing, query="", kind="csv"):
        client = Client()
        client.force_login(user)
        answer = client.get(f"/lists/{listing}/export/?{query}&as={kind}")
        content = b"".join(answer.streaming_content)
        if kind == "xlsx":
            return [list(row) for row in load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)]
        assert content.startswith(b"\xef\xbb\xbf")
        assert ".csv" in answer["Content-Disposition"]
        return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))

    return take


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_file_holds_the_columns_and_rows_shown_in_their_order(acme, ann, north, taken, kind):
    AccountFactory(owner=ann, team=north, name="Bravo", tier="key", region="East")
    AccountFactory(owner=ann, team=north, name="Zulu", tier="key", region="West")

    rows = taken(ann, "accounts", "tier=key&sort=-name&columns=name,region,tier", kind)

    assert rows == [["Account", "Region", "Tier"], ["Zulu", "West", "Key"], ["Bravo", "East", "Key"]]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_cells_are_defused(acme, ann, taken, kind):
    StakeholderFactory(account=acme, name="=1+1", title="@SUM(A1)")

    assert taken(ann, "people", "columns=name,title", kind)[1] == ["'=1+1", "'@SUM(A1)"]


def test_it_runs_over_its_chunks(acme, ann, taken, monkeypatch):
    monkeypatch.setattr("sync.exports.CHUNK", 10)
    crowd(acme, [{"name": f"Person {number:02}"} for number in range(25)])

    rows = taken(ann, "people", "columns=name")

    assert [row[0] for row in rows[1:]] == [f"Person {number:02}" for number in range(25)]


def test_a_stranger_takes_nothing_and_a_guest_stays_one(acme, ann, cleo, taken):
    theirs = AccountFactory(owner=cleo, name="Globex Secret")
    guest = StakeholderFactory(account=theirs, name="Double Hat", title="Secret president", level="executive")
    guest.change(by=cleo, sensitive_notes="ill")
    Position.begin(guest, acme, by=cleo, title="Adviser")

    every = ",".join(["name", "title", "account", "level", "unit", "roles", "is_key", "last_contact", "counterpart"])
    told = str(taken(ann, "people", f"columns={every}"))

    assert "Adviser" in told
    for secret in ("Globex", "Secret president", "Executive", "ill"):
        assert secret not in told, secret
    assert len(taken(cleo, "accounts", "q=acme")) == 1


def test_every_list_can_be_taken_and_printed(acme, ann, taken):
    visit(StakeholderFactory(account=acme), by=ann)
    client = Client()
    client.force_login(ann)

    for listing in ("accounts", "people", "interactions", "actions", "alerts"):
        assert len(taken(ann, listing, kind="xlsx")) >= 1
        assert client.get(f"/lists/{listing}/print/").status_code == 200


def test_paper_ends_somewhere_and_says_so(acme, ann, monkeypatch):
    monkeypatch.setattr("sync.views.export.ON_PAPER", 3)
    crowd(acme, [{"name": f"Person {number}"} for number in range(5)])
    client = Client()
    client.force_login(ann)

    page = client.get("/lists/people/print/").content.decode()

    assert page.count("data-row") == 3
    assert "Only the first 3 rows" in page
