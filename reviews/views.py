"""The alerts page, and quieting an alert in place: put off to a day, dismissed with a reason, brought back."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Account
from pages.days import day_in_words
from pages.htmx import done, invalid, target, toast
from records.editing import attempt
from records.list_page import show
from relationships.models import ContactState
from reviews import alert_job
from reviews.alert_rules import LINES, SILENCE
from reviews.forms import DismissForm, SnoozeForm
from reviews.lists import ALERT_LIST
from reviews.models import Alert
from reviews.sentences import subject as told_of
from stakeholders.models import Stakeholder
from users.models import User

HANDLED = "alert-handled"


@require_safe
def alerts(request: HttpRequest) -> HttpResponse:
    """What asks for somebody, with its reason; one's own, or all one sees."""
    refresh = f"{HANDLED} from:body, interaction-logged from:body"
    return show(request, ALERT_LIST, "reviews/alerts.html", refresh=refresh)


# Quieting one alert ---------------------------------------------------------------------------------------------------


def snooze(request: HttpRequest, pk: UUID) -> HttpResponse:
    return quieten(request, Subject.of_alert(request, pk), SnoozeForm)


def dismiss(request: HttpRequest, pk: UUID) -> HttpResponse:
    return quieten(request, Subject.of_alert(request, pk), DismissForm)


def snooze_person(request: HttpRequest, pk: UUID) -> HttpResponse:
    """From a line that has no alert yet: it is opened now, as the night would have done."""
    return quieten(request, Subject.of_person(request, pk), SnoozeForm)


def dismiss_person(request: HttpRequest, pk: UUID) -> HttpResponse:
    return quieten(request, Subject.of_person(request, pk), DismissForm)


@require_POST
def wake(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Undo a snooze or a dismissal."""
    alert = handled_alert(request, pk)
    alert.wake(by=request.user)
    toast(request, _("Back on the list."))
    return answered(request)


class Subject:
    """What somebody wants out of sight: an alert, or a person's silence, which may have no alert yet."""

    def __init__(
        self,
        account: Account,
        name: str,
        urls: tuple[str, str],
        alert: Callable[[], Alert | None],
        person: Stakeholder | None,  # whose silence it is
    ) -> None:
        self.today, self.name, self.alert = account.today(), name, alert
        self.snooze_url, self.dismiss_url = urls
        due = ContactState.objects.due(self.today).filter(stakeholder=person).first()
        self.back_on = due.stale_on if due else None  # whoever is due soon goes quiet then, whatever was put off

    @classmethod
    def of_alert(cls, request: HttpRequest, pk: UUID) -> "Subject":
        alert = handled_alert(request, pk)
        urls = reverse("reviews:snooze", args=[pk]), reverse("reviews:dismiss", args=[pk])
        person = alert.stakeholder if alert.kind in LINES else None
        return cls(alert.account, told_of(alert), urls, lambda: alert, person)

    @classmethod
    def of_person(cls, request: HttpRequest, pk: UUID) -> "Subject":
        people = Stakeholder.objects.visible_to(request.user).select_related("account")
        person = get_object_or_404(people, pk=pk)
        if not person.account.is_on_team(request.user):
            raise PermissionDenied
        urls = reverse("reviews:snooze_person", args=[pk]), reverse("reviews:dismiss_person", args=[pk])
        return cls(person.account, person.name, urls, lambda: silence_of(person), person)


def handled_alert(request: HttpRequest, pk: UUID) -> Alert:
    """The alert, for somebody of its account's team; 404 where it is hidden, 403 for who may only look."""
    rows = Alert.objects.visible_to(request.user).select_related("account", "stakeholder", "interaction")
    alert = get_object_or_404(rows, pk=pk)
    if not alert.can_be_handled_by(request.user):
        raise PermissionDenied
    return alert


def silence_of(person: Stakeholder) -> Alert | None:
    """The person's alert of silence, or the line before it; None when somebody met them meanwhile."""
    held = alert_job.open_for(person).filter(kind__in=(*SILENCE, *LINES))
    return held.select_related("account", "stakeholder", "interaction").first()


def quieten(request: HttpRequest, subject: Subject, chosen_form: type[SnoozeForm | DismissForm]) -> HttpResponse:
    """Ask until when or why, or take the answer."""
    form = chosen_form(request.POST or None, today=subject.today)
    if form.is_bound and form.is_valid() and (done_to := apply(form, subject, request.user)):
        tell(request, *done_to)
        return answered(request)
    context = {"subject": subject, "form": form, "is_snooze": chosen_form is SnoozeForm}
    template = "reviews/_quieten.html" if target(request) == "dialog-content" else "reviews/quieten.html"
    return invalid(request, template, context) if form.is_bound else render(request, template, context)


def apply(form: SnoozeForm | DismissForm, subject: Subject, user: User) -> tuple[Alert | None, str] | None:
    """Quiet it by the verb; None when the verb refused."""
    alert = subject.alert()
    if alert is None:
        return None, _("%(name)s is no longer on the list.") % {"name": subject.name}
    if isinstance(form, SnoozeForm):
        until = min(form.cleaned_data["until"], subject.back_on or date.max)
        attempt(form, lambda: alert.snooze(until, by=user))
        text = _("%(name)s: snoozed until %(day)s.") % {"name": subject.name, "day": day_in_words(until, subject.today)}
    else:
        attempt(form, lambda: alert.dismiss(form.cleaned_data["reason"], by=user))
        text = _("%(name)s: dismissed.") % {"name": subject.name}
    return (alert, text) if form.is_valid() else None


def tell(request: HttpRequest, alert: Alert | None, text: str) -> None:
    toast(request, text, undo=reverse("reviews:wake", args=[alert.pk]) if alert else "")


def answered(request: HttpRequest) -> HttpResponse:
    """Close the dialog and let every list ask for itself anew; without script, back to where it was sent from."""
    if request.htmx:
        return done(HANDLED)
    return HttpResponseRedirect(came_from(request))


def came_from(request: HttpRequest) -> str:
    """Where the form was asked from: named by `next`, else the page it stood on, unless that was its own."""
    back: Any = request.GET.get("next") or request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return back if is_ours and request.path not in back else reverse("reviews:alerts")
