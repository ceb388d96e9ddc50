"""What is stored of a person but follows from other rows: mirrors of the primary post, key class, search key.

One function rebuilds it all by sets, in every verb, import and repair; SQL repeats no rule.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from django.utils import timezone

from accounts.search_key import search_key, sort_key
from stakeholders.in_force import holds_on, in_force
from stakeholders.key_person import Edge, Facts, Judgement, Override, deciding_class, judge
from stakeholders.models import ContactMethod, DecisionRole, Influence, KeyPersonPolicy, Level, Position, Stakeholder
from stakeholders.upkeep import people_changed

CHUNK = 1000
MIRRORS = ("account_id", "unit_id", "title", "level", "has_left")


def refresh_people_of(account_ids: Collection[UUID]) -> None:
    """Rebuild everybody at these accounts: a tier, zone or unit name changed."""
    ids = list(Stakeholder.objects.filter(account__in=account_ids).values_list("id", flat=True))
    refresh_everybody(ids)


def refresh_everybody(ids: Iterable[UUID]) -> None:
    """Rebuild in chunks, then let the apps above follow."""
    ids = list(ids)
    for start in range(0, len(ids), CHUNK):
        people_changed(ids[start : start + CHUNK])


def refresh_people(ids: Collection[UUID]) -> None:
    """Rebuild the stored columns of these people, and of those whose influence on them makes key persons."""
    refresh_mirrors(ids)
    pulled = Influence.objects.present().filter(target__in=ids).values_list("source_id", flat=True)
    refresh_key_class({*ids, *pulled})
    refresh_search_key(ids)


def refresh_mirrors(ids: Collection[UUID]) -> None:
    """Copy account, unit, title and level of the primary post to the person (rule 4.0)."""
    posts = defaultdict(list)
    for post in Position.objects.present().filter(stakeholder__in=ids).select_related("account"):
        posts[post.stakeholder_id].append(post)
    people = Stakeholder.objects.in_bulk(list(ids))
    changed = [person for person in people.values() if mirror(person, posts[person.pk])]
    Stakeholder.objects.bulk_update(changed, [name.removesuffix("_id") for name in MIRRORS], batch_size=500)


def mirror(person: Stakeholder, posts: list[Position]) -> bool:
    """Set the mirror columns from the post that speaks for the person; whether anything changed."""
    held = [post for post in posts if holds_on(post.since, post.until, post.account.today())]
    shown = primary_of(held) or primary_of(posts)
    if shown is None:
        return False
    wanted = (shown.account_id, shown.unit_id, shown.title, shown.level, not held)
    changed = wanted != tuple(getattr(person, name) for name in MIRRORS)
    for name, value in zip(MIRRORS, wanted, strict=True):
        setattr(person, name, value)
    return changed


def primary_of(posts: list[Position]) -> Position | None:
    """The primary post, else the one that lasted longest, else the newest."""
    return max(posts, key=lambda p: (p.until or date.max, p.is_primary, p.since or date.min, p.created_at), default=None)


def refresh_key_class(ids: Collection[UUID]) -> None:
    """Judge each person at their own account by rule 4.2 and store class and reason."""
    people = Stakeholder.objects.in_bulk(list(ids))
    judged = judgements({person.pk: person.account_id for person in people.values()}, people)
    changed = [person for person in people.values() if store_judgement(person, judged[person.pk])]
    Stakeholder.objects.bulk_update(changed, ["key_class", "is_key", "key_rank", "key_because"], batch_size=500)


def store_judgement(person: Stakeholder, found: Judgement) -> bool:
    """Set the key columns; whether anything changed."""
    before = (person.key_class, person.is_key, person.key_rank, person.key_because)
    person.key_class, person.is_key, person.key_rank = found.key_class, found.is_key, found.rank
    person.key_because = str(found.because)
    return before != (person.key_class, person.is_key, person.key_rank, person.key_because)


def judgements(accounts: dict[UUID, UUID], people: dict[UUID, Stakeholder]) -> dict[UUID, Judgement]:
    """Rule 4.2 for each person (id → the account judged in); four queries, however many people."""
    policy = KeyPersonPolicy.load()
    edges = list(edges_from(accounts))
    around = {**accounts, **{edge.target_id: edge.target.account_id for edge in edges}}
    letters, executives = letters_of(around), executives_among(around)
    deciding = {
        person: deciding_class(Facts(is_executive=person in executives, letters=letters[person])) > 0 for person in around
    }
    by_source = defaultdict(list)
    for edge in edges:
        by_source[edge.source_id].append(Edge(edge.strength, deciding[edge.target_id]))
    return {
        person: judge(
            Facts(
                is_executive=person in executives,
                letters=letters[person],
                edges=tuple(by_source[person]),
                is_rising=people[person].is_rising,
                override=Override(people[person].key_override),
            ),
            policy.min_influence_strength,
        )
        for person in accounts
    }


def edges_from(accounts: dict[UUID, UUID]) -> Iterable[Influence]:
    """Positive edges in force from these people onto others who are still there."""
    return (
        Influence.objects.on(timezone.localdate())
        .filter(source__in=accounts, tone=Influence.Tone.POSITIVE, target__has_left=False, target__removed_at=None)
        .select_related("target")
    )


def letters_of(accounts: dict[UUID, UUID]) -> dict[UUID, frozenset[str]]:
    """Letters each person holds in the account asked for: standing, or in an opportunity still open."""
    letters: dict[UUID, set[str]] = defaultdict(set)
    roles = DecisionRole.objects.on(timezone.localdate()).filter(stakeholder__in=accounts)
    for role in roles.select_related("opportunity"):
        if role.account_id == accounts[role.stakeholder_id] and (role.opportunity is None or role.opportunity.is_open):
            letters[role.stakeholder_id].add(role.letter)
    return defaultdict(frozenset, {person: frozenset(held) for person, held in letters.items()})


def executives_among(accounts: dict[UUID, UUID]) -> set[UUID]:
    """Who holds a post of level executive in the account asked for."""
    posts = Position.objects.filter(in_force(timezone.localdate()), stakeholder__in=accounts, level=Level.EXECUTIVE)
    return {person for person, account in posts.values_list("stakeholder_id", "account_id") if accounts[person] == account}


def refresh_search_key(ids: Collection[UUID]) -> None:
    """Rebuild what people are found and sorted by."""
    people = Stakeholder.objects.select_related("unit").in_bulk(list(ids))
    numbers = defaultdict(list)
    for person, kind, value, normalised in ContactMethod.objects.filter(stakeholder__in=ids).values_list(
        "stakeholder_id", "kind", "value", "normalised"
    ):
        numbers[person] += found_by(kind, value, normalised)
    changed = [person for person in people.values() if store_keys(person, numbers[person.pk])]
    Stakeholder.objects.bulk_update(changed, ["search_key", "sort_key"], batch_size=500)


def found_by(kind: str, value: str, normalised: str) -> list[str]:
    """The forms a way to reach somebody is looked up in: phones with and without country code, digits only."""
    if kind not in ContactMethod.PHONES:
        return [value]
    digits = "".join(char for char in normalised if char.isdigit())
    return [value, normalised, digits]


def store_keys(person: Stakeholder, numbers: list[str]) -> bool:
    """Set search and sort key; whether anything changed."""
    others = person.other_names.replace("，", ",").replace("、", ",").split(",")
    plain = [*numbers, person.title, person.unit.name if person.unit else ""]
    before = (person.search_key, person.sort_key)
    person.search_key, person.sort_key = search_key([person.name, *others], plain), sort_key(person.name)
    return before != (person.search_key, person.sort_key)

