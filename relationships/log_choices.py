"""What the log page offers: the customers met last, the kinds of activity, the people of one customer."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import Account, AccountMember
from relationships.models import ActivityType, ContactState, Interaction, Participant
from relationships.rights import accounts_to_log_at
from stakeholders.known_here import known_here
from stakeholders.models import Position, Stakeholder
from users.models import User

CUSTOMERS, CUSTOMERS_FOUND = 6, 20
PEOPLE, PEOPLE_FOUND = 8, 24
BUTTONS = 7
LAST_LOGGED = 40


@dataclass
class PersonChoice:
    """A person as the form's chip shows them."""

    person: Stakeholder
    resting_until: date | None = None


@dataclass
class People:
    """The chips of one customer's people, and whether there are more than they show."""

    choices: list[PersonChoice] = field(default_factory=list)
    has_more: bool = False

    @property
    def persons(self) -> list[Stakeholder]:
        return [choice.person for choice in self.choices]


def customers(user: User, text: str = "") -> list[Account]:
    """Those found by `text`, else those met last, filled up with one's own by name."""
    accounts = accounts_to_log_at(user).active()
    if text:
        return list(accounts.search(text).order_by("sort_key", "id")[:CUSTOMERS_FOUND])
    recent = recently_logged_at(user)
    met = {account.pk: account for account in accounts.filter(pk__in=recent)}
    first = [met[pk] for pk in recent if pk in met][:CUSTOMERS]
    rest = accounts.exclude(pk__in=[account.pk for account in first]).order_by("sort_key", "id")
    return first + list(rest[: CUSTOMERS - len(first)])


def recently_logged_at(user: User) -> list[UUID]:
    """The customers of one's last interactions, latest first."""
    latest = Interaction.objects.present().filter(author=user).order_by("-held_on", "-id")
    return list(dict.fromkeys(latest.values_list("account_id", flat=True)[:LAST_LOGGED]))


def recently_met(user: User) -> list[UUID]:
    """The people of one's last interactions, latest first."""
    latest = Participant.objects.filter(interaction__author=user, interaction__removed_at=None)
    latest = latest.order_by("-interaction__held_on", "-interaction_id", "stakeholder_id")
    return list(dict.fromkeys(latest.values_list("stakeholder_id", flat=True)[:LAST_LOGGED]))


def types(chosen: ActivityType | None = None) -> tuple[list[ActivityType], list[ActivityType]]:
    """The big buttons, and those behind “More…”; one no longer offered stays where it is chosen."""
    offered = list(ActivityType.objects.offered())
    if chosen is not None and chosen not in offered:
        offered.append(chosen)
    return offered[:BUTTONS], offered[BUTTONS:]


def with_a_post_at(account: Account) -> QuerySet[Stakeholder]:
    """Everybody who has, or had, a post there: a visit of last month may name who has left since."""
    posts = Position.objects.present().filter(stakeholder=OuterRef("pk"), account=account)
    return Stakeholder.objects.present().filter(Exists(posts))


def last_participants(account: Account) -> list[UUID]:
    """Who took part the last time somebody of ours was there."""
    last = (
        Interaction.objects.done().filter(account=account).order_by("-held_on", "-id").values_list("pk", flat=True)[:1]
    )
    return list(Participant.objects.filter(interaction__in=list(last)).values_list("stakeholder_id", flat=True))


def still_there(interaction: Interaction) -> list[UUID]:
    """Who of those who took part can take part again."""
    there = interaction.participants.filter(stakeholder__in=with_a_post_at(interaction.account))
    return list(there.values_list("stakeholder_id", flat=True))


def no_longer_offered(interaction: Interaction) -> list[Stakeholder]:
    """Who took part and was removed since: they stay on the record until somebody takes them off."""
    there = Stakeholder.objects.filter(pk__in=interaction.participants.values("stakeholder"))
    return list(there.exclude(pk__in=with_a_post_at(interaction.account)).order_by("sort_key", "id"))


def people(account: Account, chosen: Collection[UUID], text: str = "", *, reader: User) -> People:
    """The chosen first, then key persons, then by name; a bounded number of them, whatever the customer's size."""
    order = ("rank_here", "sort_key", "id")
    known = known_here(account)
    ticked = list(with_a_post_at(account).filter(pk__in=chosen).annotate(**known).order_by(*order))
    posts = Position.objects.present().filter(account=account)
    others = with_a_post_at(account).search_through(text, posts) if text else Stakeholder.objects.at(account)
    size = PEOPLE_FOUND if text else max(PEOPLE - len(ticked), 4)
    rest = list(others.exclude(pk__in=chosen).annotate(**known).order_by(*order)[: size + 1])
    return People(with_rest([*ticked, *rest[:size]], account.today(), reader), has_more=len(rest) > size)


def with_rest(persons: Iterable[Stakeholder], today: date, reader: User) -> list[PersonChoice]:
    """Each person with the day until which they had better rest, if there is one the reader may know; one query."""
    persons = list(persons)
    states = ContactState.objects.visible_to(reader).on(today).filter(stakeholder__in=persons, resting_until__gte=today)
    resting = dict(states.values_list("stakeholder_id", "resting_until"))
    return [PersonChoice(person, resting.get(person.pk)) for person in persons]


def colleagues(account: Account, *, besides: User) -> QuerySet[User]:
    """The account team without this one of it."""
    members = AccountMember.objects.present().filter(account=account, user=OuterRef("pk"))
    return User.objects.active().filter(Exists(members)).exclude(pk=besides.pk)
