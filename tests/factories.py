"""Valid rows with the fewest fields, nothing random; a test spells out what it asserts."""

from datetime import date, timedelta

import factory
from django.contrib.auth import get_user_model

from accounts.models import Account, Opportunity, OrgUnit
from relationships.contact_state import rebuild
from relationships.models import ActivityType, Interaction
from stakeholders.derived import refresh_everybody
from stakeholders.models import DecisionRole, Position, Stakeholder
from users.models import Team

PASSWORD = "two-eyes-live-7"


class TeamFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Team

    name = factory.Sequence(lambda n: f"Team {n}")


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = get_user_model()

    email = factory.Sequence(lambda n: f"user{n}@two-eyes.example")
    full_name = factory.Sequence(lambda n: f"User {n}")

    @classmethod
    def _create(cls, model, *args, **fields):
        return model.objects.create_user(password=fields.pop("password", PASSWORD), **fields)


class AccountFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Account

    name = factory.Sequence(lambda n: f"Account {n}")

    @classmethod
    def _create(cls, model, *args, **fields):
        owner = fields.pop("owner", None) or UserFactory()
        team = fields.pop("team", None) or owner.team or TeamFactory()
        return Account.open(by=fields.pop("by", None), owner=owner, team=team, **fields)


class OrgUnitFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = OrgUnit

    account = factory.SubFactory(AccountFactory)
    name = factory.Sequence(lambda n: f"Unit {n}")

    @classmethod
    def _create(cls, model, *args, **fields):
        return OrgUnit.add(fields.pop("account"), by=fields.pop("by", None), **fields)


class OpportunityFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Opportunity

    account = factory.SubFactory(AccountFactory)
    name = factory.Sequence(lambda n: f"Opportunity {n}")


class StakeholderFactory(factory.django.DjangoModelFactory):
    """Takes the first post's title, level, unit, reports_to, since beside the person's fields."""

    class Meta:
        model = Stakeholder

    account = factory.SubFactory(AccountFactory)
    name = factory.Sequence(lambda n: f"Person {n}")

    @classmethod
    def _create(cls, model, *args, **fields):
        names = ("title", "level", "unit", "reports_to", "since")
        post = {name: fields.pop(name) for name in names if name in fields}
        return Stakeholder.add(fields.pop("account"), by=fields.pop("by", None), post=post, **fields)


def crowd(account: Account, people: list[dict]) -> list[Stakeholder]:
    """Many people at once as an import brings them: rows and posts by sets, then all that is derived; each with the
    values of the person and, as `post`, of their post."""
    posts = [values.pop("post", {}) for values in people]
    rows = Stakeholder.objects.bulk_create(Stakeholder(account=account, sort_key="x", **values) for values in people)
    Position.objects.bulk_create(
        Position(stakeholder=row, account=account, is_primary=True, **post)
        for row, post in zip(rows, posts, strict=True)
    )
    ids = [row.pk for row in rows]
    refresh_everybody(ids)
    return list(Stakeholder.objects.filter(pk__in=ids).order_by("pk"))


def known_for(person: Stakeholder, days: int, today: date | None = None) -> Stakeholder:
    """Pretend the person has stood here for so many days."""
    moment = person.created_at - timedelta(days=days)
    Stakeholder.objects.filter(pk=person.pk).update(created_at=moment)
    person.created_at = moment
    rebuild([person.pk])
    return person


def role(person: Stakeholder, letter: str, **values) -> DecisionRole:
    """A role in the person's own account."""
    values.setdefault("since", date(2020, 1, 1))
    return DecisionRole.assign(person, person.account, letter, by=None, **values)


def activity(label: str = "Visit") -> ActivityType:
    """A shipped kind of activity by its English name."""
    return ActivityType.objects.get(label_en=label)


def visit(person: Stakeholder, *, by, days_ago: int = 0, kind: str = "Visit", **values) -> Interaction:
    """A done interaction with this person, so many days ago."""
    people = values.pop("people", [person])
    held_on = values.pop("held_on", person.account.today() - timedelta(days=days_ago))
    return Interaction.log(
        person.account, by=by, people=people, activity_type=activity(kind), held_on=held_on, **values
    )
