"""What is stored of people and posts but follows from other rows: mirrors of the primary post, key class, search keys
and the rows a search looks them up in.

One function rebuilds it all by sets, in every verb, import and repair; SQL repeats no rule.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from accounts.calendar import Today
from accounts.models import Account, OrgUnit
from accounts.search_key import sort_key
from records.by_sets import update_rows
from stakeholders.entries import refresh_entries, write_first_entries
from stakeholders.judging import judgements
from stakeholders.key_person import Judgement
from stakeholders.models import ContactMethod, DecisionRole, Influence, Position, Stakeholder, StakeholderQuerySet
from stakeholders.search_keys import forms_of_contact, key_of_person, key_of_post
from stakeholders.seats import Seat, held, seats_in_hand, seats_of, speaking
from stakeholders.upkeep import key_status_changed, people_changed

CHUNK = 1000
MIRRORS = ("account_id", "unit_id", "title", "level", "has_left")
JUDGED = ("key_class", "is_key", "key_rank", "key_because")
KEYS = ("search_key", "sort_key")
DERIVED = (*MIRRORS, *JUDGED, *KEYS)


# Whom to rebuild


def at_accounts(ids: Collection[UUID]) -> StakeholderQuerySet:
    """Everybody who has or had to do with these accounts."""
    here = {"account__in": ids}
    posts, roles = (model.objects.present().filter(**here).values("stakeholder") for model in (Position, DecisionRole))
    return Stakeholder.objects.filter(Q(**here) | Q(pk__in=posts) | Q(pk__in=roles))


def refresh_holders(opportunities: Collection[UUID]) -> None:
    """Rebuild whoever holds a role in one of these, which were closed or opened again."""
    roles = DecisionRole.objects.present().filter(opportunity__in=opportunities)
    refresh_everybody(sorted(set(roles.values_list("stakeholder_id", flat=True))))


def refresh_everybody(ids: Iterable[UUID]) -> None:
    """Rebuild all of these in chunks, then let the apps above follow."""
    for chunk in pieces(list(ids)):
        with transaction.atomic():
            people_changed(chunk)


def pieces(ids: list[UUID]) -> Iterator[list[UUID]]:
    """At most `CHUNK` at a time."""
    for start in range(0, len(ids), CHUNK):
        yield ids[start : start + CHUNK]


def everybody(after: UUID | None = None) -> Iterator[list[UUID]]:
    """All people behind `after` in chunks, removed ones too: they have nothing derived to be found by."""
    return in_chunks(Stakeholder.objects.all(), after)


def in_chunks(people: StakeholderQuerySet, after: UUID | None = None) -> Iterator[list[UUID]]:
    """The ids of these people behind `after`, in order."""
    ids = people.order_by("pk").values_list("pk", flat=True)
    while chunk := list((ids.filter(pk__gt=after) if after else ids)[:CHUNK]):
        yield chunk
        after = chunk[-1]


def refresh_turning(day: date, since: date) -> int:
    """Rebuild the people for whom a post, role or edge begins or ends from `since` to `day`; how many they are.

    A day more on either side, since the accounts' own days begin up to a day before and after ours.
    """
    ids = sorted(turning(since - timedelta(days=1), day + timedelta(days=1)))
    refresh_everybody(ids)
    return len(ids)


def turning(first: date, last: date) -> set[UUID]:
    """Everybody one of whose rows takes force or loses it on these days."""
    turns = Q(since__range=(first, last)) | Q(until__range=(first, last))
    found = (model.objects.present().filter(turns) for model in (Position, DecisionRole))
    people = {person for rows in found for person in rows.values_list("stakeholder_id", flat=True)}
    edges = Influence.objects.present().filter(turns).values_list("source_id", flat=True)
    return people | set(edges)


# The rebuild itself


def refresh_people(ids: Collection[UUID]) -> int:
    """Rebuild the stored columns of these people, and judge those anew whose influence on them makes key persons;
    how many people changed."""
    with transaction.atomic():
        Stakeholder.objects.hold(ids)
        people = {person.pk: person for person in Stakeholder.objects.filter(pk__in=ids)}
        before = {pk: stored(person, DERIVED) for pk, person in people.items()}
        days, seats = Today(), seats_of(Position.objects, people)
        refresh_mirrors(people, seats, days)
        refresh_keys(people)
        judge_all(people)
        changed = [person for pk, person in people.items() if stored(person, DERIVED) != before[pk]]
        update_rows(Stakeholder, changed, [name.removesuffix("_id") for name in DERIVED])
        touched = {person.pk for person in changed} | refresh_posts(people)
        touched |= refresh_entries(people.values(), seats, days)
        return len(touched) + refresh_influencers(people)


def refresh_influencers(people: dict[UUID, Stakeholder]) -> int:
    """Judge those who influence these people; the apps above hear of whose status it changed."""
    edges = Influence.objects.present().filter(target__in=people, tone=Influence.Tone.POSITIVE)
    sources = edges.exclude(source__in=people).values("source_id")
    pulled = {person.pk: person for person in Stakeholder.objects.filter(pk__in=sources)}
    if not pulled:
        return 0
    before = {pk: stored(person, JUDGED) for pk, person in pulled.items()}
    judge_all(pulled)
    changed = [person for pk, person in pulled.items() if stored(person, JUDGED) != before[pk]]
    update_rows(Stakeholder, changed, JUDGED)
    find_anew(changed)
    key_status_changed([person.pk for person in changed])
    return len(changed)


def stored(person: Stakeholder, names: Iterable[str]) -> tuple:
    """Their values in hand."""
    return tuple(getattr(person, name) for name in names)


def refresh_mirrors(people: dict[UUID, Stakeholder], seats: Mapping[UUID, list[Seat]], days: Today) -> None:
    """Copy account, unit, title and level of the primary post to each person (rule 4.0)."""
    for pk, person in people.items():
        mirror(person, seats.get(pk, []), days)


def mirror(person: Stakeholder, seats: list[Seat], days: Today) -> None:
    """Set the mirror columns from the post that speaks for the person."""
    shown = speaking(seats, days)
    if shown is not None:
        wanted = (shown.account_id, shown.unit_id, shown.title, shown.level, not held(seats, days))
        for name, value in zip(MIRRORS, wanted, strict=True):
            setattr(person, name, value)


def judge_all(people: dict[UUID, Stakeholder]) -> None:
    """Judge each person at their own account by rule 4.2 and set class and reason."""
    for pk, found in judgements(people).items():
        set_judgement(people[pk], found)


def set_judgement(person: Stakeholder, found: Judgement) -> None:
    """The key columns."""
    person.key_class, person.is_key, person.key_rank = found.key_class, found.is_key, found.rank
    person.key_because = str(found.because)


def refresh_keys(people: dict[UUID, Stakeholder]) -> None:
    """Set what people are found and sorted by."""
    contacts = defaultdict(list)
    for person, kind, value, normalised in ContactMethod.objects.filter(stakeholder__in=people).values_list(
        "stakeholder_id", "kind", "value", "normalised"
    ):
        contacts[person] += forms_of_contact(value, normalised, is_phone=kind in ContactMethod.PHONES)
    for pk, person in people.items():
        person.search_key = key_of_person(person.name, person.other_names, contacts[pk])
        person.sort_key = sort_key(person.name)


def refresh_posts(ids: Collection[UUID]) -> set[UUID]:
    """Write what these people's posts are found by where it differs; whose they are."""
    return write_keys(Position.objects.present().filter(stakeholder__in=ids))


