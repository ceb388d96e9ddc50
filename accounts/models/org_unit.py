"""The departments and bodies inside an account: a tree."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.in_use import kinds_in_use
from accounts.models.account import Account, StillInUse
from accounts.search_key import fold, search_key, sort_key
from accounts.tree_key import LONGEST, Node, Place, behind, ids_in, place_below, places_beneath, trunk
from accounts.trees import place_rows, place_trees
from accounts.upkeep import units_renamed
from records.fields import SortKeyField
from records.history import Tracked, history_model, record_set
from records.models import Record, RecordQuerySet
from users.models import User


class OrgUnitQuerySet(RecordQuerySet):
    def visible_to(self, user: User) -> "OrgUnitQuerySet":
        return self.present().filter(account__in=Account.objects.visible_to(user))

    def of(self, account: Account | UUID) -> "OrgUnitQuerySet":
        """Those that stand, as an outline: each before those below it, brothers by name."""
        return self.present().filter(account=account).order_by("tree_key")

    def search(self, text: str) -> "OrgUnitQuerySet":
        """Every word of `text` somewhere in the key: names in either script, pinyin, initials, function."""
        units = self
        for word in fold(text).split()[:8]:
            units = units.filter(search_key__contains=word)
        return units

    def within(self, key: str) -> "OrgUnitQuerySet":
        """The unit whose key this is, and all beneath it."""
        return self.filter(tree_key__gte=key, tree_key__lt=behind(key))

    def locked(self, pk: Any, version: int | None = None) -> Any:
        """The tree is held before the row, as verbs do that begin with another row of it."""
        row = self.model._base_manager.filter(pk=pk).only("account_id").first()
        if row is not None:
            hold_tree(row.account_id)
        return super().locked(pk, version)

    def lines_of(self, units: Iterable["OrgUnit"]) -> dict[UUID, list["OrgUnit"]]:
        """The line from the root down to each of these, itself included, read anew.

        One query, since a key names the units above; one more a level where a path had no room for them.
        """
        ends = [(unit.pk, unit.tree_key) for unit in units]
        asked, known = set[UUID](), {}
        missing = {pk for end, key in ends for pk in (end, *ids_in(key))}
        while missing:
            known |= self.filter(pk__in=missing).only("id", "name", "function", "parent_id").in_bulk()
            asked |= missing
            missing = {unit.parent_id for unit in known.values()} - asked - {None}
        return {end: line_up(end, known)[::-1] for end, _key in ends}


def line_up(end: UUID | None, known: dict[UUID, "OrgUnit"]) -> list["OrgUnit"]:
    """From a unit up to the root; a circle that slipped in ends where it began."""
    line: list[OrgUnit] = []
    while (unit := known.get(end)) and unit not in line:
        line.append(unit)
        end = unit.parent_id
    return line


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
    search_key = models.TextField(editable=False, default="")

    # The place in the tree, written by the verbs below and by `place_trees`; whoever is closed keeps the last one.
    tree_key = SortKeyField(max_length=LONGEST, editable=False, default="")
    depth = models.PositiveIntegerField(editable=False, default=0)

    DERIVED = ("sort_key", "search_key", "tree_key", "depth")

    objects = OrgUnitQuerySet.as_manager()
    history = Tracked(excluded_fields=list(DERIVED))

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="org_unit_has_name"),
            models.CheckConstraint(condition=~Q(parent=models.F("id")), name="org_unit_not_its_own_parent"),
        ]
        indexes = [models.Index(fields=["account", "tree_key"], name="org_unit_by_tree")]

    def __str__(self) -> str:
        return self.name

    @property
    def place(self) -> Place:
        """Where it stands, as stored."""
        return Place(self.tree_key, self.depth)

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
        """Those above it from the root down, and this unit."""
        return OrgUnit.objects.lines_of([self])[self.pk]

    def derive(self) -> None:
        """Fill the columns units are sorted and found by."""
        others = self.other_names.replace("，", ",").replace("、", ",").split(",")
        self.sort_key, self.search_key = sort_key(self.name), search_key([self.name, *others], [self.function])

    # Verbs

    @classmethod
    def add(cls, account: Account, *, by: User | None, **values) -> "OrgUnit":
        """A new unit of `account`."""
        unit = cls(account=account, **values)
        unit.derive()
        with transaction.atomic():
            hold_tree(account.pk)
            unit.full_clean()
            unit.find_place()
            unit.keep(by=by, because="unit_added")
        return unit

    def change(self, *, by: User | None, **values) -> None:
        """Rename or move, with all beneath it; the people in it are found by the new name at once."""
        for field, value in values.items():
            setattr(self, field, value)
        self.derive()
        with transaction.atomic():
            hold_tree(self.account_id)
            self.full_clean()
            before = OrgUnit.objects.get(pk=self.pk)
            self.find_place()
            self.keep(by=by, because="unit_changed")
            if before.place != self.place:
                self.lead(OrgUnit.objects.within(trunk(before.tree_key)))
            if before.name != self.name:
                units_renamed([self.pk])

    def close(self, *, by: User | None) -> None:
        """Take a unit without people off the tree; those below move up to its parent."""
        with transaction.atomic():
            hold_tree(self.account_id)
            if kinds := kinds_in_use(self, self.account.today(), besides=(OrgUnit,)):
                raise StillInUse(self, kinds)
            self.refresh_from_db()
            children = self.children.present()
            self.remove(by=by, because="unit_closed")
            put_below(self.parent, children, by=by, because=f"unit_above_closed {self.pk}")
            place_trees(OrgUnit.objects.present(), [self.account_id])

    def reopen(self, *, by: User | None) -> None:
        """Undo a closing: the unit stands again, with those below it that have not moved on since."""
        with transaction.atomic():
            hold_tree(self.account_id)
            self.refresh_from_db()
            if not self.is_removed:
                return
            children = self.moved_up()
            if self.parent and self.parent.is_removed:
                self.parent = None
            self.removed_at = None
            self.keep(by=by, because="unit_reopened", fields=["removed_at", "parent"])
            put_below(self, children, by=by, because="unit_changed")
            place_trees(OrgUnit.objects.present(), [self.account_id])

    def moved_up(self) -> OrgUnitQuerySet:
        """Those that its closing put below its parent, and that are there still."""
        told = history_model(OrgUnit).objects.filter(
            account=self.account_id,
            history_date__gte=self.removed_at,
            history_change_reason=f"unit_above_closed {self.pk}",
        )
        there = OrgUnit.objects.present().filter(account=self.account_id, parent=self.parent_id)
        return there.filter(pk__in=told.values("id"))

    # The place in the tree

    def find_place(self) -> None:
        """Take the place that the unit above gives it."""
        above = OrgUnit.objects.present().filter(pk=self.parent_id).only("tree_key", "depth").first()
        self.tree_key, self.depth = place_below(above and above.place, Node(self.pk, self.parent_id, self.sort_key))

    def lead(self, among: OrgUnitQuerySet) -> None:
        """Give all beneath it, who are `among` these, the places that follow from its own."""
        rows = among.present().filter(account=self.account_id)
        place_rows(rows, lambda nodes: places_beneath({self.pk: self.place}, nodes))


def hold_tree(account_id: UUID) -> None:
    """Let verbs on this account's tree take turns until the transaction ends, and place rows written past them."""
    list(Account.objects.select_for_update(no_key=True).filter(pk=account_id).values_list("pk"))
    units = OrgUnit.objects.present()
    if units.filter(account=account_id, tree_key="").exists():
        place_trees(units, [account_id])


def put_below(parent: OrgUnit | None, units: OrgUnitQuerySet, *, by: User | None, because: str) -> None:
    """Hang a set of units under another one, or at the top."""
    moved = OrgUnit.objects.filter(pk__in=list(units.values_list("pk", flat=True)))
    moved.update(parent=parent)
    record_set(moved, by=by, because=because)
