"""Whatever is sent to the forms about contacts and next steps, the answer is a sentence and never a 500 (design 9)."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from relationships.models import Action, ContactRules, Interaction
from tests.examples import tried
from tests.factories import AccountFactory, StakeholderFactory, activity, visit

pytestmark = pytest.mark.django_db

IDS = ("people", "spoken_to", "colleagues", "activity_type", "account", "owner", "next_owner", "stakeholder", "besides")
DAYS = ("held_on", "next_due", "due_on", "review_on", "opened_at", "time")
WORDS = ("when", "value_given", "favour_asked", "called_off_by", "miss", "step", "answer", "version", "done")
TEXTS = (
    "client_id", "place", "objective", "summary", "next_step", "title", "result", "reason", "find", "new_name",
    "new_title", "asked_by_them", "is_answered", "state", "whose", "type", "person", "colleague", "cursor", "customer",
)  # fmt: skip
NAMES = (*IDS, *DAYS, *WORDS, *TEXTS)

ODD = [
    "", " ", "\0", "a\0b", "x" * 25_000, "999999999999999999999999", "-1", "NaN", "1e999", "٣", "2026-02-30",
    "0001-01-01", "9999-12-31", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "2026-03-02T10:00",
    "25:00", "23:59:60", "02:30:00.000001", "{}", "[]", "'; --", "‮abc", "𝕏" * 40, "on", "no", "yes", "pick", "now",
    "yesterday", "find", "new", "nothing", "theirs", "refused", "00000000-0000-0000-0000-000000000000",
    "urn:uuid:6c1e7a52-9d1f-4d0c-8c5e-0a4f5b0f6d11", "６c1e7a52-9d1f-4d0c-8c5e-0a4f5b0f6d11",
]  # fmt: skip
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
one = st.sampled_from([*ODD, "<person>", "<other>", "<user>"]) | texts
forms = st.dictionaries(st.sampled_from(NAMES), st.lists(one, max_size=3), max_size=6)
LISTS = [
    f"relationships:{name}"
    for name in ["log", "plan", "too_often", "actions", "interactions", "clocks", "quiet_in_accounts"]
]


@pytest.fixture
def doors(client, acme, ann, north):
    """Each form with what makes it whole, and ids to put in it that are somebody else's."""
    client.force_login(ann)
    ContactRules.objects.update(crowd=0)
    liu = StakeholderFactory(account=acme, name="Liu Yang")
    other = StakeholderFactory(account=AccountFactory(owner=ann, team=north), name="Ma Lin")
    today = acme.today()
    met = visit(liu, by=ann, days_ago=2, is_unfinished=True)
    plan = Interaction.plan(acme, by=ann, people=[liu], activity_type=activity(), held_on=today + timedelta(days=2))
    step = Action.add(acme, "Call", today, by=ann)
    contact = {"account": acme.pk, "activity_type": activity().pk, "people": liu.pk, "when": "now"}
    later, next_step = {"held_on": plan.held_on}, {"title": "Call", "due_on": today, "owner": ann.pk}
    whole = {
        ("log", None): contact,
        ("plan", None): contact | later,
        ("edit", met): contact | {"when": "pick", "held_on": met.held_on, "version": met.version},
        ("edit", plan): contact | later | {"version": plan.version},
        ("complete", plan): contact | {"version": plan.version},
        ("after", met): {"version": met.version},
        ("cancel", plan): {"called_off_by": "ours"},
        ("missed", plan): {"called_off_by": "ours", "miss": "refused"},
        ("action", step): next_step | {"version": step.version},
        ("add_action", None): next_step,
        ("finish_action", step): {"version": step.version},
    }
    known = {"<person>": liu.pk, "<other>": other.pk, "<user>": north.lead_id or ann.pk}
    return Doors(client, acme, whole, known)


class Doors:
    def __init__(self, client, account, whole, known) -> None:
        self.client, self.account, self.whole = client, account, whole
        self.known = {name: str(pk) for name, pk in known.items()}

    def address(self, name, record) -> str:
        path = reverse(f"relationships:{name}", args=[record.pk] if record else [])
        return path + (f"?account={self.account.pk}" if name == "add_action" else "")

    def filled(self, form, sent) -> dict:
        odd = {name: [self.known.get(value, value) for value in values] for name, values in sent.items()}
        return {name: value for name, value in (form | odd).items() if value is not None}

    def ask(self, door, sent) -> int:
        """What a form answers; what it did is undone, so that each question meets the same world."""
        with transaction.atomic():
            status = self.client.post(self.address(*door), self.filled(self.whole[door], sent)).status_code
            transaction.set_rollback(True)
        return status

    def ask_all(self, sent) -> list[int]:
        return [self.ask(door, sent) for door in self.whole]

    def look(self, sent) -> list[int]:
        """What every list and the warning answer."""
        asked, paths = self.filled({"account": self.account.pk}, sent), map(reverse, LISTS)
        paths = [*paths, reverse("relationships:activity", args=[self.account.pk])]
        return [self.client.get(path, asked).status_code for path in paths]


def test_what_is_whole_goes_through(doors):
    assert set(doors.ask_all({})) == {302}


@tried(600)
@given(number=st.integers(0, 10), name=st.sampled_from(NAMES), value=one)
def test_no_field_falls_over_an_odd_value(doors, number, name, value):
    assert doors.ask(list(doors.whole)[number], {name: [value]}) < 500


@pytest.mark.long
@tried(200)
@given(sent=forms)
def test_no_form_falls_over_many_of_them(doors, sent):
    assert max(doors.ask_all(sent)) < 500


@pytest.mark.long
@tried(200)
@given(sent=forms)
def test_no_list_falls_over(doors, sent):
    assert max(doors.look(sent)) < 500


@pytest.mark.parametrize("name", ["people", "colleagues", "spoken_to", "summary"])
def test_a_list_without_end_is_refused(doors, name):
    long, longer = (["6c1e7a52-9d1f-4d0c-8c5e-0a4f5b0f6d11"] * size for size in (900, 1200))

    assert max(doors.ask_all({name: long})) in (302, 422)
    assert set(doors.ask_all({name: longer})) == {400}


@pytest.mark.parametrize("name", ["people", "time", "activity_type", "summary", "version"])
def test_half_a_surrogate_is_refused(doors, name):
    kind = "application/x-www-form-urlencoded; charset=utf-7"
    for door in doors.whole:
        response = doors.client.post(doors.address(*door), f"{name}=%2B2AA-".encode(), content_type=kind)
        assert response.status_code == 400
