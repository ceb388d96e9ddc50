"""Two accounts that proved to be one customer."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models.account import Account
from records.history import Tracked
from records.merge_record import MergeRecord


class AccountMerge(MergeRecord):
    """One of them stays, with everything of both."""

    kept = models.ForeignKey(Account, models.CASCADE, related_name="merges", verbose_name=_("account"))
    twin = models.OneToOneField(Account, models.PROTECT, related_name="merge", verbose_name=_("merged account"))

    history = Tracked(excluded_fields=["moves"])

    class Meta:
        verbose_name = _("merge")
        verbose_name_plural = _("merges")
        constraints = [models.CheckConstraint(condition=~Q(kept=F("twin")), name="account_merge_of_two")]
