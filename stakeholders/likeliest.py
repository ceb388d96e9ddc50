"""Whom a text most likely means: who is called exactly so, then whose name begins so, then by its sound, by its
initials, then whoever it says anything of.

Readers of few people have all of them ranked. For those who see very many each tier is asked for by its own index, and
only until the page is full: nobody waits for seventy thousand people called Wang to be sorted.
"""

from collections.abc import Iterable, Iterator
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Case, Min, Q, QuerySet, SmallIntegerField, When

from accounts.choices import begins
from accounts.search_key import fold, is_han
from stakeholders.dialling import dialled
from stakeholders.sight import Sight

# So many are ranked together without a thought; of each tier so many are looked at, and of mere mentions.
FEW, OF_A_TIER, MENTIONS = 5000, 200, 500
BEHIND, INITIALS = "\U0010ffff", "initials"


def likeliest(text: str, sight: Sight, most: int) -> list[UUID]:
    """So many people, the likeliest first. Of those alike key persons come first, whoever has left last; then by
    name."""
    entries = sight.entries()
    if sight.reader.sees_everything or entries[: FEW + 1].count() > FEW:
        return by_tiers(entries, text, most)
    return at_once(entries, text, most)


def at_once(entries: QuerySet, text: str, most: int) -> list[UUID]:
    """All whom the text finds ranked by the database, each by the best of their entries."""
    people = entries.telling(text).values("stakeholder")
    people = people.annotate(place=Min(place_of(text)), rank=Min("standing"), by_name=Min("sort_key"))
    people = people.order_by("place", "rank", "by_name", "stakeholder")
    return list(people.values_list("stakeholder", flat=True)[:most])


def by_tiers(entries: QuerySet, text: str, most: int) -> list[UUID]:
    """The same tier by tier, until there are enough; the name itself is the first of what begins so."""
    found: dict[UUID, None] = {}
    for rows in tiers(entries, text):
        found |= dict.fromkeys(each for each in best_first(rows) if each not in found)
        if len(found) >= most:
            break
    return list(found)[:most]


def tiers(entries: QuerySet, text: str) -> Iterator[Iterable[tuple]]:
    """A bounded number of entries for each place, as tuples that begin with the person. The name itself stands before
    all that only begins so, as the index has it."""
    typed = columns_for(text)
    begun = {column: list(begin_with(entries, column, typed[column])) for column in typed if column != INITIALS}
    yield [fit for column, rows in begun.items() for whole, *fit in rows if whole == typed[column]]
    yield from ([fit for _whole, *fit in rows] for rows in begun.values())
    if INITIALS in typed:
        yield (fit for _whole, *fit in begin_with(entries, INITIALS, typed[INITIALS]))
    mentions = entries.telling(text).annotate(place=Case(When(line_begins(text), then=0), default=1))
    yield mentions.values_list("stakeholder", "place", "standing", "sort_key")[:MENTIONS]


def begin_with(entries: QuerySet, column: str, start: str) -> QuerySet:
    """What stands there, the person, and how they stand among those alike."""
    ordered = entries.filter(beginning(column, start)).order_by(column, "standing", "seat")
    return ordered.values_list(column, "stakeholder", "standing", "sort_key")[:OF_A_TIER]


def best_first(rows: Iterable[tuple]) -> list[UUID]:
    """Each person once, by the best of their entries."""
    best: dict[UUID, tuple] = {}
    for person, *fit in rows:
        best[person] = tuple(map(min, best.get(person, fit), fit))
    return sorted(best, key=lambda person: (*best[person], person))


def place_of(text: str) -> Case:
    """How well an entry fits, from a name that is the text to a mention in the middle of a line."""
    typed = columns_for(text)
    conditions = [exactly(typed)] if typed else []
    conditions += [beginning(column, start) for column, start in typed.items()]
    conditions.append(line_begins(text))
    places = [When(condition, then=place) for place, condition in enumerate(conditions)]
    return Case(*places, default=len(conditions), output_field=SmallIntegerField())


def line_begins(text: str) -> Q:
    """The first word, or the number, begins another name, a reading, a way to reach somebody, a title or a unit."""
    return begins(dialled(text) or fold(text).split(" ")[0], "lines")[0]


def columns_for(text: str) -> dict[str, str]:
    """Where a name may begin so, and what stands there; nowhere for a number, by its characters alone in Chinese."""
    folded = fold(text)
    if dialled(text):
        return {}
    if is_han(folded):
        return {"name": folded}
    sound = "".join(folded.split())
    return {"name": folded, "pinyin": sound, INITIALS: sound}


def exactly(typed: dict[str, str]) -> Q:
    """The name itself, as written or by its sound; initials mean many."""
    return reduce(or_, (Q(**{column: text}) for column, text in typed.items() if column != INITIALS))


def beginning(column: str, text: str) -> Q:
    """A stretch of the index, on either engine: `LIKE` would need one of its own."""
    return Q(**{f"{column}__gte": text, f"{column}__lt": text + BEHIND})
