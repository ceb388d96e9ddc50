"""A customer organisation."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.in_use import kinds_in_use
from accounts.search_key import fold, search_key, sort_key
from accounts.upkeep import RECOUNT, standings_changed, zones_changed
from pages.addresses import page_of
from pages.words import listed
from records.fields import SearchKeyField, SortKeyField
from records.history import Tracked
from records.models import JobRun, Record, RecordQuerySet
from users.models import Team, User, check_time_zone


class StillInUse(ValidationError):
    """Removing is refused, and why, in words."""

    def __init__(self, record: Record, kinds: list[str]) -> None:
        told = {"name": record, "kinds": listed(kinds)}
        super().__init__(_("“%(name)s” is still in use: %(kinds)s. Move or remove them first."), params=told)


class AccountQuerySet(RecordQuerySet):
    def visible_to(self, user: User) -> "AccountQuerySet":
        """What domain 6 lets this user know of: by subquery, so rows never double and locks hold."""
        accounts = self.present()
        return accounts if user.sees_everything else accounts.filter(self.within_reach(user))

    def worked_by(self, user: User) -> "AccountQuerySet":
        """Accounts whose records this user may change: on the team, or leading it."""
        return self.present().filter(self.within_reach(user))

    def filled_by(self, user: User) -> "AccountQuerySet":
        """Accounts a file of this user may bring records to: those they work on. An administrator's are all, since
        whole installations move in by their hand."""
        return self.present() if user.is_administrator else self.worked_by(user)

    def mine(self, user: User) -> "AccountQuerySet":
        """Accounts this user is first responsible for or works on."""
        return self.present().filter(pk__in=self.own(user))

    def hold(self, ids: Collection[UUID]) -> None:
        """Lock these accounts until the transaction ends, in one order for everybody, so that imports take turns."""
        accounts = self.select_for_update(no_key=True).filter(pk__in=ids)
        list(accounts.order_by("pk").values_list("pk", flat=True))

    def survivor_of(self, pk: UUID | None) -> "Account | None":
        """Which account this one has become part of, if it was merged."""
        return self.filter(
            pk__in=Account.objects.filter(pk=pk, merged_into__isnull=False).values("merged_into")
        ).first()

    def staffed_by(self, user: User) -> "AccountQuerySet":
        """Accounts whose supporting team is this user's, or one they lead."""
        return self.filter(team__in={user.team_id, *user.led_team_ids} - {None})

    def restorable_by(self, user: User) -> "AccountQuerySet":
        """Those whose removal this user may undo, present ones too: undo may be pressed twice."""
        return self.filter(self.within_reach(user), merged_into=None)

    def active(self) -> "AccountQuerySet":
        return self.filter(status=Account.Status.ACTIVE)

    def search(self, text: str) -> "AccountQuerySet":
        """Every word of `text` somewhere in the key: names in either script, pinyin, initials."""
        accounts = self
        for word in fold(text).split()[:8]:
            accounts = accounts.filter(search_key__contains=word)
        return accounts

    @classmethod
    def own(cls, user: User) -> models.QuerySet:
        """The ids of those this user is first responsible for or works on.

        Two sets made one: how many accounts an OR of questions finds PostgreSQL cannot tell. It takes half of all, and
        goes through everybody at them.
        """
        members = Account._meta.get_field("members").related_model.objects
        owned = Account.objects.filter(owner=user).values("pk")
        return owned.union(members.present().filter(user=user).values("account"))

    @classmethod
    def within_reach(cls, user: User) -> Q:
        """One's own, and those of the teams one leads."""
        led = Account.objects.filter(team__in=user.led_team_ids).values("pk")
        return Q(pk__in=cls.own(user).union(led) if user.led_team_ids else cls.own(user))


