"""Whatever a file says of people: in which pieces it comes makes no difference, and the second time it says nothing."""

import pytest
from django.db import transaction
from hypothesis import example, given
from hypothesis import strategies as st

from relationships.repair import repair
from stakeholders.intake import PeopleIntake
from stakeholders.models import Stakeholder
from tests.examples import tried
from tests.factories import AccountFactory
from tests.importing import Import, acts

pytestmark = pytest.mark.django_db
FACTS = {
    "name": st.sampled_from(["王伟", "王 伟", "Wu Fang", "wu fang", ""]),
    "title": st.sampled_from(["", "", "Engineer", "ENGINEER", "Chair"]),
    "unit": st.sampled_from(["", "IT", "Ops"]),
    "mobile": st.lists(st.sampled_from(["13800138000", "+86 138 0013 8000", "13900139000", "12"]), max_size=2),
    "email": st.lists(st.sampled_from(["a@x.example", "A@x.example", "b@x.example", "none"]), max_size=1),
    "roles": st.lists(st.sampled_from(["A", "D2", "S", "?"]), max_size=2),
    "level": st.sampled_from([None, "executive", "staff"]),
    "external_id": st.sampled_from([None, None, "1", "2"]),
    "manager": st.sampled_from([None, "Wu Fang", "a@x.example", "Nobody"]),
}
FILES = st.lists(st.fixed_dictionaries({}, optional=FACTS), max_size=6)


def told(account):
    """Everybody at the account, in words."""
    people = Stakeholder.objects.present().filter(account=account)
    return sorted(
        (
            person.name, person.title, str(person.unit or ""), person.level, person.key_class,
            sorted(person.contact_methods.values_list("kind", "normalised")),
            sorted(person.roles.values_list("letter", "power")),
            str(person.positions.get().reports_to and person.positions.get().reports_to.stakeholder),
        )
        for person in people.select_related("unit")
    )  # fmt: skip


def assert_grown(in_halves, at_once):
    """The same people; but a boss may be known from when the first half was all there was, though the second brings a
    namesake, whom the name alone might mean as well."""
    assert [facts[:-1] for facts in in_halves] == [facts[:-1] for facts in at_once]
    assert all(other[-1] in (facts[-1], "None") for facts, other in zip(in_halves, at_once, strict=True))


@tried(200)
@example([{"name": "王伟", "manager": "Wu Fang"}, {"name": "wu fang", "unit": "IT"}, {}, {"name": "Wu Fang"}], 1)
@given(FILES, st.integers(1, 3))
def test_pieces_make_no_difference_and_the_second_time_says_nothing(ann, file, chunk):
    with transaction.atomic():
        one, two, three = (AccountFactory(name=name, owner=ann) for name in ("One", "Two", "Three"))
        at_one, at_two, at_three = ([{"account": name, **row} for row in file] for name in ("One", "Two", "Three"))

        foreseen = acts(Import(PeopleIntake, at_one, by=ann, source="x1", chunk=chunk).judge())
        in_pieces = acts(Import(PeopleIntake, at_one, by=ann, source="x1", chunk=chunk).run())
        at_once = acts(Import(PeopleIntake, at_two, by=ann, source="x2").run())
        Import(PeopleIntake, at_three[: len(file) // 2], by=ann, source="x3").run()
        Import(PeopleIntake, at_three, by=ann, source="x3").run()
        before = told(one)
        again = Import(PeopleIntake, at_one, by=ann, source="x1").run()

        assert foreseen == in_pieces == at_once
        assert told(one) == told(two) == before
        assert_grown(told(three), before)
        assert set(acts(again)) <= {"nothing", "refuse"}
        assert repair() == {"people": 0, "contact_states": 0}
        transaction.set_rollback(True)
