"""The departments and bodies inside an account: a tree."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.in_use import kinds_in_use
from accounts.models.account import Account, StillInUse
from accounts.search_key import sort_key
from accounts.upkeep import accounts_changed
from records.fields import SortKeyField
from records.history import Tracked
from records.models import Record, RecordQuerySet
from users.models import User


class OrgUnitQuerySet(RecordQuerySet):
    def visible_to(self, user: User) -> "OrgUnitQuerySet":
        return self.present().filter(account__in=Account.objects.visible_to(user))

    def of(self, account: Account) -> "OrgUnitQuerySet":
        return self.present().filter(account=account).order_by("sort_key", "id")


class OrgUnit(Record):
    """A department or body inside an account."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="units", verbose_name=_("account"))
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("belongs to")
    )
    name = models.CharField(_("name"), max_length=160)
    other_names = models.CharField(_("other names"), max_length=300, blank=True)
    function = models.CharField(_("function"), max_length=120, blank=True)
    sort_key = SortKeyField(max_length=200, editable=False)

    objects = OrgUnitQuerySet.as_manager()
    history = Tracked(excluded_fields=["sort_key"])

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="org_unit_has_name"),
            models.CheckConstraint(condition=~Q(parent=models.F("id")), name="org_unit_not_its_own_parent"),
        ]
        indexes = [models.Index(fields=["account", "sort_key"], name="org_unit_by_account")]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """A unit stays in its account, and a tree has no loop."""
        if not self.parent_id:
            return
        if self.parent.account_id != self.account_id:
            raise ValidationError({"parent": _("“%(name)s” is a unit of another account.") % {"name": self.parent}})
        if self.pk in {unit.pk for unit in self.parent.line()}:
            refusal = _("“%(name)s” stands below this unit; a loop is refused.")
            raise ValidationError({"parent": refusal % {"name": self.parent}})

    def line(self) -> list["OrgUnit"]:
        """This unit and those above it, from one query over the account's tree."""
        units = OrgUnit.objects.filter(account_id=self.account_id).in_bulk()
        line, unit = [], units.get(self.pk)
        while unit and unit not in line:
            line.append(unit)
            unit = units.get(unit.parent_id)
        return line

    @classmethod
    def add(cls, account: Account, *, by: User | None, **values) -> "OrgUnit":
        """A new unit of `account`."""
        unit = cls(account=account, **values)
        unit.sort_key = sort_key(unit.name)
        unit.full_clean()
        unit.keep(by=by, because="unit_added")
        return unit

    def change(self, *, by: User | None, **values) -> None:
        """Rename or move; the people in it are found by the new name at once."""
        for field, value in values.items():
            setattr(self, field, value)
        self.sort_key = sort_key(self.name)
        self.full_clean()
        with transaction.atomic():
            self.keep(by=by, because="unit_changed")
            accounts_changed([self.account_id])

    def close(self, *, by: User | None) -> list["OrgUnit"]:
        """Take a unit without people off the tree; those below move up to its parent, and come back as the answer."""
        if kinds := kinds_in_use(self, self.account.today(), besides=(OrgUnit,)):
            raise StillInUse(self, kinds)
        with transaction.atomic():
            children = list(self.children.present())
            for child in children:
                child.change(by=by, parent=self.parent)
            self.remove(by=by, because="unit_closed")
            accounts_changed([self.account_id])
        return children

    def reopen(self, *, by: User | None, children: Iterable["OrgUnit"] = ()) -> None:
        """Undo a closing: the unit stands again, with those below it that have not moved on since."""
        with transaction.atomic():
            if self.parent and self.parent.is_removed:
                self.parent = None
                self.keep(by=by, because="unit_changed")
            self.restore(by=by, because="unit_reopened")
            for child in children:
                if child.parent_id == self.parent_id:
                    child.change(by=by, parent=self)
            accounts_changed([self.account_id])
