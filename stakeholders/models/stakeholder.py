"""A person at the customer, or an outsider who matters to its decisions."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.calendar import Days, days_for, on_each_day
from accounts.models import Account, OrgUnit
from accounts.search_key import fold, sort_key
from pages.addresses import page_of
from records.fields import SortKeyField
from records.history import Tracked
from records.models import Record, RecordQuerySet
from stakeholders.dialling import dialled
from stakeholders.in_force import in_force
from stakeholders.upkeep import people_changed
from users.models import User


class Level(models.TextChoices):
    EXECUTIVE = "executive", _("Executive")
    MANAGER = "manager", _("Manager")
    STAFF = "staff", _("Staff")


class StakeholderQuerySet(RecordQuerySet):
    def visible_to(self, user: User) -> "StakeholderQuerySet":
        """Through the account of any current post (design 4); whoever left is seen through the last account."""
        people = self.present()
        return people if user.sees_everything else people.employed_by(Account.objects.visible_to(user), days_for(user))

    def worked_by(self, user: User) -> "StakeholderQuerySet":
        """Whom this user may change: the person's own account's team, and the managers above (design 4)."""
        return self.present().filter(account__in=Account.objects.worked_by(user))

    def removed_under(self, user: User) -> "StakeholderQuerySet":
        """Whom this user may bring back; a merged twin comes back when the merge is taken apart."""
        return self.filter(removed_at__isnull=False, merged_into=None, account__in=Account.objects.worked_by(user))

    def at(self, account: Account) -> "StakeholderQuerySet":
        """Everybody with a post there now, whichever post is primary."""
        posts = Stakeholder._meta.get_field("positions").related_model.objects
        held = posts.filter(in_force(account.today()), stakeholder=OuterRef("pk"), account=account)
        return self.present().filter(Exists(held))

    def employed_by(
        self, accounts: models.QuerySet | Collection[UUID], days: Days, *, are_few: bool = False
    ) -> "StakeholderQuerySet":
        """Whose own account is among these, or who holds another post there now.

        Of a few accounts all people are collected first. Of many each person is asked, in the order of the list, until
        a page is full: by a set, since PostgreSQL prices an EXISTS by the row, and by whom it leaves out, since SQLite
        would answer an OR of two sets by collecting both, however few rows are asked for.
        """
        posts = Stakeholder._meta.get_field("positions").related_model.objects
        held = posts.filter(on_each_day(days, in_force), account__in=accounts).values("stakeholder")
        own = Stakeholder.objects.filter(account__in=accounts).values("pk")
        if are_few:
            return self.filter(pk__in=own.union(held))
        return self.exclude(~Q(account__in=accounts), ~Q(pk__in=held))

    def hold(self, ids: Collection[UUID]) -> list[UUID]:
        """Lock these people until the transaction ends, in one order for everybody, so that verbs take turns; says who
        of them was merged meanwhile.

        A verb that writes rows of a person which are rebuilt, too, holds the person first: else the rebuild waits
        for the row, and the verb for the person.
        """
        people = self.select_for_update(no_key=True).filter(pk__in=ids)
        return [pk for pk, merged in people.order_by("pk").values_list("pk", "merged_into") if merged]

    def survivors_of(self, twins: Collection[UUID]) -> dict[UUID, "Stakeholder"]:
        """By merged twin, the person it has become."""
        merged = self.filter(pk__in=twins, merged_into__isnull=False).select_related("merged_into")
        return {twin.pk: twin.merged_into for twin in merged}

    def current(self) -> "StakeholderQuerySet":
        """Who has not left, at an account that is active: the only ones that count (rule 4.0)."""
        return self.present().filter(has_left=False, account__status=Account.Status.ACTIVE, account__removed_at=None)

    def search(self, text: str, *, seen_by: User) -> "StakeholderQuerySet":
        """Name, pinyin, initials, phone, e-mail; title and unit of a post through which this user sees somebody."""
        if not fold(text):
            return self
        entries = Stakeholder._meta.get_field("search_entries").related_model.objects
        return self.filter(pk__in=entries.visible_to(seen_by).telling(text).values("stakeholder"))

    def search_through(self, text: str, posts: models.QuerySet) -> "StakeholderQuerySet":
        """Every word of `text` somewhere in the person's own lines, or in those of one of these posts."""
        folded, digits = fold(text), dialled(text)
        if digits:
            return self.filter(told_by(has(digits) | has(folded), posts.filter(has(folded))))
        people = self
        for word in folded.split()[:8]:
            people = people.filter(told_by(has(word), posts.filter(has(word))))
        return people


