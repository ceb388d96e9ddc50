"""What is told of bulk edits that were done: what was asked for, who may undo them, which records they changed."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Q, QuerySet
from django.utils.encoding import force_str

from accounts.models import Account
from records.deeds import Deed, DeedForm, pieces
from records.history import history_model
from records.lists import Listing
from records.taking_back import traces_in
from sync.bulk import as_given, deed_named, said
from sync.lists import LISTS
from sync.models import BulkEdit
from users.models import User

AT_ONCE = 5_000
Names = Mapping[tuple[str, str], str]  # of records, by kind and key


@dataclass(frozen=True)
class Told:
    """A bulk edit and what it did, in words."""

    edit: BulkEdit
    listing: Listing
    what: str


@dataclass(frozen=True)
class Changed:
    """A record it changed: what it said before, and who changed it since, where undoing left it for that."""

    record: Any
    name: str
    before: str = ""
    by: str = ""
    at: datetime | None = None

    @property
    def url(self) -> str:
        """Its page; none where it was removed, or has none."""
        has_page = hasattr(self.record, "get_absolute_url") and not self.record.is_removed
        return self.record.get_absolute_url() if has_page else ""


# What it did ----------------------------------------------------------------------------------------------------------


def told(edits: Iterable[BulkEdit]) -> list[Told]:
    """In the reader's language; records are named as they are called today, a query for each kind."""
    edits = list(edits)
    names = names_in(value for edit in edits for value in edit.given.values())
    return [Told(edit, LISTS[edit.listing], what(edit, names)) for edit in edits]


def what(edit: BulkEdit, names: Names) -> str:
    """What was done, and what was set to what."""
    deed = deed_named(LISTS[edit.listing], edit.deed)
    return in_a_line(deed, edit.given, names) if deed else edit.deed


def what_is_asked(deed: Deed, form: DeedForm) -> str:
    """The same of what is about to be done."""
    given = as_given(form)
    return in_a_line(deed, given, names_in(given.values()))


def in_a_line(deed: Deed, given: Mapping[str, Any], names: Names) -> str:
    values = "; ".join(in_words(deed, name, value, names) for name, value in given.items())
    return f"{deed.label}: {values}" if values else str(deed.label)


def in_words(deed: Deed, name: str, value: Any, names: Names) -> str:
    """What the field was set to, as its form would say it."""
    if isinstance(value, dict):
        value = date.fromisoformat(value["day"]) if "day" in value else names.get((value["model"], value["pk"]), "")
    choices = getattr(deed.form.base_fields.get(name), "choices", None)
    return said(value, dict(choices) if isinstance(choices, list) else {})


def names_in(values: Iterable[Any]) -> Names:
    """What the records among these values are called."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for value in values:
        if isinstance(value, dict) and "model" in value:
            wanted[value["model"]].add(value["pk"])
    return {
        (label, str(record.pk)): str(record)
        for label, keys in wanted.items()
        for record in apps.get_model(label)._base_manager.filter(pk__in=keys)
    }


# Who may undo it ------------------------------------------------------------------------------------------------------


def undoable_by(edits: Sequence[BulkEdit], user: User) -> list[BulkEdit]:
    """One's own, and a colleague's where one stands above every record in it; all of them for administrators."""
    others = {edit.pk for edit in edits if edit.author_id != user.pk and not user.is_administrator}
    if not others:
        return list(edits)
    written = {edit.pk: edit.written for edit in BulkEdit.objects.filter(pk__in=others).only("keys")}
    by_listing: dict[str, set[UUID]] = defaultdict(set)
    for edit in edits:
        by_listing[edit.listing] |= written.get(edit.pk, {}).keys()
    beyond = {pk for name, ids in by_listing.items() for pk in beyond_teams_of(user, LISTS[name], ids)}
    return [edit for edit in edits if not beyond & written.get(edit.pk, {}).keys()]


def beyond_teams_of(user: User, listing: Listing, ids: Collection[UUID]) -> Iterator[UUID]:
    """Which of the records lie at accounts that no team of this manager answers for."""
    led = Account.objects.filter(team__in=user.led_team_ids).values("pk")
    for some in pieces(ids, AT_ONCE):
        rows = listing.type.model._base_manager.filter(pk__in=some)
        yield from rows.exclude(at_accounts(listing, led)).values_list("pk", flat=True)


def at_accounts(listing: Listing, accounts: QuerySet) -> Q:
    return Q(**{f"{listing.type.model.account_column}__in": accounts})


# Which records --------------------------------------------------------------------------------------------------------


def records_in(edit: BulkEdit, ids: Collection[UUID], viewer: User) -> QuerySet:
    """Those in the viewer's sight; what the edit took out of sight, too, while it can be brought back."""
    listing = LISTS[edit.listing]
    model = listing.type.model
    seen = model._default_manager.visible_to(viewer).filter(pk__in=ids).values("pk")
    gone = Q(removed_at__isnull=False) & at_accounts(listing, Account.objects.visible_to(viewer).values("pk"))
    rows = model._base_manager.filter(Q(pk__in=seen) | gone, pk__in=ids)
    return rows.select_related(*listing.label_needs) if listing.label_needs else rows


def changed(edit: BulkEdit, records: Sequence[Any]) -> list[Changed]:
    """The records with what they said before, and who changed them since; a fixed number of queries."""
    listing, ids = LISTS[edit.listing], [record.pk for record in records]
    model = listing.type.model
    before, later = said_before(edit, model, ids), later_hands(edit, model, ids)
    nobody = ("", None)
    return [
        Changed(record, listing.called(record), before.get(record.pk, ""), *later.get(record.pk, nobody))
        for record in records
    ]


def said_before(edit: BulkEdit, model: Any, ids: Collection[UUID]) -> dict[UUID, str]:
    """By record, what its history says of the fields before they were set."""
    columns = {each.name: each.attname for each in model._meta.concrete_fields if each.name in edit.given}
    numbers = [trace.before for _owner, trace in traces_in(model, "id", ids, edit.because)]
    lines = history_model(model).objects.filter(history_id__in=numbers).values("id", *columns.values())
    rows = [(line["id"], {name: kept(model, name, line[column]) for name, column in columns.items()}) for line in lines]
    names = names_in(value for _pk, values in rows for value in values.values())
    deed = deed_named(LISTS[edit.listing], edit.deed)
    return {pk: "; ".join(in_words(deed, *each, names) for each in values.items()) for pk, values in rows if deed}


def kept(model: Any, name: str, value: Any) -> Any:
    """A column's value as an edit keeps what it was given."""
    other = model._meta.get_field(name).related_model
    return {"model": other._meta.label_lower, "pk": force_str(value)} if other and value else value


def later_hands(edit: BulkEdit, model: Any, ids: Collection[UUID]) -> dict[UUID, tuple[str, datetime]]:
    """By record, who wrote it last between the edit and its undoing, and when."""
    if edit.undone_at is None:
        return {}
    lines = history_model(model).objects.filter(
        id__in=ids, history_date__gt=edit.done_at, history_date__lte=edit.undone_at
    )
    last = {
        pk: (who, at)
        for pk, who, at in lines.order_by("history_date", "history_id").values_list(
            "id", "history_user_id", "history_date"
        )
    }
    users = dict(User._base_manager.filter(pk__in={who for who, _at in last.values()}).values_list("pk", "full_name"))
    return {pk: (users.get(who, ""), at) for pk, (who, at) in last.items()}