class Account(Record):
    """A customer organisation, with one person and one team of ours that answer for it."""

    class Tier(models.TextChoices):
        STRATEGIC = "strategic", _("Strategic")
        KEY = "key", _("Key")
        STANDARD = "standard", _("Standard")

    class Status(models.TextChoices):
        ACTIVE = "active", _("Active")
        INACTIVE = "inactive", _("Inactive")

    TIER_RANK = {Tier.STRATEGIC: 1, Tier.KEY: 2, Tier.STANDARD: 3}

    name = models.CharField(_("name"), max_length=200)
    short_name = models.CharField(_("short name"), max_length=60, blank=True)
    other_names = models.CharField(_("other names"), max_length=300, blank=True)
    industry = models.CharField(_("industry"), max_length=80, blank=True)
    tier = models.CharField(_("tier"), max_length=12, choices=Tier.choices, default=Tier.STANDARD)
    tier_rank = models.PositiveSmallIntegerField(editable=False, default=3)
    is_public_sector = models.BooleanField(_("public sector"), default=False)
    status = models.CharField(_("status"), max_length=12, choices=Status.choices, default=Status.ACTIVE)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="subsidiaries", verbose_name=_("group company")
    )
    region = models.CharField(_("region"), max_length=80, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=64, blank=True, validators=[check_time_zone])
    website = models.URLField(_("website"), max_length=300, blank=True)
    address = models.CharField(_("address"), max_length=300, blank=True)
    team = models.ForeignKey(Team, models.PROTECT, related_name="accounts", verbose_name=_("supporting team"))
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="owned_accounts", verbose_name=_("first responsible")
    )
    notes = models.TextField(_("notes"), blank=True, max_length=20_000)
    sort_key = SortKeyField(max_length=200, editable=False)
    search_key = SearchKeyField(editable=False, default="")
    merged_into = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="+", editable=False, verbose_name=_("merged into")
    )

    account_column = "id"
    objects = AccountQuerySet.as_manager()
    history = Tracked(excluded_fields=["sort_key", "search_key", "tier_rank"])

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="account_has_name"),
            models.CheckConstraint(condition=Q(tier__in=["strategic", "key", "standard"]), name="account_tier_known"),
            models.CheckConstraint(condition=Q(status__in=["active", "inactive"]), name="account_status_known"),
            models.CheckConstraint(condition=~Q(parent=models.F("id")), name="account_not_its_own_parent"),
        ]
        indexes = [
            models.Index(fields=["sort_key", "id"], name="account_by_name"),
            models.Index(fields=["owner", "sort_key"], name="account_by_owner"),
            models.Index(fields=["team", "sort_key"], name="account_by_team"),
            models.Index(fields=["time_zone"], condition=Q(removed_at=None), name="account_by_zone"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return page_of("accounts:detail", self.pk)

    # Questions

    @property
    def short(self) -> str:
        """The name where room is scarce."""
        return self.short_name or self.name

    @property
    def zone(self) -> ZoneInfo:
        """The zone whose calendar days count here (rule 4.0)."""
        return ZoneInfo(self.time_zone or settings.TIME_ZONE)

    def today(self, now: datetime | None = None) -> date:
        """The account's own calendar day (rule 4.0)."""
        return (now or timezone.now()).astimezone(self.zone).date()

    @property
    def is_being_recounted(self) -> bool:
        """Whether a job is still to judge its people by a change, or at it."""
        runs = JobRun.objects.filter(name=RECOUNT, counts__account=str(self.pk))
        return runs.filter(state__in=JobRun.UNDER_WAY).exists()

    def is_on_team(self, user: User) -> bool:
        """On the account team, or a manager above it: sees sensitive notes, may change records (domain 6)."""
        return Account.objects.worked_by(user).filter(pk=self.pk).exists()

    def team_can_be_changed_by(self, user: User) -> bool:
        """Team and first responsible: the account's own people and administrators."""
        return user.is_administrator or self.is_on_team(user)

    def clean(self) -> None:
        """Refuse a group company below itself."""
        if self.parent_id and self.pk in self.parents_of(self.parent_id):
            refusal = _("%(name)s belongs to this account already; a loop is refused.")
            raise ValidationError({"parent": refusal % {"name": self.parent}})

    @staticmethod
    def parents_of(start) -> list:
        """`start` and the group companies above it; a query a step, and groups are shallow."""
        line = []
        while start and start not in line:
            line.append(start)
            start = Account.objects.filter(pk=start).values_list("parent_id", flat=True).first()
        return line

    # Verbs

    @classmethod
    def open(cls, *, by: User | None, **values) -> "Account":
        """A new customer; its first responsible is on its team from the first moment."""
        account = cls(**values)
        account.derive()
        account.full_clean()
        with transaction.atomic():
            account.keep(by=by, because="account_opened")
            account.admit(account.owner, by=by)
        return account

    def change(self, *, by: User | None, because: str = "account_changed", **values) -> None:
        """Change fields; what follows from tier, status and zone is rebuilt in the same transaction, or by a job."""
        for field, value in values.items():
            setattr(self, field, value)
        self.derive()
        self.full_clean()
        with transaction.atomic():
            before = Account.objects.get(pk=self.pk)
            self.keep(by=by, because=because)
            self.admit(self.owner, by=by)
            self.judge_people_anew(before)

    def judge_people_anew(self, before: "Account") -> None:
        """Let what is stored of its people follow: all of it where their day is another, else how they are kept."""
        if before.time_zone != self.time_zone:
            zones_changed([self.pk])
        elif (before.tier, before.status) != (self.tier, self.status):
            standings_changed([self.pk])

    def remove(self, *, by: User | None, because: str = "account_removed") -> "Account":
        """Take it out of sight; refused while people, interactions or purchases hang on it."""
        mine = (Account, self.members.model, self.units.model)
        if kinds := kinds_in_use(self, self.today(), besides=mine):
            raise StillInUse(self, kinds)
        return super().remove(by=by, because=because)

    def derive(self) -> None:
        """Fill the columns lists sort and search by."""
        self.sort_key = sort_key(self.name)
        self.search_key = search_key(self.names(), [self.industry, self.region])
        self.tier_rank = self.TIER_RANK.get(self.tier, 3)

    def names(self) -> Iterable[str]:
        """Every name it goes by."""
        return [self.name, self.short_name, *self.other_names.replace("，", ",").replace("、", ",").split(",")]

    def admit(self, user: User, *, by: User | None, function: str = "") -> None:
        """Put a colleague on the account team, once; a second call only changes the function."""
        self.members.model.admit(self, user, by=by, function=function)
