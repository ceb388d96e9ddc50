"""Ways to reach somebody: kept as typed, compared in one form, edited row by row with or without script."""

import pytest
from django.core.exceptions import ValidationError

from stakeholders.models import ContactMethod, Stakeholder
from tests.factories import StakeholderFactory


@pytest.fixture
def url(zhou):
    return f"/people/{zhou.pk}/contacts/"


def sent(zhou, *rows, **buttons):
    """The form as a browser sends it: (kind, value) of each row."""
    zhou.refresh_from_db()
    values = {"version": zhou.version, "rows": [str(i) for i in range(len(rows))], **buttons}
    for i, (kind, value) in enumerate(rows):
        values |= {f"{i}-kind": kind, f"{i}-value": value}
    return values


@pytest.mark.parametrize(
    ("kind", "typed", "normalised", "href"),
    [
        ("mobile", "138 0013 8000", "+8613800138000", "tel:+8613800138000"),
        ("mobile", "+86-138-0013-8000", "+8613800138000", "tel:+8613800138000"),
        ("phone", "010-8888 1234 ext. 12", "+861088881234;ext=12", "tel:+861088881234;ext=12"),
        ("phone", "+49 30 123456", "+4930123456", "tel:+4930123456"),
        ("email", "Zhou.Min@Acme.example", "zhou.min@acme.example", "mailto:zhou.min@acme.example"),
        ("wechat", "ZhouMin_CIO", "zhoumin_cio", ""),
    ],
)
def test_it_is_kept_as_typed_and_compared_in_one_form(zhou, ann, kind, typed, normalised, href):
    zhou.set_contacts([{"kind": kind, "value": typed}], by=ann)

    method = zhou.contact_methods.get()
    assert (method.value, method.normalised, method.href, method.is_primary) == (typed, normalised, href, True)


@pytest.mark.parametrize(
    ("kind", "typed"), [("mobile", "ask Li"), ("phone", "12"), ("email", "zhou@"), ("mobile", "+")]
)
def test_a_number_that_is_none_is_refused(zhou, ann, kind, typed):
    with pytest.raises(ValidationError):
        zhou.set_contacts([{"kind": kind, "value": typed}], by=ann)

    assert not zhou.contact_methods.exists()


def test_the_same_number_twice_is_one(zhou, ann):
    zhou.set_contacts(
        [{"kind": "mobile", "value": "13800138000"}, {"kind": "mobile", "value": "+86 138 0013 8000"}], by=ann
    )

    assert zhou.contact_methods.count() == 1


@pytest.mark.parametrize(
    "typed", ["13800138000", "+86 138 0013 8000", "0086-138-0013-8000", "138-0013", "(138) 0013 8000", "8000"]
)
def test_somebody_is_found_by_the_number_with_or_without_country_code(zhou, ann, typed):
    zhou.set_contacts([{"kind": "mobile", "value": "138 0013 8000"}], by=ann)

    assert list(Stakeholder.objects.search(typed, seen_by=ann)) == [zhou]


def test_a_landline_is_found_as_one_dials_it(zhou, ann):
    zhou.set_contacts([{"kind": "phone", "value": "+86 10 8888 1234"}], by=ann)

    assert list(Stakeholder.objects.search("010-8888 1234", seen_by=ann)) == [zhou]
    assert not Stakeholder.objects.search("010-8888 1235", seen_by=ann).exists()


def test_rows_are_stored_with_the_marked_one_first(zhou, ann, url, seen_by):
    answer = seen_by(ann).post(
        url, sent(zhou, ("mobile", "13800138000"), ("email", "z@acme.example"), ("mobile", ""), first="1")
    )

    assert answer.status_code == 302
    assert zhou.contact_methods.get(is_primary=True).value == "z@acme.example"
    assert zhou.contact_methods.count() == 2


def test_an_empty_row_takes_the_number_away(zhou, ann, url, seen_by):
    zhou.set_contacts(
        [{"kind": "mobile", "value": "13800138000"}, {"kind": "email", "value": "z@acme.example"}], by=ann
    )

    seen_by(ann).post(url, sent(zhou, ("mobile", ""), ("email", "z@acme.example")))

    assert [method.value for method in zhou.contact_methods.all()] == ["z@acme.example"]


def test_a_bad_number_is_marked_at_its_row_and_nothing_is_stored(zhou, ann, url, seen_by):
    answer = seen_by(ann).post(url, sent(zhou, ("email", "z@acme.example"), ("mobile", "ask Li")))

    assert answer.status_code == 422
    assert [bool(row.errors) for row in answer.context["form"].rows] == [False, True]
    assert "“ask Li” is not a phone number." in answer.content.decode()
    assert not zhou.contact_methods.exists()


def test_a_row_is_added_and_dropped_without_storing(zhou, ann, url, seen_by):
    rows = [("mobile", "13800138000"), ("email", "half typed")]

    more = seen_by(ann).post(url, sent(zhou, *rows, more="1")).context["form"]
    less = seen_by(ann).post(url, sent(zhou, *rows, drop="0")).context["form"]

    assert [row["value"].value() for row in more.rows] == ["13800138000", "half typed", None]
    assert [row["value"].value() for row in less.rows] == ["half typed"]
    assert not zhou.contact_methods.exists()


def test_the_editor_shows_what_the_number_is_read_as(zhou, ann, url, seen_by):
    zhou.set_contacts([{"kind": "mobile", "value": "138 0013 8000"}], by=ann)

    assert "read as +8613800138000" in seen_by(ann).get(url).content.decode()


def test_a_second_tab_sees_both_lists_and_loses_nothing(zhou, ann, ben, url, seen_by):
    first = sent(zhou, ("mobile", "13800138000"))
    zhou.set_contacts([{"kind": "email", "value": "z@acme.example"}], by=ben)

    answer = seen_by(ann).post(url, first)

    page = answer.content.decode()
    assert answer.status_code == 409
    assert [(d.yours, d.stored) for d in answer.context["conflict"].differences] == [
        ("Mobile 13800138000", "E-mail z@acme.example")
    ]
    assert 'value="13800138000"' in page
    assert zhou.contact_methods.get().kind == "email"


@pytest.mark.parametrize("rows", ["x", "-1", "99999", "²"])
def test_rows_that_no_page_ever_named_are_left_out(zhou, ann, url, seen_by, rows):
    values = sent(zhou, ("mobile", "13800138000"))
    values["rows"].append(rows)

    assert seen_by(ann).post(url, values).status_code == 302
    assert ContactMethod.objects.count() == 1


def test_numbers_help_everybody_who_works_with_the_person(acme, globex, cleo, ann):
    shared = StakeholderFactory(account=acme)
    shared.positions.model.begin(shared, globex, by=ann)

    from_there = Stakeholder.objects.visible_to(cleo).get()

    assert from_there == shared