def refresh_posts_in(units: Collection[UUID]) -> None:
    """The same for the posts in units that have another name."""
    posts = Position.objects.present().filter(unit__in=units)
    with transaction.atomic():
        Stakeholder.objects.hold(posts.values("stakeholder"))
        write_keys(posts)
        find_anew(Stakeholder.objects.filter(pk__in=posts.values("stakeholder")))


def find_anew(people: Iterable[Stakeholder]) -> None:
    """Let the rows these people are searched in follow."""
    people = list(people)
    refresh_entries(people, seats_of(Position.objects, [person.pk for person in people]), Today())


def find_newcomers(people: Iterable[Stakeholder], posts: Collection[Position]) -> None:
    """The first such rows of people who came in with this transaction, and with all of these posts."""
    accounts, units = {post.account_id for post in posts}, {post.unit_id for post in posts}
    zones = dict(Account.objects.filter(pk__in=accounts).values_list("pk", "time_zone"))
    names = dict(OrgUnit.objects.filter(pk__in=units - {None}).values_list("pk", "name"))
    write_first_entries(people, seats_in_hand(posts, zones, names), Today())


def find_everybody_anew() -> None:
    """The same for all, after people were written past the verbs."""
    for chunk in everybody():
        with transaction.atomic():
            find_anew(Stakeholder.objects.filter(pk__in=chunk))


def write_keys(posts: QuerySet) -> set[UUID]:
    """Make the search keys of these posts what title and unit say; whose were wrong."""
    changed = []
    for pk, person, title, unit, key in posts.values_list("pk", "stakeholder_id", "title", "unit__name", "search_key"):
        wanted = key_of_post(title, unit or "")
        if key != wanted:
            changed.append(Position(pk=pk, stakeholder_id=person, search_key=wanted))
    update_rows(Position, changed, ["search_key"])
    return {post.stakeholder_id for post in changed}
