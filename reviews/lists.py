"""The list of alerts."""

from html import escape

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from accounts.calendar import days_for
from pages.days import day_in_words
from pages.templatetags.pages import badge, icon
from records.list_cells import link
from records.lists import Listing, Told
from records.record_types import Column
from reviews.deeds import ALERT_DEEDS
from reviews.filters import AlertFilters
from reviews.models import Alert
from reviews.record_types import ALERTS
from reviews.sentences import lines, with_details
from users.models import User

TONES = {Alert.Kind.STALE: "warn", Alert.Kind.TOO_OFTEN: "warn", Alert.Kind.DUE: "warn"}
ICONS = {Alert.Kind.VISIT_UNANSWERED: "calendar", Alert.Kind.TOO_OFTEN: "pause-circle"}


def seen(user: User) -> QuerySet[Alert]:
    """Those whose rule holds still: a visit may have been logged since the job looked."""
    return Alert.objects.visible_to(user).holding(days_for(user))


def with_sentences(rows: list[Told], user: User) -> list[Told]:
    """Whom each is about, why, and whether this user may quiet it."""
    alerts = with_details(Alert.objects.filter(pk__in=[row["id"] for row in rows]))
    told = {line.alert.pk: line for line in lines(alerts, days_for(user), user)}
    for row in rows:
        line = told[row["id"]]
        row |= {"subject": line.subject, "why": line.reason, "url": line.url, "line": line}
    return rows


def draw_subject(row: Told) -> str:
    """Whom it is about, with what became of it."""
    told = f'{icon(ICONS.get(row["kind"], "bell"), 18)} <a href="{row["url"]}">{escape(row["subject"])}</a>'
    return f'{told}<span class="why">{escape(handled(row))}</span>' if row["line"].alert.is_shut else told


def handled(row: Told) -> str:
    """Who put it off until when, or dismissed it why."""
    alert, today = row["line"].alert, row["line"].alert.account.today()
    told = {"name": alert.handled_by or "?", "reason": alert.reason}
    if alert.dismissed_on:
        told["day"] = day_in_words(alert.dismissed_on, today)
        return _("dismissed by %(name)s on %(day)s: %(reason)s") % told
    told["day"] = day_in_words(alert.snoozed_until, today)
    return _("snoozed until %(day)s by %(name)s") % told


def draw_kind(row: Told) -> str:
    return badge(Alert.Kind(row["kind"]).label, TONES.get(row["kind"], "bad"))


def draw_account(row: Told) -> str:
    return link("accounts:detail", row["account_id"], row["account__name"])


def draw_quieting(row: Told) -> str:
    """The way to put it off, or to bring it back."""
    if not row["line"].may_change:
        return ""
    if row["line"].alert.is_shut:
        label = escape(_("Bring %(name)s back") % {"name": row["subject"]})
        wake = reverse("reviews:wake", args=[row["id"]])
        act = f'formaction="{wake}" form="picked" hx-post="{wake}" hx-swap="none"'
        return f'<button class="icon-button quiet" aria-label="{label}" {act}>{icon("arrow-uturn-left")}</button>'
    label = escape(_("Snooze %(name)s") % {"name": row["subject"]})
    snooze = reverse("reviews:snooze", args=[row["id"]])
    ask = f'href="{snooze}" hx-get="{snooze}" hx-target="#dialog-content"'
    return f'<a class="icon-button button quiet" aria-label="{label}" {ask}>{icon("bell-snooze")}</a>'


ALERT_LIST = Listing(
    type=ALERTS,
    page="reviews:alerts",
    filters=AlertFilters,
    rows=seen,
    standard=("subject", "kind", "why", "account", "opened_on", "quiet"),
    order="-opened_on",
    head="subject",
    complete=with_sentences,
    always=("id", "kind", "account_id"),
    added=("subject", "why", "quiet"),
    draws={"subject": draw_subject, "kind": draw_kind, "account": draw_account, "quiet": draw_quieting},
    beside=(Column("quiet", _lazy("Snooze"), is_read=False),),
    on_screen=("quiet",),
    deeds=ALERT_DEEDS,
    label_needs=("stakeholder", "interaction__activity_type", "interaction__account"),
    empty="reviews/_no_alerts.html",
)