def has(word: str) -> Q:
    """Rows in whose lines the word stands."""
    return Q(search_key__contains=word)


def told_by(own: Q, posts: models.QuerySet) -> Q:
    """People found by their own lines or by one of these posts: two sets made one, so that either has its index."""
    return Q(pk__in=Stakeholder.objects.filter(own).values("pk").union(posts.values("stakeholder")))


class Stakeholder(Record):
    """A person at the customer; one identity through every post and account."""

    class SocialStyle(models.TextChoices):
        DRIVER = "driver", _("Driver")
        EXPRESSIVE = "expressive", _("Expressive")
        ANALYTICAL = "analytical", _("Analytical")
        AMIABLE = "amiable", _("Amiable")

    class Stage(models.TextChoices):
        KNOW = "know", _("Know")
        CONNECT = "connect", _("Connect")
        TRUST = "trust", _("Trust")
        WIN_WIN = "win_win", _("Win-win")

    class KeyOverride(models.TextChoices):
        NONE = "", _("As the rule says")
        IN = "in", _("Key person")
        OUT = "out", _("Not a key person")

    name = models.CharField(pgettext_lazy("of a person", "name"), max_length=120)
    other_names = models.CharField(_("other names"), max_length=300, blank=True, help_text=_("Separated by commas."))
    is_outsider = models.BooleanField(
        _("outsider"), default=False, help_text=_("A consultant, a parent company: matters here, works elsewhere.")
    )

    # Mirrors of the primary post, written by `derived.mirror`; whoever left keeps the last one.
    account = models.ForeignKey(Account, models.PROTECT, related_name="people", verbose_name=_("account"))
    unit = models.ForeignKey(
        OrgUnit, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("unit"), editable=False
    )
    title = models.CharField(_("title"), max_length=160, blank=True, editable=False)
    level = models.CharField(_("level"), max_length=10, choices=Level.choices, default=Level.STAFF, editable=False)
    has_left = models.BooleanField(_("has left"), default=False, editable=False)

    # Profile (domain 3)
    responsibility = models.TextField(_("responsibility"), blank=True, max_length=4000)
    authority = models.TextField(_("authority"), blank=True, max_length=4000)
    interest = models.TextField(_("interest"), blank=True, max_length=4000, help_text=_("What is in it for them."))
    concerns = models.TextField(_("concerns"), blank=True, max_length=4000)
    values = models.TextField(_("values"), blank=True, max_length=4000)
    business_philosophy = models.TextField(_("business philosophy"), blank=True, max_length=4000)
    working_style = models.TextField(_("working style"), blank=True, max_length=4000)
    pastimes = models.TextField(
        _("interests"), blank=True, max_length=4000, help_text=_("What they like outside work.")
    )
    social_style = models.CharField(_("social style"), max_length=12, choices=SocialStyle.choices, blank=True)
    explicit_needs = models.TextField(_("explicit needs"), blank=True, max_length=4000)
    implicit_needs = models.TextField(_("implicit needs"), blank=True, max_length=4000)
    sensitive_notes = models.TextField(
        _("sensitive notes"),
        blank=True,
        max_length=4000,
        help_text=_("Only the account's team and its managers read them."),
    )

    stage = models.CharField(_("stage"), max_length=8, choices=Stage.choices, blank=True)
    counterpart = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="counterpart_of",
        verbose_name=_("counterpart"),
    )
    is_watched = models.BooleanField(_("watched"), default=False, help_text=_("Raises alerts even without a role."))
    is_rising = models.BooleanField(_("rising"), default=False)
    rising_reason = models.CharField(_("why rising"), max_length=300, blank=True)
    key_override = models.CharField(_("key person"), max_length=3, choices=KeyOverride.choices, blank=True, default="")
    key_override_reason = models.CharField(_("why"), max_length=300, blank=True)
    key_confirmed_on = models.DateField(_("key status confirmed on"), null=True, blank=True, editable=False)
    gap_override = models.PositiveSmallIntegerField(_("own longest gap, days"), null=True, blank=True)
    ceiling_override = models.PositiveSmallIntegerField(_("own ceiling, contacts in 30 days"), null=True, blank=True)

    # Derived, rebuilt by `derived.refresh_people`
    key_class = models.PositiveSmallIntegerField(default=0, editable=False)
    is_key = models.BooleanField(default=False, editable=False)
    key_rank = models.PositiveSmallIntegerField(default=9, editable=False)
    key_because = models.CharField(max_length=12, default="nothing", editable=False)
    sort_key = SortKeyField(max_length=200, editable=False)
    search_key = models.TextField(editable=False, default="")

    merged_into = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="+", editable=False, verbose_name=_("merged into")
    )

    PROFILE = (
        "responsibility",
        "authority",
        "interest",
        "concerns",
        "values",
        "business_philosophy",
        "working_style",
        "pastimes",
        "social_style",
        "explicit_needs",
        "implicit_needs",
    )
    DERIVED = ("key_class", "is_key", "key_rank", "key_because", "sort_key", "search_key")
    sensitive_fields = frozenset({"sensitive_notes"})

    objects = StakeholderQuerySet.as_manager()
    history = Tracked(excluded_fields=list(DERIVED))

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="stakeholder_has_name"),
            models.CheckConstraint(
                condition=Q(level__in=["executive", "manager", "staff"]), name="stakeholder_level_known"
            ),
            models.CheckConstraint(
                condition=Q(stage__in=["", "know", "connect", "trust", "win_win"]), name="stakeholder_stage_known"
            ),
            models.CheckConstraint(
                condition=Q(social_style__in=["", "driver", "expressive", "analytical", "amiable"]),
                name="stakeholder_style_known",
            ),
            models.CheckConstraint(condition=Q(key_override__in=["", "in", "out"]), name="stakeholder_override_known"),
            models.CheckConstraint(
                condition=Q(key_override="") | ~Q(key_override_reason=""), name="stakeholder_override_has_reason"
            ),
            models.CheckConstraint(
                condition=Q(is_rising=False) | ~Q(rising_reason=""), name="stakeholder_rising_has_reason"
            ),
            models.CheckConstraint(
                condition=Q(gap_override=None) | Q(gap_override__range=(1, 3650)), name="stakeholder_gap_range"
            ),
            models.CheckConstraint(
                condition=Q(ceiling_override=None) | Q(ceiling_override__range=(1, 31)),
                name="stakeholder_ceiling_range",
            ),
        ]
        indexes = [
            models.Index(fields=["sort_key", "id"], name="stakeholder_by_name"),
            models.Index(fields=["account", "key_rank", "sort_key"], name="stakeholder_by_account"),
            models.Index(fields=["key_rank", "sort_key", "id"], name="stakeholder_by_rank"),
            models.Index(fields=["created_at", "id"], name="stakeholder_by_creation"),
            models.Index(fields=["updated_at", "id"], name="stakeholder_by_change"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return page_of("stakeholders:detail", self.pk)

    def clean(self) -> None:
        """A name, and a reason where the rule asks for one."""
        self.name = " ".join(self.name.split())
        if not self.name:
            raise ValidationError({"name": _("A person needs a name.")})
        if self.key_override and not self.key_override_reason.strip():
            raise ValidationError({"key_override_reason": _("Say why the rule is overridden.")})
        if self.is_rising and not self.rising_reason.strip():
            raise ValidationError({"rising_reason": _("Say why this person is rising.")})

    # Verbs

    @classmethod
    def add(
        cls,
        account: Account,
        *,
        by: User | None,
        post: dict | None = None,
        contacts: list[dict] | None = None,
        **values,
    ) -> "Stakeholder":
        """A new person with a first post at `account`: `post` holds unit, title, level, reports_to, since;
        `contacts` holds kind and value of each way to reach them, the first one primary."""
        person = cls(account=account, **values)
        person.sort_key = sort_key(person.name)
        person.full_clean()
        with transaction.atomic(), people_changed.gathered():
            person.keep(by=by, because="person_added")
            person.positions.model.begin(person, account, by=by, is_primary=True, **(post or {}))
            if contacts:
                person.set_contacts(contacts, by=by)
        person.refresh_from_db()
        return person

    def change(self, *, by: User | None, because: str = "person_changed", **values) -> None:
        """Change fields of the person; key class, search key and contact state follow at once."""
        for field, value in values.items():
            setattr(self, field, value)
        self.sort_key = sort_key(self.name)
        self.full_clean()
        with transaction.atomic():
            self.keep(by=by, because=because)
            people_changed([self.pk])
        self.refresh_from_db()

    def set_contacts(self, contacts: list[dict], *, by: User | None) -> None:
        """Make the ways to reach this person exactly `contacts` (kind, value), the first one primary."""
        method = self.contact_methods.model
        wanted: dict = {}
        for contact in contacts:
            row = method(stakeholder=self, kind=contact["kind"], value=contact["value"])
            row.full_clean(exclude=["normalised"], validate_unique=False, validate_constraints=False)
            wanted.setdefault((row.kind, row.normalised), row)
        with transaction.atomic():
            kept = {(row.kind, row.normalised): row for row in self.contact_methods.all()}
            self.drop_contacts([row for key, row in kept.items() if key not in wanted], by=by)
            self.write_contacts(wanted, kept, by=by)
            people_changed([self.pk])

    def drop_contacts(self, rows, *, by: User | None) -> None:
        for row in rows:
            row.delete(by=by, because="contact_dropped")

    def write_contacts(self, wanted: dict, kept: dict, *, by: User | None) -> None:
        """Write what is new or typed otherwise; the primary mark is taken off before it is given."""
        first = next(iter(wanted), None)
        for key, row in kept.items():
            if row.is_primary and key in wanted and key != first:
                row.is_primary = False
                row.keep(by=by)
        for key, new in wanted.items():
            row = kept.get(key, new)
            if row is new or row.value != new.value or row.is_primary != (key == first):
                row.value, row.is_primary = new.value, key == first
                row.keep(by=by)

    def set_care_dates(self, dates: list[dict], *, by: User | None) -> None:
        """Make the care dates of this person exactly `dates`: kind, is_lunar, month, day, year, note."""
        fresh = [self.care_dates.model(stakeholder=self, **values) for values in dates]
        for row in fresh:
            row.full_clean()
        with transaction.atomic():
            kept = list(self.care_dates.all())
            for row in kept:
                if not any(row.says_the_same(other) for other in fresh):
                    row.delete(by=by, because="care_date_dropped")
            for row in fresh:
                if not any(row.says_the_same(other) for other in kept):
                    row.keep(by=by, because="care_date_noted")

    def confirm_key_status(self, day: date, *, by: User | None) -> None:
        """Somebody looked and agrees with the key status (domain 2, step 2)."""
        self.change(by=by, because="key_status_confirmed", key_confirmed_on=day)

    def erase(self, *, by: User | None) -> None:
        """Take the person off every page; `bring_back` undoes it."""
        with transaction.atomic():
            self.remove(by=by, because="person_removed")
            people_changed([self.pk])

    def bring_back(self, *, by: User | None) -> None:
        """Undo `erase`."""
        with transaction.atomic():
            self.restore(by=by)
            people_changed([self.pk])
