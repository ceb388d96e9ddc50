"""The one form of contacts behind four pages: log, plan, “it took place”, and edit."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.models import Account
from pages.htmx import target
from records.editing import attempt
from relationships import log_choices
from relationships.forms import PlanForm
from relationships.forms.fields import as_uuid, chosen_ids
from relationships.forms.person import NewPersonForm
from relationships.models import ActivityType, ContactRules, Interaction
from relationships.rights import accounts_to_log_at
from relationships.too_often import TooOften, warnings
from stakeholders.look_alikes import LookAlike, look_alikes, unless_told
from stakeholders.models import Stakeholder
from users.models import User

PAGE, FORM, SECTION, CHIPS = (
    "relationships/contact_form.html",
    "relationships/_contact_form.html",
    "relationships/_people.html",
    "relationships/_people_chips.html",
)
PARTS = {"contact-form": FORM, "people-section": SECTION, "people-chips": CHIPS}


@dataclass
class Sheet:
    """What differs between the pages: words, address, and the name of the draft kept on the device."""

    title: Any
    save: Any
    action: str
    draft: str = ""
    is_plan: bool = False
    interaction: Interaction | None = None

    @property
    def chooses_customer(self) -> bool:
        """What stands already belongs to its account."""
        return self.interaction is None


def account_to_log_at(user: User, pk: Any) -> Account:
    """The account asked for, of a merged one the survivor: 404 when it does not exist for this user, 403 when it is
    only to be looked at."""
    mine, seen, chosen = accounts_to_log_at(user), Account.objects.visible_to(user), as_uuid(pk)
    if account := mine.filter(pk=chosen).first() or mine.survivor_of(chosen):
        return account
    if seen.filter(pk=chosen).exists() or seen.survivor_of(chosen):
        raise PermissionDenied
    raise Http404


def show(
    request: HttpRequest,
    sheet: Sheet,
    form: forms.Form | None,
    account: Account | None,
    *,
    status: int = 200,
    **extra: Any,
) -> HttpResponse:
    """The page, or the part of it that htmx asks for."""
    context = {"sheet": sheet, "form": form, "account": account, **choices(request, sheet, form, account), **extra}
    template = PARTS.get(target(request), PAGE)
    return render(request, template, context, status=status)


def choices(request: HttpRequest, sheet: Sheet, form: forms.Form | None, account: Account | None) -> dict[str, Any]:
    """The chips."""
    asked = request.POST if request.method == "POST" else request.GET
    wanted = asked.get("customer", "").strip()
    if form is None or account is None:
        return {"customers": log_choices.customers(request.user, wanted), "wanted": wanted}
    chosen = set(chosen_ids(form, "people"))
    people = log_choices.people(account, chosen, asked.get("find", "").strip(), reader=request.user)
    gone = log_choices.no_longer_offered(sheet.interaction) if sheet.interaction else []
    buttons, more = log_choices.types(ActivityType.objects.filter(pk=type_id(form)).first())
    return {
        "people": people,
        "gone": gone,
        "chosen": chosen,
        "find": asked.get("find", ""),
        "types": buttons,
        "more_types": more,
        "chosen_type": type_id(form) or buttons[0].pk,
        "can_add_people": account.is_on_team(request.user),
        "new_person": extra_form(request),
        **crowd_of(form, [*people.persons, *gone]),
    }


def crowd_of(form: forms.Form, persons: list[Stakeholder]) -> dict[str, Any]:
    """Those ticked, when they are so many that it matters whom one spoke to (rule 4.6)."""
    chosen = set(chosen_ids(form, "people"))
    crowd = [person for person in persons if person.pk in chosen]
    if "spoken_to" not in form.fields or len(crowd) <= ContactRules.load().crowd:
        return {}
    return {"crowd": crowd, "spoken": set(chosen_ids(form, "spoken_to"))}


def type_id(form: forms.Form) -> UUID | None:
    """The kind chosen so far."""
    return as_uuid(form["activity_type"].value() or "")


def extra_form(request: HttpRequest) -> NewPersonForm:
    return NewPersonForm(request.POST if request.POST.get("step") == "new" else None)


def step(request: HttpRequest, sheet: Sheet, form: forms.Form, account: Account) -> HttpResponse | None:
    """A step on the way that stores no contact: find a person, or add one. None when it is the save."""
    if request.POST.get("step") == "find":
        return show(request, sheet, unjudged(form), account)
    if request.POST.get("step") == "new":
        return add_person(request, sheet, form, account)
    return None


def unjudged(form: forms.Form) -> forms.Form:
    """The form as sent, without complaints: nobody has saved yet."""
    form._errors = {}
    form.cleaned_data = {}
    return form


def add_person(request: HttpRequest, sheet: Sheet, form: forms.Form, account: Account) -> HttpResponse:
    """Somebody new at this customer, ticked at once."""
    if not account.is_on_team(request.user):
        raise PermissionDenied
    newcomer = NewPersonForm(request.POST)
    if newcomer.is_valid() and (found := unheard_of(newcomer, account, request)):
        return show(request, sheet, unjudged(form), account, status=422, new_person=newcomer, look_alikes=found)
    person = attempt(newcomer, lambda: newcomer.add(account, by=request.user)) if newcomer.is_valid() else None
    if person is None:
        return show(request, sheet, unjudged(form), account, status=422, new_person=newcomer)
    form.data = form.data.copy()
    form.data.appendlist("people", str(person.pk))
    return show(request, sheet, unjudged(form), account, new_person=NewPersonForm())


def unheard_of(newcomer: NewPersonForm, account: Account, request: HttpRequest) -> list[LookAlike]:
    """Who may be meant already, where the sender was not told of each of them yet."""
    sent = newcomer.cleaned_data
    found = look_alikes(account, request.user, sent["new_name"], title=sent["new_title"])
    return unless_told(found, request.POST.getlist("told_of"))


def start(request: HttpRequest, account: Account) -> Mapping[str, Any]:
    """What the address asks to have filled in, and the last participants ticked."""
    named = [pk for pk in map(as_uuid, request.GET.getlist("person")) if pk]
    like = Interaction.objects.visible_to(request.user).filter(pk=as_uuid(request.GET.get("interaction"))).first()
    filled = {"client_id": str(uuid4())}
    if like is not None and like.account_id == account.pk:
        filled |= copied(like) | {"people": log_choices.still_there(like)}
    elif named:
        filled["people"] = named
    else:
        filled["people"] = log_choices.last_participants(account)
    if kind := as_uuid(request.GET.get("type")):
        filled["activity_type"] = kind
    return filled


def too_often_by(form: forms.Form, reader: User, record: Interaction | None = None) -> list[TooOften]:
    """Whom the plan in this form would be too much for, as far as it is filled in."""
    sent = form.cleaned_data
    if not all(sent.get(name) for name in ("people", "held_on", "activity_type")):
        return []
    return warnings(
        list(sent["people"]),
        sent["held_on"],
        sent["activity_type"],
        reader=reader,
        asked_by_them=sent["asked_by_them"],
        besides=record.pk if record else None,
    )


def unheard(request: HttpRequest, form: forms.Form, record: Interaction | None = None) -> list[TooOften]:
    """The warnings of a plan about to be stored where its sender has not seen one of them. Whoever has, plans it all
    the same; a plan that stays when and with whom it was needs none."""
    weighs = {"people", "held_on", "activity_type", "asked_by_them"}
    if not isinstance(form, PlanForm) or not weighs & set(form.changed_data):
        return []
    found, heard = too_often_by(form, request.user, record), set(request.POST.getlist("warned"))
    return found if any(str(each.person.pk) not in heard for each in found) else []


def copied(interaction: Interaction) -> dict[str, Any]:
    """The same people, kind and purpose once more."""
    return {
        "activity_type": interaction.activity_type_id,
        "people": list(interaction.participants.values_list("stakeholder_id", flat=True)),
        "colleagues": list(
            interaction.colleagues.exclude(user=interaction.author_id).values_list("user_id", flat=True)
        ),
        "place": interaction.place,
        "objective": interaction.objective,
    }
