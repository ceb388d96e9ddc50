"""Merging accounts: trees hung together, everything of both at the one that stays, and it can be taken back exactly."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from accounts.choosing import MATTERS
from accounts.merging import merge, take_apart
from accounts.models import Account, AccountMember, AccountMerge, OrgUnit
from relationships.models import Action, ContactState
from stakeholders.models import DecisionRole, Influence, Position, Stakeholder
from tests.examples import tried
from tests.factories import (
    AccountFactory,
    OpportunityFactory,
    OrgUnitFactory,
    StakeholderFactory,
    UserFactory,
    role,
    visit,
)
from tests.stakeholders.merge_world import ACTS, World, everything

pytestmark = pytest.mark.django_db


@pytest.fixture
def holding(ann, north):
    return AccountFactory(name="Acme Holding", owner=ann, team=north, industry="Banking", tier="key")


@pytest.fixture
def world(db):
    """Two accounts with trees that overlap, and somebody at each."""
    world = World()
    for account, names in zip(world.accounts, (["IT", "Finance"], ["IT", "Plant"]), strict=True):
        top = OrgUnitFactory(account=account, name="Head office")
        units = [OrgUnitFactory(account=account, name=name, parent=top) for name in names]
        StakeholderFactory(account=account, name="Li Na", unit=units[0], title="Buyer")
    return world


WORDS = st.fixed_dictionaries(
    {},
    optional={
        "short_name": st.sampled_from(["", "AC"]),
        "tier": st.sampled_from(["standard", "key", "strategic"]),
        "status": st.sampled_from(["active", "inactive"]),
        "region": st.sampled_from(["", "East", "West"]),
        "is_public_sector": st.booleans(),
        "time_zone": st.sampled_from(["", "Asia/Tokyo", "America/Lima"]),
        "notes": st.sampled_from(["", "Pays late", "Old customer"]),
    },
)
CHOICES = st.dictionaries(
    st.sampled_from([matter[0] for matter in MATTERS.all]), st.sampled_from(["kept", "twin", "both"])
)


@tried(100)
@given(acts=st.lists(ACTS, max_size=10), words=st.tuples(WORDS, WORDS), choose=CHOICES)
def test_taken_apart_every_row_says_what_it_said_before(world, acts, words, choose):
    with transaction.atomic():
        for account, values in zip(world.accounts, words, strict=True):
            Account.objects.get(pk=account.pk).change(by=world.user, **values)
        world.live(acts)
        before = everything()

        done = merge(*world.accounts, by=world.user, choose=choose)
        merged = everything()
        left = take_apart(AccountMerge.objects.get(pk=done.pk), by=world.user)

        assert everything() == before
        assert merged != before
        assert not list(left)
        transaction.set_rollback(True)


def outline(account) -> list[str]:
    return ["  " * unit.depth + unit.name for unit in OrgUnit.objects.of(account)]


def test_trees_are_hung_together(world):
    kept, twin = world.accounts

    merge(kept, twin, by=world.user)

    assert outline(kept) == ["Head office", "  Finance", "  IT", "  Plant"]
    assert {person.unit.name for person in kept.people.filter(name="Li Na")} == {"IT"}
    assert kept.people.filter(name="Li Na").values("unit").distinct().count() == 1


def test_everything_of_the_twin_is_at_the_survivor(acme, holding, ann):
    other = UserFactory()
    holding.admit(other, by=ann, function="solution")
    person = StakeholderFactory(account=holding, name="Li Na", title="CFO")
    held, chance = role(person, "A"), OpportunityFactory(account=holding)
    met, step = visit(person, by=ann), Action.add(holding, "Call", holding.today(), by=ann)

    merge(acme, holding, by=ann)

    for row in (person, held, chance, met, step):
        row.refresh_from_db()
        assert row.account == acme
    assert AccountMember.objects.of(acme).get(user=other).function == "solution"
    assert AccountMember.objects.of(acme).filter(user=ann).count() == 1
    assert set(ContactState.objects.filter(stakeholder=person).values_list("account", flat=True)) == {acme.pk}
    acme.refresh_from_db()
    assert (acme.industry, acme.tier, acme.tier_rank, acme.other_names) == ("Banking", "key", 2, "Acme Holding")
    assert list(Account.objects.visible_to(ann).search("holding")) == [acme]


def test_one_role_held_in_both_chains_is_held_once(acme, holding, ann):
    person = StakeholderFactory(account=acme, name="Li Na")
    role(person, "D", power=2, since=date(2024, 1, 1))
    person.roles.model.assign(person, holding, "D", by=ann, power=3, since=date(2023, 1, 1))

    merge(acme, holding, by=ann)

    assert list(person.roles.present().values_list("account", "power", "since")) == [(acme.pk, 3, date(2023, 1, 1))]


@pytest.mark.parametrize("is_below", [True, False])
def test_group_companies_close_no_loop(acme, holding, ann, is_below):
    between = AccountFactory(name="Between", owner=ann, parent=holding if is_below else acme)
    lower, upper = (acme, holding) if is_below else (holding, acme)
    lower.change(by=ann, parent=between)

    merge(acme, holding, by=ann)

    for pk in (acme.pk, between.pk):
        line = Account.parents_of(pk)
        assert len(line) == len(set(line)) <= 2
    assert upper.pk in (acme.pk, holding.pk)


def test_an_account_is_merged_once_and_with_another_one(acme, holding, ann):
    with pytest.raises(ValidationError):
        merge(acme, acme, by=ann)
    merge(acme, holding, by=ann)
    with pytest.raises(ValidationError):
        merge(acme, holding, by=ann)


# On the screen


def address(kept, twin) -> str:
    return f"/accounts/{kept.pk}/merge/{twin.pk}/"


def compare(client, kept, twin, **choices):
    """Merge as the page does it: what is preset, but for what is chosen."""
    form = client.get(address(kept, twin)).context["form"]
    preset = {field.name: field.value() for field in form}
    return client.post(address(kept, twin), preset | choices)


def test_a_merge_is_done_and_undone_on_the_screen(acme, holding, ann, client):
    client.force_login(ann)

    chosen = client.post(f"/accounts/{acme.pk}/merge/", {"twin": str(holding.pk)})
    assert chosen.url == address(acme, holding)
    page = compare(client, acme, holding)

    done = AccountMerge.objects.get()
    assert page.url == f"/accounts/{acme.pk}/"
    assert "Acme Holding is now part of Acme." in client.get(page.url).content.decode()
    assert client.get(f"/accounts/{holding.pk}/").url == f"/accounts/{acme.pk}/"
    assert client.post(f"/accounts/{holding.pk}/restore/").status_code == 404
    assert "Acme Holding" in client.get(f"/accounts/{acme.pk}/history/").content.decode()

    told = client.post(f"/accounts/merges/{done.pk}/take-apart/", follow=True).content.decode()
    assert "Acme and Acme Holding are two accounts again." in told
    assert client.get(f"/accounts/{holding.pk}/").status_code == 200


def test_a_choice_is_asked_where_they_differ_and_preset_to_who_says_something(acme, holding, ann, client):
    acme.change(by=ann, region="East", tier="strategic", notes="Old customer")
    holding.change(by=ann, region="West", notes="Pays late")
    client.force_login(ann)

    form = client.get(address(acme, holding)).context["form"]

    assert {field.name: field.value() for field in form.contested} == dict.fromkeys(
        ["name", "tier", "region", "notes"], "kept"
    )
    assert {field.name: field.value() for field in form.filled} == {"industry": "twin"}
    assert [radio.choice_label for radio in form["region"]] == ["East", "West"]
    assert [radio.choice_label for radio in form["industry"]] == ["Leave it empty", "Banking"]
    assert len(list(form["notes"])) == 3


def test_a_tier_nobody_chose_is_none(acme, holding, ann, client):
    client.force_login(ann)

    form = client.get(address(acme, holding)).context["form"]

    assert {"tier": "twin", "industry": "twin"}.items() <= {field.name: field.value() for field in form.filled}.items()


def test_what_is_chosen_counts_and_is_given_back(acme, holding, ann, ben, client):
    acme.change(by=ann, region="East", notes="Old customer", website="https://acme.example")
    holding.change(by=ann, region="West", notes="Pays late", owner=ben, status="inactive")
    StakeholderFactory(account=holding, name="Li Na")
    before = everything()
    client.force_login(ann)
    chosen = {"name": "twin", "region": "twin", "notes": "both", "owner_id": "twin", "status": "twin"}

    compare(client, acme, holding, **chosen, industry="kept", website="twin", tier="kept")

    acme.refresh_from_db()
    assert (acme.name, acme.sort_key, acme.other_names) == ("Acme Holding", "acme holding", "Acme")
    assert (acme.region, acme.notes, acme.owner, acme.status) == ("West", "Old customer\nPays late", ben, "inactive")
    assert (acme.industry, acme.website, acme.tier, acme.tier_rank) == ("", "", "standard", 3)
    assert AccountMember.objects.of(acme).filter(user=ben).exists()
    take_apart(AccountMerge.objects.get(), by=ann)
    assert everything() == before


@pytest.fixture
def parted(acme, holding, ann, client):
    """Two accounts taken apart, after everything that can tie them was tied; the people and units by name."""
    head, plant = OrgUnitFactory(account=acme, name="Head"), OrgUnitFactory(account=holding, name="Plant")
    stays = StakeholderFactory(account=acme, name="Stays", unit=head)
    goes = StakeholderFactory(account=holding, name="Goes", unit=plant)
    chance = OpportunityFactory(account=holding)
    done = merge(acme, holding, by=ann)
    plant.refresh_from_db()
    line = OrgUnit.add(acme, name="Line 1", parent=plant, by=ann)
    for row in (goes, chance):
        row.refresh_from_db()
    boss = Position.objects.get(stakeholder=goes)
    Position.objects.get(stakeholder=stays).correct(by=ann, unit=line, reports_to=boss)
    role(goes, "D")
    DecisionRole.assign(stays, acme, "E", by=ann, opportunity=chance, since=date(2020, 1, 1))
    Influence.draw(Stakeholder.objects.get(name="Stays"), goes, by=ann, since=date(2020, 1, 1))
    client.force_login(ann)
    return client.post(f"/accounts/merges/{done.pk}/take-apart/", follow=True).content.decode()


def test_taken_apart_nothing_leads_from_one_to_the_other(parted, acme, holding):
    line, post = OrgUnit.objects.get(name="Line 1"), Position.objects.get(stakeholder__name="Stays")
    goes = Stakeholder.objects.get(name="Goes")

    assert (line.account, line.parent, line.depth) == (acme, None, 0)
    assert (post.account, post.unit, post.reports_to) == (acme, line, None)
    assert DecisionRole.objects.get(letter="D").account == holding == goes.account
    assert DecisionRole.objects.get(letter="E").account == holding
    assert Influence.objects.get().account == holding
    assert OrgUnit.history.filter(id=line.pk, history_change_reason="account_merge_undone").exists()
    for word in ("let go", "Line 1", "Stays"):
        assert word in parted


def test_an_outsider_keeps_the_role_held_at_the_other_account_before(acme, holding, ann):
    adviser = StakeholderFactory(account=holding, name="Adviser", is_outsider=True)
    held = DecisionRole.assign(adviser, acme, "I", by=ann, since=date(2020, 1, 1))

    take_apart(merge(acme, holding, by=ann), by=ann)

    assert DecisionRole.objects.get(pk=held.pk).account == acme


@pytest.mark.parametrize("what", ["columns", "seats"])
def test_where_a_unit_hangs_elsewhere_people_can_still_be_taken_along(acme, holding, ann, client, what):
    line = OrgUnitFactory(account=acme, name="Line 1")
    OrgUnit.objects.filter(pk=line.pk).update(parent=OrgUnitFactory(account=holding, name="Plant"))
    StakeholderFactory(account=acme, name="Stays", unit=line)
    client.force_login(ann)
    holding.change(by=ann, owner=UserFactory())

    answer = client.get(f"/lists/people/export/?as=csv&take={what}")
    text = b"".join(answer).decode("utf-8-sig")

    assert "Stays" in text
    assert "Line 1" in text


def test_whoever_does_not_say_what_they_looked_at_merges_nothing(acme, holding, ann, client):
    client.force_login(ann)

    answer = client.post(address(acme, holding), {"name": "kept"})

    assert answer.status_code == 422
    assert not AccountMerge.objects.exists()


def test_a_form_looked_at_before_a_change_is_refused_once(acme, holding, ann, client):
    client.force_login(ann)
    form = client.get(address(acme, holding)).context["form"]
    sent = {field.name: field.value() for field in form}
    Account.objects.get(pk=holding.pk).change(by=ann, region="West")

    again = client.post(address(acme, holding), sent)

    assert again.status_code == 422
    assert "Acme Holding was changed since you opened this page" in again.content.decode()
    assert not AccountMerge.objects.exists()
    sent |= {name: again.context["form"][name].value() for name in ("kept_version", "twin_version")}
    assert client.post(address(acme, holding), sent).status_code == 302


@pytest.mark.parametrize("choices", [{"name": ""}, {"name": "nobody"}, {"name": "kept", "kept_version": "NaN"}])
def test_what_is_no_choice_is_marked(acme, holding, ann, client, choices):
    client.force_login(ann)

    assert compare(client, acme, holding, **choices).status_code == 422


def test_the_cards_say_how_much_hangs_on_each(acme, holding, ann, client):
    visit(StakeholderFactory(account=holding), by=ann)
    OrgUnitFactory(account=holding, name="IT")
    client.force_login(ann)

    kept, twin = client.get(address(acme, holding)).context["cards"]

    [held] = [line.value for line in twin.lines if line.is_count]
    assert set(held.split(" · ")) == {"Units 1", "Account team 1", "People 1", "Posts 1", "Interactions 1"}
    assert [line.label for line in kept.lines if line.is_shared] == ["First responsible", "Supporting team"]


def test_the_same_word_in_another_place_is_not_the_same(acme, holding, ann, north, client):
    acme.change(by=ann, region=north.name)
    client.force_login(ann)

    kept, _twin = client.get(address(acme, holding)).context["cards"]

    assert not next(line for line in kept.lines if line.label == "Region").is_shared


def test_a_group_company_out_of_sight_is_neither_named_nor_a_choice(acme, holding, ann, cleo, client):
    Account.objects.filter(pk=holding.pk).update(parent=AccountFactory(name="Hidden Group", owner=cleo))
    client.force_login(ann)

    page = client.get(address(acme, holding))
    compare(client, acme, holding)

    assert "Hidden Group" not in page.content.decode()
    assert "parent_id" not in page.context["form"].fields
    acme.refresh_from_db()
    assert acme.parent.name == "Hidden Group"


def test_a_group_company_is_chosen_where_any_will_do(acme, holding, ann, client):
    for account, name in ((acme, "East Group"), (holding, "West Group")):
        account.change(by=ann, parent=AccountFactory(name=name, owner=ann))
    client.force_login(ann)

    compare(client, acme, holding, parent_id="twin")

    acme.refresh_from_db()
    assert acme.parent.name == "West Group"


def test_one_below_the_other_closes_no_loop_whatever_is_sent(acme, holding, ann, client):
    acme.change(by=ann, parent=holding)
    client.force_login(ann)

    compare(client, acme, holding, parent_id="kept")

    acme.refresh_from_db()
    assert acme.parent is None


def test_nobody_merges_with_an_account_they_do_not_work_on(acme, cleo, ann, client):
    theirs = AccountFactory(name="Globex", owner=cleo)
    client.force_login(ann)

    page = client.post(f"/accounts/{acme.pk}/merge/", {"twin": str(theirs.pk)})

    assert page.status_code == 422
    assert client.get(address(acme, theirs)).status_code == 404
    assert client.post(address(acme, theirs), {"name": "kept"}).status_code == 404
    assert client.get(address(acme, acme)).status_code == 404
    assert not AccountMerge.objects.exists()
