"""Our side of an account: who of us works on it, and as what."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.account import Account
from records.history import Tracked
from records.models import Record, RecordQuerySet
from users.models import User


class AccountMemberQuerySet(RecordQuerySet):
    def visible_to(self, user: User) -> "AccountMemberQuerySet":
        return self.present().filter(account__in=Account.objects.visible_to(user))

    def of(self, account: Account) -> "AccountMemberQuerySet":
        """The team with its users, by name."""
        return self.present().filter(account=account).select_related("user").order_by("user__full_name", "id")


class AccountMember(Record):
    """A colleague on an account team."""

    class Function(models.TextChoices):
        ACCOUNT_MANAGER = "account_manager", _("Account manager")
        SOLUTION = "solution", _("Solution manager")
        DELIVERY = "delivery", _("Delivery manager")
        SPONSOR = "sponsor", _("Executive sponsor")
        MEMBER = "member", _("Member")

    # Domain 3: the iron triangle.
    TRIANGLE = (Function.ACCOUNT_MANAGER, Function.SOLUTION, Function.DELIVERY)

    account = models.ForeignKey(Account, models.CASCADE, related_name="members", verbose_name=_("account"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships", verbose_name=_("colleague")
    )
    function = models.CharField(_("function"), max_length=20, choices=Function.choices, default=Function.MEMBER)

    label_needs = ("user",)
    objects = AccountMemberQuerySet.as_manager()
    history = Tracked()

    class Meta:
        verbose_name = _("account team member")
        verbose_name_plural = _("account team")
        constraints = [
            models.UniqueConstraint(
                fields=["account", "user"],
                condition=Q(removed_at=None),
                name="account_member_once",
                violation_error_message=_("This colleague is on the team already."),
            ),
            models.CheckConstraint(
                condition=Q(function__in=["account_manager", "solution", "delivery", "sponsor", "member"]),
                name="account_member_function_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_function_display()}"

    @classmethod
    def admit(cls, account: Account, user: User, *, by: User | None, function: str = "") -> "AccountMember":
        """Put `user` on the team; whoever is there already keeps the row, and takes the function if one is named."""
        member = cls.objects.present().filter(account=account, user=user).first()
        if member is None:
            member = cls(account=account, user=user, function=function or cls.Function.MEMBER)
        elif function in ("", member.function):
            return member
        else:
            member.function = function
        member.keep(by=by, because="team_member_admitted")
        return member

    def change(self, function: str, *, by: User | None) -> None:
        """Give the colleague another function."""
        self.function = function
        self.full_clean()
        self.keep(by=by, because="team_member_changed")

    def remove(self, *, by: User | None, because: str = "team_member_removed") -> "AccountMember":
        """Take the colleague off the team, who from then on does not see the account; never the first responsible."""
        if self.account.owner_id == self.user_id:
            refusal = _("%(name)s is first responsible. Name somebody else first.")
            raise ValidationError(refusal, params={"name": self.user})
        return super().remove(by=by, because=because)

    def readmit(self, *, by: User | None) -> None:
        """Undo a removal, unless the colleague came back another way."""
        if not type(self).objects.present().filter(account=self.account_id, user=self.user_id).exists():
            self.restore(by=by, because="team_member_readmitted")
