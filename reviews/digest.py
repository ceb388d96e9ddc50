"""The digest: on working mornings each user gets one mail with what is new since the last (domain 5).

An alert is claimed for the mail before it goes, under a lease, and counts as told once the mail server has it. So two
runs at once tell it once; what the mail server refuses is given back, and what a killed process held is told by the
next run. Only a process killed between the mail server's word and ours lets somebody hear a thing twice.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import groupby
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import ngettext

from accounts.calendar import Days, days_now
from reviews.models import Alert, AlertQuerySet, Notification
from reviews.sentences import Line, lines, with_details
from reviews.workdays import is_workday
from users.models import User

MOST = 60
# Longer than a mail server may take (EMAIL_TIMEOUT), shorter than a job's own lease: whoever takes a killed job over
# finds its claims lapsed.
LEASE = timedelta(seconds=30)
log = logging.getLogger(__name__)


class NotSent(Exception):
    """The mail server refused some mails; their alerts wait for the next attempt."""


def send_all(now: datetime, *, before_each: Callable[[], object] = lambda: None) -> dict[str, int]:
    """A mail to everybody for whom something new waits; none on a day off."""
    sent = refused = 0
    if not is_workday(timezone.localdate(now)):
        return {"mails": 0}
    days = days_now(now)
    for user in waiting_users():
        before_each()
        try:
            sent += send(user, days)
        except OSError:  # what smtplib and a file on a full disk raise
            log.exception("The digest for user %s was not sent", user.pk)
            refused += 1
    if refused:
        raise NotSent(f"{refused} of {sent + refused} mails were refused")
    return {"mails": sent}


def waiting_users() -> list[User]:
    """Active users with an open alert on their list that no digest has told."""
    news = Notification.objects.filter(user=OuterRef("pk"), sent_at=None, alert__closed_on=None)
    return list(User.objects.active().filter(Exists(news)))


def send(user: User, days: Days) -> bool:
    """Tell one user what is new; whether there was anything."""
    claimed = claim(user, days)
    if not claimed:
        return False
    rows = Notification.objects.filter(pk__in=claimed)
    try:
        with translation.override(user.language), timezone.override(user.zone):
            mail(user, news_of(claimed, days)).send()
    except Exception:
        rows.update(claimed_at=None)
        raise
    rows.update(sent_at=timezone.now())
    return True


def claim(user: User, days: Days) -> dict[UUID, UUID]:
    """Take what is new for this user out of everybody else's reach for a while: notification → alert."""
    now = timezone.now()
    with transaction.atomic():
        rows = Notification.objects.claimable(now - LEASE).select_for_update(of=["self"]).filter(user=user)
        rows = rows.filter(alert__in=told_now(user, days)).order_by("pk")
        claimed = dict(rows.values_list("pk", "alert_id"))
        Notification.objects.filter(pk__in=claimed).update(claimed_at=now)
    return claimed


def told_now(user: User, days: Days) -> AlertQuerySet:
    """What a user may still see, that still holds, and that nobody put off."""
    return Alert.objects.visible_to(user).holding(days).waiting_now(days).order_by()


def news_of(claimed: dict[UUID, UUID], days: Days) -> list[Line]:
    """The lines of a mail, account by account."""
    alerts = Alert.objects.filter(pk__in=claimed.values())
    return lines(with_details(alerts).order_by("account__sort_key", "account_id", "kind", "-opened_on", "pk"), days)


def mail(user: User, news: list[Line]) -> EmailMultiAlternatives:
    """The mail, as text and as simple HTML."""
    shown = news[:MOST]
    context = {
        "user": user,
        "accounts": [(account, list(group)) for account, group in groupby(shown, key=lambda line: line.alert.account)],
        "more": len(news) - len(shown),
        "home": settings.PUBLIC_URL,
        "alerts": settings.PUBLIC_URL + reverse("reviews:alerts"),
    }
    subject = ngettext("%(count)d person or visit to see to", "%(count)d people or visits to see to", len(news))
    message = EmailMultiAlternatives(
        subject % {"count": len(news)}, render_to_string("mail/digest.txt", context), to=[user.email]
    )
    message.attach_alternative(render_to_string("mail/digest.html", context), "text/html")
    return message
