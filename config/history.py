"""The History tab of an account and of a person: who changed what, when, through what, from what to what."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core import signing
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from accounts.access import seen_account
from accounts.models import Account, AccountMember, AccountMerge, Opportunity, OrgUnit
from pages.days import full_day, moment_in_words
from pages.htmx import target
from records.history import history_model
from records.timeline import Cursor, Entry, FieldChange, Timeline, timeline
from relationships.models import Action, Interaction
from stakeholders.access import seen_person
from stakeholders.models import CareDate, ContactMethod, DecisionRole, Influence, PersonMerge, Position, Stakeholder
from stakeholders.person_page import seen_by
from users.models import User

SALT = "config.history"
PAGE = 40

# The person's own row repeats what the primary post says; the post tells it.
MIRRORS = [Stakeholder._meta.get_field(name).verbose_name for name in ("account", "unit", "title", "level", "has_left")]
GROUP = Account._meta.get_field("parent").verbose_name
BELONGS = OrgUnit._meta.get_field("account").verbose_name

ACTS = {
    "created": gettext_lazy("added"),
    "changed": gettext_lazy("changed"),
    "removed": gettext_lazy("removed"),
    "restored": gettext_lazy("brought back"),
    "deleted": gettext_lazy("deleted"),
}
CLIENTS = {
    "web": "",
    "job": gettext_lazy("by a job"),
    "api": gettext_lazy("through the API"),
    "import": gettext_lazy("by an import"),
    "demo": gettext_lazy("by the demo"),
}


@require_safe
def of_account(request: HttpRequest, pk) -> HttpResponse:
    account = seen_account(request, pk)
    told = tell(account_histories(account, request.user), request)
    return answer(request, "config/account_history.html", told, account=account)


@require_safe
def of_person(request: HttpRequest, pk) -> HttpResponse:
    person = seen_person(request, pk)
    told = tell(person_histories(person, request.user), request)
    account = seen_by(person, request.user).account
    return answer(request, "config/person_history.html", told, person=person, account=account)


def answer(request: HttpRequest, template: str, told: Timeline, **context: Any) -> HttpResponse:
    """The page, or only the next stretch of it."""
    context |= {"lines": lines(told.entries), "earlier": written(told.next)}
    return render(request, "config/_history.html" if target(request) == "earlier" else template, context)


# What belongs to it --------------------------------------------------------------------------------------------------


def account_histories(account: Account, viewer: User) -> list[QuerySet]:
    """Everything that arose at this account; an edge of influence only when both its ends are in sight."""
    of_account = (AccountMember, OrgUnit, Opportunity, Stakeholder, Position, DecisionRole, Interaction, Action)
    people = Stakeholder.objects.visible_to(viewer)
    selves = [account.pk, *Account.objects.filter(merged_into=account).values_list("pk", flat=True)]
    return [
        Account.history.filter(id__in=selves),
        AccountMerge.history.filter(kept__in=selves),
        *(model.history.filter(account__in=selves) for model in of_account),
        Influence.history.filter(account__in=selves, source__in=people, target__in=people),
    ]


def person_histories(person: Stakeholder, viewer: User) -> list[QuerySet]:
    """The person's own row and parts, those of merged twins too, and of posts and roles those at accounts in sight."""
    selves = [person.pk, *Stakeholder.objects.filter(merged_into=person).values_list("pk", flat=True)]
    seen = Account.objects.visible_to(viewer).values("pk")
    return [
        Stakeholder.history.filter(id__in=selves),
        PersonMerge.history.filter(kept__in=selves),
        *(model.history.filter(stakeholder__in=selves) for model in (ContactMethod, CareDate)),
        *(
            model.history.filter(id__in=rows_of(model, selves), account__in=seen)
            for model in (Position, DecisionRole, Action)
        ),
    ]


def rows_of(model: type[Model], people: list[UUID]) -> QuerySet:
    """Also the removed ones: their history is read by id, which an index answers."""
    return model._base_manager.filter(stakeholder__in=people).values("pk")


# Where a page ends ---------------------------------------------------------------------------------------------------


