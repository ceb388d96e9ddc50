"""Posts: another one, mending it, changing it from a day on, leaving it, going elsewhere, taking a vacant seat."""

from typing import Any

from django.contrib import messages
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import worked_account
from accounts.models import Account
from pages.htmx import go, toast
from records.editing import attempt
from stakeholders import leaving
from stakeholders.access import asked_id, seen_person, worked_post
from stakeholders.forms import CorrectForm, GoForm, LeaveForm, MoveForm, PlaceForm, PostForm, SuccessorForm
from stakeholders.models import Position, Stakeholder
from stakeholders.views.answers import answer, show_form

SALT = "stakeholders.come_back"


def place_of(request: HttpRequest, otherwise: Account) -> tuple[PlaceForm, Account]:
    """The account a form is about: the address names it, and the user must work on it."""
    asked = request.GET if "account" in request.GET else None
    place = PlaceForm(asked, user=request.user, initial={"account": otherwise.pk})
    if place.is_valid():
        return place, place.cleaned_data["account"]
    if place.has_error("account", "invalid_choice") and asked_id(request.GET["account"]):
        raise Http404
    return place, otherwise


def begin(request: HttpRequest, pk: Any) -> HttpResponse:
    """Another post beside those the person holds."""
    person = seen_person(request, pk)
    place, account = place_of(request, person.account)
    account = worked_account(request, account.pk)
    form = PostForm(request.POST or None, account=account, person=person)
    title = _("Another post of %(name)s") % {"name": person.name}
    if request.method == "POST" and form.is_valid():
        post = attempt(form, lambda: Position.begin(person, account, by=request.user, **form.values()))
        if post is not None:
            toast(request, _("%(name)s holds another post.") % {"name": person.name})
            return go(request, person)
    context = {"form": form, "person": person, "back": person.get_absolute_url(), "action": _("Add the post")}
    return show_form(request, title, status=422 if form.is_bound else 200, place=place, **context)


def correct(request: HttpRequest, pk: Any) -> HttpResponse:
    """Mend what was entered wrongly."""
    post = worked_post(request, pk)
    form = CorrectForm(request.POST or None, instance=post, account=post.account)
    return answer(
        request,
        _("Correct a post of %(name)s") % {"name": post.stakeholder.name},
        Position.objects.all(),
        pk,
        lambda row: row.correct(by=request.user, **form.values()),
        told=_("Saved."),
        to=post.stakeholder,
        form=form,
        person=post.stakeholder,
        action=_("Save"),
        back=post.stakeholder.get_absolute_url(),
        intro=_("For what was entered wrongly. If the post itself changed, choose “Changed from a day on”."),
    )


def move(request: HttpRequest, pk: Any) -> HttpResponse:
    """The same seat with another boss, title, unit or level from a day on."""
    post = held_post(request, pk)
    form = MoveForm(request.POST or None, instance=post, account=post.account)
    return answer(
        request,
        _("What changed for %(name)s?") % {"name": post.stakeholder.name},
        Position.objects.all(),
        pk,
        lambda row: move_from(row, form.values(), request.user),
        told=_("The post is changed; what was before stays in its history."),
        to=post.stakeholder,
        form=form,
        person=post.stakeholder,
        action=_("Change it"),
        back=post.stakeholder.get_absolute_url(),
    )


def move_from(post: Position, values: dict[str, Any], user: Any) -> Position:
    return post.move(values.pop("since"), by=user, **values)


def held_post(request: HttpRequest, pk: Any) -> Position:
    """A post somebody holds today; of another there is nothing to leave."""
    post = worked_post(request, pk)
    if not post.is_held:
        raise Http404
    return post


def leave(request: HttpRequest, pk: Any) -> HttpResponse:
    """The post ended: when, and where did they go."""
    post = held_post(request, pk)
    form = LeaveForm(request.POST or None, instance=post)
    ended: list[leaving.Ended] = []
    return answer(
        request,
        _("%(name)s leaves %(post)s") % {"name": post.stakeholder.name, "post": post},
        Position.objects.all(),
        pk,
        lambda row: ended.append(
            leaving.leave(row, form.values()["until"], by=request.user, went_to=form.values()["went_to"])
        ),
        told=_("The post of %(name)s has ended; the seat is vacant.") % {"name": post.stakeholder.name},
        to=reverse("stakeholders:detail", args=[post.stakeholder_id]),
        undo=lambda: way_back(pk, ended[-1]),
        form=form,
        person=post.stakeholder,
        action=_("They left"),
        back=post.stakeholder.get_absolute_url(),
        intro=_(
            "Roles and influence at this account end with the last post there. Score and history go with the person."
        ),
    )


