"""A dated next step with one owner."""

from datetime import date, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.calendar import Days, on_each_day
from accounts.models import Account
from pages.addresses import page_of
from records.history import Tracked
from records.models import Record, RecordQuerySet
from relationships.models.activity_type import ActivityType
from relationships.models.interaction import Interaction
from stakeholders.models import Stakeholder
from users.models import User


class ActionQuerySet(RecordQuerySet):
    def visible_to(self, user: User) -> "ActionQuerySet":
        return self.present().filter(account__in=Account.objects.visible_to(user))

    def open(self) -> "ActionQuerySet":
        return self.present().filter(done_on=None)

    def overdue(self, days: Days) -> "ActionQuerySet":
        """Open, and due before today at their account (domain 5: the day after)."""
        return self.open().filter(on_each_day(days, lambda today: Q(due_on__lt=today)))

    def due_within(self, length: timedelta, days: Days) -> "ActionQuerySet":
        """Open, and due until so far from today at their account."""
        return self.open().filter(on_each_day(days, lambda today: Q(due_on__lte=today + length)))


class Action(Record):
    """What somebody of ours will do next, by when; the first due date is kept when it is put off (rule 4.14)."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="actions", verbose_name=_("account"))
    stakeholder = models.ForeignKey(
        Stakeholder, models.SET_NULL, null=True, blank=True, related_name="actions", verbose_name=_("person")
    )
    interaction = models.ForeignKey(
        Interaction, models.SET_NULL, null=True, blank=True, related_name="next_steps", verbose_name=_("from")
    )
    title = models.CharField(_("next step"), max_length=300)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="actions", verbose_name=_("owner"))
    activity_type = models.ForeignKey(
        ActivityType, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("activity")
    )
    first_due_on = models.DateField(_("first due"), editable=False)
    due_on = models.DateField(_("due"))
    review_on = models.DateField(_("review"), null=True, blank=True)
    done_on = models.DateField(_("done"), null=True, blank=True)
    result = models.TextField(_("result"), blank=True, max_length=4000)

    objects = ActionQuerySet.as_manager()
    history = Tracked()

    class Meta:
        verbose_name = _("next step")
        verbose_name_plural = _("next steps")
        constraints = [models.CheckConstraint(condition=~Q(title=""), name="action_has_title")]
        indexes = [
            models.Index(
                fields=["owner", "due_on"], condition=Q(done_on=None, removed_at=None), name="action_open_by_owner"
            ),
            models.Index(fields=["account", "due_on"], name="action_by_account"),
            models.Index(fields=["due_on", "id"], name="action_by_day"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return page_of("relationships:action", self.pk)

    def can_be_changed_by(self, user: User) -> bool:
        """Its owner, the account's team and the managers above."""
        return self.owner_id == user.pk or self.account.is_on_team(user)

    def clean(self) -> None:
        """Somebody with a sign-in owns it, and whom it is about has, or had, a post there."""
        if self.owner_id and not self.owner.is_active:
            raise ValidationError({"owner": _("%(name)s is no longer active.") % {"name": self.owner}})
        if self.stakeholder_id and not self.stakeholder.positions.present().filter(account=self.account_id).exists():
            told = {"names": self.stakeholder, "account": self.account}
            raise ValidationError({"stakeholder": _("%(names)s: not at %(account)s.") % told})

    @classmethod
    def add(
        cls, account: Account, title: str, due_on: date, *, by: User, owner: User | None = None, **values
    ) -> "Action":
        """A dated next step; without an owner, the one who writes it down."""
        action = cls(account=account, title=title, first_due_on=due_on, due_on=due_on, owner=owner or by, **values)
        action.full_clean()
        action.keep(by=by, because="action_added")
        return action

    def change(self, *, by: User, **values) -> None:
        """Edit it, or put it off: the first due date stays."""
        for field, value in values.items():
            setattr(self, field, value)
        self.full_clean()
        self.keep(by=by, because="action_changed")

    def finish(self, day: date, *, by: User, result: str = "") -> None:
        """It is done."""
        self.done_on, self.result = day, result or self.result
        self.full_clean()
        self.keep(by=by, because="action_done")

    def reopen(self, *, by: User) -> None:
        """Undo `finish`."""
        self.done_on = None
        self.keep(by=by, because="action_reopened")