def tell(histories: Iterable[QuerySet], request: HttpRequest) -> Timeline:
    before = read(request.GET.get("before", ""))
    return timeline(histories, before=before, limit=PAGE, names=names_of, viewer=request.user)


def names_of(users: Iterable[UUID]) -> Mapping[UUID, str]:
    """Names by id, of former colleagues too."""
    return dict(User._base_manager.filter(pk__in=users).values_list("pk", "full_name"))


def written(place: Cursor | None) -> str:
    return signing.dumps([place.at.isoformat(), place.row, place.kind], salt=SALT, compress=True) if place else ""


def read(text: str) -> Cursor | None:
    """A place this page gave out; anything else begins at the newest change."""
    try:
        at, row, kind = signing.loads(text, salt=SALT)
    except signing.BadSignature:
        return None
    return Cursor(datetime.fromisoformat(at), row, kind)


# In words ------------------------------------------------------------------------------------------------------------


def lines(entries: Iterable[Entry]) -> list[dict[str, Any]]:
    """What the template shows of each change; one that says nothing is left out."""
    told = [without_hidden_group(without_ends(without_mirrors(entry))) for entry in entries]
    told = [entry for entry in told if entry.changes or entry.act != "changed"]
    labels = forgotten_labels(told)
    return [line(entry, entry.label or labels.get(entry.object_id, "")) for entry in told]


def line(entry: Entry, label: str) -> dict[str, Any]:
    is_new = entry.act == "created"
    changes = [each for each in entry.changes if not (is_new and goes_without_saying(each, label))]
    return {
        "at": timezone.localtime(entry.at),
        "kind": entry.kind,
        "label": label,
        "act": ACTS[entry.act],
        "is_new": is_new,
        "is_end": entry.act in ("removed", "deleted"),
        "who": entry.who or (_("Two Eyes") if entry.user_id is None else _("somebody no longer known")),
        "client": CLIENTS.get(entry.client, entry.client),
        "changes": [
            {
                "name": each.name,
                "before": in_words(each.before),
                "after": in_words(each.after),
                "is_hidden": each.is_hidden,
            }
            for each in changes
        ],
    }


def goes_without_saying(change: FieldChange, label: str) -> bool:
    """Of a new row: where it belongs, and what its label says already."""
    return change.name == BELONGS or in_words(change.after) in (label, *label.split(" · "))


def without_mirrors(entry: Entry) -> Entry:
    if entry.key.kind != history_model(Stakeholder)._meta.label_lower:
        return entry
    return replace(entry, changes=tuple(change for change in entry.changes if change.name not in MIRRORS))


def without_ends(entry: Entry) -> Entry:
    """A merge is told by the name of who was merged; which two it joined stands beside it anyway."""
    is_merge = entry.key.kind in {history_model(model)._meta.label_lower for model in (PersonMerge, AccountMerge)}
    return replace(entry, changes=()) if is_merge else entry


def without_hidden_group(entry: Entry) -> Entry:
    """A group company out of sight does not exist, not even as a blank."""
    if entry.key.kind != history_model(Account)._meta.label_lower:
        return entry
    unseen = _("no longer shown")
    kept = (each for each in entry.changes if each.name != GROUP or unseen not in (each.before, each.after))
    return replace(entry, changes=tuple(kept))


def forgotten_labels(entries: Iterable[Entry]) -> dict[UUID, str]:
    """Names of removed rows that need a relation to say them; one query per kind, and their account is in sight."""
    wanted: dict[str, set[UUID]] = defaultdict(set)
    for entry in entries:
        if not entry.label:
            wanted[entry.key.kind].add(entry.object_id)
    labels: dict[UUID, str] = {}
    for model in (AccountMember, Position, DecisionRole, Interaction):
        if ids := wanted.get(history_model(model)._meta.label_lower):
            rows = model._base_manager.filter(pk__in=ids).select_related(*model.label_needs)
            labels |= {row.pk: str(row) for row in rows}
    return labels


def in_words(value: Any) -> str:
    """A value as its reader would write it."""
    if value in (None, "", [], ()):
        return "—"
    if isinstance(value, datetime):
        return moment_in_words(timezone.localtime(value), timezone.localdate())
    if isinstance(value, date):
        return full_day(value)
    return str(value)
