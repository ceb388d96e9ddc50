"""Who may be entered twice: found in the background by blocks, judged by `likeness`, stored as pairs (rule 4.19).

A block is what two records of one person are likely to share: a number, an address, a name within a group company, a
rare name anywhere. Only people of one block are compared, and a block that is too large says nothing. A pair is judged
by all its facts whichever block brought it up, so a second run writes nothing.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from itertools import chain, combinations, groupby, islice
from operator import itemgetter
from uuid import UUID

from django.db import transaction
from django.db.models import Count, QuerySet
from django.db.models.functions import Coalesce

from accounts.search_key import fold, initials, is_han
from records.by_sets import update_rows
from stakeholders.likeness import Crowd, Facts, Judgement, judge, names_of, spoken
from stakeholders.models import ContactMethod, Stakeholder, SuspectedTwins

Pair = tuple[UUID, UUID]
CHUNK = 500
LARGEST_BLOCK = 12
# A name more people bear than this is no reason to ask anybody outside their own group company.
RARE_NAME = 3
LONGER_WORD = 4
GROUP = Coalesce("account__parent_id", "account_id")


def search(*, after_each_chunk: Callable[[], object] = lambda: None) -> Counter[str]:
    """Judge every suspicion anew, then whatever the blocks bring up; how many pairs are new, changed and gone."""
    counts = Counter(suspected=0, changed=0, dropped=0)
    told_apart = different_people()
    for chunk in stored_pairs():
        counts.update(judge_anew(chunk))
        after_each_chunk()
    for pairs in chunks(pairs_of_blocks()):
        counts["suspected"] += suspect(set(pairs) - told_apart)
        after_each_chunk()
    return counts


# Blocks --------------------------------------------------------------------------------------------------------------


def pairs_of_blocks() -> Iterator[Pair]:
    """Every two people who share a block, some of them more than once."""
    for block in chain(blocks_of(ways()), blocks_of(rare_names()), blocks_in_groups()):
        yield from pairs_in(block)


def pairs_in(block: Iterable[UUID]) -> Iterator[Pair]:
    """Each two of them, in the order of their keys."""
    return combinations(sorted(set(block)), 2)


def blocks_of(rows: QuerySet) -> Iterator[list[UUID]]:
    """The people of rows that are sorted by what they share."""
    for _shared, people in groupby(rows.iterator(chunk_size=CHUNK), key=itemgetter(0)):
        yield [person for _shared, person in people]


def ways() -> QuerySet:
    """Numbers and addresses that a few people have, with whose they are."""
    present = ContactMethod.objects.filter(stakeholder__removed_at=None)
    shared = present.values("normalised").annotate(people=Count("stakeholder", distinct=True))
    few = shared.filter(people__range=(2, LARGEST_BLOCK)).values("normalised")
    return present.filter(normalised__in=few).order_by("normalised").values_list("normalised", "stakeholder_id")


def rare_names() -> QuerySet:
    """Names that two or three people bear, with who they are."""
    present = Stakeholder.objects.present()
    shared = present.values("sort_key").annotate(people=Count("pk"))
    rare = shared.filter(people__range=(2, RARE_NAME)).values("sort_key")
    return present.filter(sort_key__in=rare).order_by("sort_key").values_list("sort_key", "pk")


def blocks_in_groups() -> Iterator[list[UUID]]:
    """People of one group company whose names are said alike, or begin with the same letters."""
    rows = Stakeholder.objects.present().order_by(GROUP, "pk").values_list(GROUP, "pk", "search_key")
    for _group, people in groupby(rows.iterator(chunk_size=CHUNK), key=itemgetter(0)):
        blocks: dict[Hashable, list[UUID]] = defaultdict(list)
        for _same, person, key in people:
            for name in keys_of_names(key):
                blocks[name].append(person)
        yield from (block for block in blocks.values() if 1 < len(block) <= LARGEST_BLOCK)


def keys_of_names(search_key: str) -> set[str]:
    """How the names are said and written, and of those in Latin letters the initials and each longer word: one slip
    leaves one of them."""
    lines = search_key.split("\n")
    names = [line.split() for line in lines if " " in line and not is_han(line)]
    first_letters = {f"~{''.join(sorted(initials(words)))}" for words in names}
    words = {f"~{word}" for words in names for word in words if len(word) >= LONGER_WORD}
    return spoken(search_key) | set(filter(is_han, lines)) | first_letters | words


def chunks(pairs: Iterator[Pair]) -> Iterator[list[Pair]]:
    while chunk := list(islice(pairs, CHUNK)):
        yield chunk


# Judging -------------------------------------------------------------------------------------------------------------


def different_people() -> set[Pair]:
    """Pairs somebody told apart, for ever: a twin merged since stands for its survivor."""
    told = SuspectedTwins.objects.filter(state=SuspectedTwins.State.DIFFERENT).values_list(
        Coalesce("one__merged_into_id", "one_id"), Coalesce("other__merged_into_id", "other_id")
    )
    return {(min(pair), max(pair)) for pair in told}


def stored_pairs() -> Iterator[list[SuspectedTwins]]:
    """The open suspicions, a chunk at a time."""
    rows, after = SuspectedTwins.objects.undecided().order_by("pk"), None
    while chunk := list((rows.filter(pk__gt=after) if after else rows)[:CHUNK]):
        yield chunk
        after = chunk[-1].pk


def judge_anew(rows: list[SuspectedTwins]) -> Counter[str]:
    """Write what is judged otherwise than before; a suspicion that holds no longer goes."""
    judged = judgements((row.one_id, row.other_id) for row in rows)
    gone = [row.pk for row in rows if not holds(judged.get((row.one_id, row.other_id)))]
    changed = [row for row in rows if row.pk not in gone and note(row, judged[row.one_id, row.other_id])]
    with transaction.atomic():
        SuspectedTwins.objects.undecided().filter(pk__in=gone).delete()
        update_rows(SuspectedTwins, changed, ["likeness", "reasons"])
    return Counter(changed=len(changed), dropped=len(gone))


def holds(found: Judgement | None) -> bool:
    return found is not None and found.is_worth_asking


def note(row: SuspectedTwins, found: Judgement) -> bool:
    """Set what was judged; whether it is news."""
    before = (row.likeness, row.reasons)
    row.likeness, row.reasons = found.likeness, " ".join(found.reasons)
    return before != (row.likeness, row.reasons)


def suspect(pairs: Iterable[Pair]) -> int:
    """Store the pairs worth asking about that are not stored yet; how many."""
    judged = {pair: found for pair, found in judgements(pairs).items() if holds(found)}
    known = SuspectedTwins.objects.filter(one__in={one for one, _other in judged}).values_list("one_id", "other_id")
    fresh = judged.keys() - set(known)
    rows = [SuspectedTwins(one_id=one, other_id=other) for one, other in sorted(fresh)]
    for row in rows:
        note(row, judged[row.one_id, row.other_id])
    SuspectedTwins.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def judgements(pairs: Iterable[Pair]) -> dict[Pair, Judgement]:
    """Judge these pairs, those with somebody removed left out; four queries, however many they are."""
    pairs = list(pairs)
    facts = facts_of({person for pair in pairs for person in pair})
    both = [(facts[one], facts[other]) for one, other in pairs if one in facts and other in facts]
    bearers, namesakes = bearers_of(both), namesakes_of(both)
    found = {}
    for one, other in both:
        number = max((namesakes.get(name, 2) for name in one.names & other.names), default=2)
        found[one.id, other.id] = judge(one, other, Crowd(bearers, number))
    return found


def facts_of(ids: Iterable[UUID]) -> dict[UUID, Facts]:
    """What is compared of these people."""
    ids, found = list(ids), {}
    reach: dict[UUID, dict[str, str]] = defaultdict(dict)
    for person, kind, normalised in ContactMethod.objects.filter(stakeholder__in=ids).values_list(
        "stakeholder_id", "kind", "normalised"
    ):
        reach[person][normalised] = kind
    columns = ("pk", "account_id", "name", "other_names", "search_key", "title", "has_left")
    rows = Stakeholder.objects.present().filter(pk__in=ids).annotate(group=GROUP).values_list("group", *columns)
    for group, pk, account, name, others, key, title, has_left in rows:
        found[pk] = Facts(
            pk, account, group, names_of(name, others), spoken(key, reach[pk]), reach[pk], fold(title), has_left
        )
    return found


def bearers_of(both: Iterable[tuple[Facts, Facts]]) -> dict[str, int]:
    """How many people have each number or address that two of these share."""
    shared = {way for one, other in both for way in one.ways.keys() & other.ways.keys()}
    rows = ContactMethod.objects.filter(normalised__in=shared, stakeholder__removed_at=None).order_by()
    return dict(rows.values_list("normalised").annotate(people=Count("stakeholder", distinct=True)))


def namesakes_of(both: Iterable[tuple[Facts, Facts]]) -> dict[str, int]:
    """How many people bear each name that two of these share at different customers."""
    ids = {facts.id for pair in both if pair[0].account != pair[1].account for facts in pair}
    keys = Stakeholder.objects.filter(pk__in=ids).values("sort_key")
    rows = Stakeholder.objects.present().filter(sort_key__in=keys).order_by()
    found: dict[str, int] = {}
    for name, number in rows.values_list("name").annotate(people=Count("pk")):
        for plain in names_of(name, ""):
            found[plain] = found.get(plain, 0) + number
    return found