def way_back(pk: Any, ended: leaving.Ended) -> str:
    """The address that undoes a leaving; it names what ended with the post."""
    told = signing.dumps(ended.as_text(), salt=f"{SALT} {pk}", compress=True)
    return f"{reverse('stakeholders:come_back', args=[pk])}?with={told}"


@require_POST
def come_back(request: HttpRequest, pk: Any) -> HttpResponse:
    """Undo `leave`."""
    post = worked_post(request, pk)
    try:
        ended = leaving.Ended.from_text(signing.loads(request.GET.get("with", ""), salt=f"{SALT} {pk}"))
        leaving.come_back(post, ended, by=request.user)
    except signing.BadSignature:
        messages.error(request, leaving.NO_WAY_BACK)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        toast(request, _("%(name)s is back.") % {"name": post.stakeholder.name})
    return go(request, post.stakeholder)


def go_elsewhere(request: HttpRequest, pk: Any) -> HttpResponse:
    """Another post instead of this one, at the same account or another."""
    post = held_post(request, pk)
    place, account = place_of(request, post.account)
    form = GoForm(request.POST or None, post=post, account=account)
    person = post.stakeholder
    title = _("%(name)s moves to another post") % {"name": person.name}
    if request.method == "POST" and form.is_valid():
        values = form.values()
        fresh = attempt(form, lambda: leaving.go_to(post, account, values.pop("since"), by=request.user, **values))
        if fresh is not None:
            toast(request, _("%(name)s is now %(post)s.") % {"name": person.name, "post": fresh})
            return go(request, person)
    context = {"form": form, "person": person, "back": person.get_absolute_url(), "action": _("Move")}
    return show_form(request, title, status=422 if form.is_bound else 200, place=place, **context)


def succeed(request: HttpRequest, pk: Any) -> HttpResponse:
    """Somebody takes a vacant seat."""
    seat = worked_post(request, pk)
    if not seat.is_vacant:
        raise Http404
    form = SuccessorForm(request.POST or None, seat=seat)
    if request.method == "POST" and form.is_valid():
        fresh = attempt(form, lambda: seat_taken(seat, form.cleaned_data, request.user))
        if fresh is not None:
            toast(request, _("%(name)s is now %(post)s.") % {"name": fresh.stakeholder.name, "post": fresh})
            return go(request, fresh.stakeholder)
    new = f"{reverse('stakeholders:add', args=[seat.account_id])}?seat={seat.pk}"
    context = {
        "form": form,
        "person": seat.stakeholder,
        "back": new_or_tab(seat),
        "action": _("Take the seat"),
        "aside_url": new,
        "aside": _("Somebody not yet here"),
    }
    return show_form(
        request,
        _("Who follows %(name)s?") % {"name": seat.stakeholder.name},
        status=422 if form.is_bound else 200,
        **context,
    )


def new_or_tab(seat: Position) -> str:
    return reverse("stakeholders:of_account", args=[seat.account_id])


def seat_taken(seat: Position, answered: dict[str, Any], user: Any) -> Position:
    """Begin the post, beside the one the person holds there or instead of it."""
    person: Stakeholder = answered["person"]
    values = {"title": seat.title, "unit": seat.unit, "level": seat.level, "reports_to": seat.reports_to}
    present = Position.objects.on(seat.account.today()).filter(stakeholder=person, account=seat.account)
    held = present.select_related("account", "stakeholder").order_by("-is_primary", "since").first()
    if answered["manner"] == SuccessorForm.BESIDE or held is None:
        return leaving.take(person, seat.account, answered["since"], by=user, seat=seat, **values)
    keeping = person.roles.present().filter(account=seat.account).values_list("pk", flat=True)
    return leaving.go_to(held, seat.account, answered["since"], by=user, seat=seat, keeping=list(keeping), **values)
