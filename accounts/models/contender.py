"""Who competes with us for an opportunity."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.account import Account
from accounts.models.competitor import Competitor
from accounts.models.opportunity import Opportunity
from records.history import Tracked
from records.models import Record, RecordQuerySet
from users.models import User


class ContenderQuerySet(RecordQuerySet):
    def visible_to(self, user: User) -> "ContenderQuerySet":
        return self.present().filter(account__in=Account.objects.visible_to(user))

    def of(self, opportunity: Opportunity) -> "ContenderQuerySet":
        """Those of one opportunity, by name."""
        return self.present().filter(opportunity=opportunity).select_related("competitor").order_by("competitor__name")


class Contender(Record):
    """A competitor that takes part in an opportunity."""

    blocks_removal = False

    account = models.ForeignKey(Account, models.CASCADE, related_name="+", editable=False, verbose_name=_("account"))
    opportunity = models.ForeignKey(
        Opportunity, models.CASCADE, related_name="contenders", verbose_name=_("opportunity")
    )
    competitor = models.ForeignKey(Competitor, models.PROTECT, related_name="+", verbose_name=_("competitor"))

    label_needs = ("competitor",)
    objects = ContenderQuerySet.as_manager()
    history = Tracked()

    class Meta:
        verbose_name = _("competitor in an opportunity")
        verbose_name_plural = _("competitors in opportunities")
        constraints = [
            models.UniqueConstraint(
                fields=["opportunity", "competitor"], condition=Q(removed_at=None), name="contender_once"
            )
        ]

    def __str__(self) -> str:
        return self.competitor.name

    @classmethod
    def enter(cls, opportunity: Opportunity, name: str, *, by: User | None) -> "Contender":
        """The competitor of this name takes part; one that does already stays."""
        competitor = Competitor.named(name, by=by)
        known = cls.objects.present().filter(opportunity=opportunity, competitor=competitor).first()
        if known:
            return known
        contender = cls(account_id=opportunity.account_id, opportunity=opportunity, competitor=competitor)
        return contender.keep(by=by, because="contender_entered")
