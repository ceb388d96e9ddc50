"""Our side: the people who sign in, their teams, and how far each of them sees (domain 6)."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from records.history import Tracked
from records.models import Record, RecordQuerySet


def check_time_zone(name: str) -> None:
    """Refuse a time zone the system does not know."""
    if name and name not in available_timezones():
        raise ValidationError(_("There is no time zone “%(name)s”."), params={"name": name})


class TeamQuerySet(RecordQuerySet):
    def visible_to(self, user: "User") -> "TeamQuerySet":
        """Teams are no secret between colleagues."""
        return self.present()


class Team(Record):
    """A sales team; teams form a tree, and a lead leads the teams below as well."""

    name = models.CharField(_("name"), max_length=120)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("belongs to")
    )
    lead = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="leads", verbose_name=_("lead")
    )

    objects = TeamQuerySet.as_manager()
    history = Tracked()

    class Meta:
        verbose_name = _("team")
        verbose_name_plural = _("teams")
        constraints = [
            models.CheckConstraint(condition=~models.Q(name=""), name="team_has_name"),
            models.CheckConstraint(condition=~models.Q(parent=models.F("id")), name="team_not_its_own_parent"),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse a loop in the tree."""
        if self.parent_id and self.pk in ancestors(self.parent_id, team_parents()):
            raise ValidationError({"parent": _("A team cannot belong to a team below itself.")})

    @classmethod
    def add(cls, *, by: "User | None", **values) -> "Team":
        """A new team."""
        team = cls(**values)
        team.full_clean()
        return team.keep(by=by, because="team_added")

    def change(self, *, by: "User | None", **values) -> None:
        """Rename it, move it in the tree, or give it another lead; sight follows at once."""
        for field, value in values.items():
            setattr(self, field, value)
        self.full_clean()
        self.keep(by=by, because="team_changed")


def team_parents() -> dict:
    """Each team's parent; teams are few, one query holds them all."""
    return dict(Team.objects.present().values_list("id", "parent_id"))


def ancestors(start, parents: dict) -> list:
    """`start` and what stands above it, nearest first; safe on a loop."""
    line = []
    while start and start not in line:
        line.append(start)
        start = parents.get(start)
    return line


class UserManager(BaseUserManager.from_queryset(RecordQuerySet)):
    def create_user(self, email: str, password: str | None = None, *, by=None, **fields) -> "User":
        """A person who can sign in."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.full_clean(exclude=["password"])
        user.keep(by=by, because="user_created")
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields) -> "User":
        """The first administrator of an installation."""
        return self.create_user(email, password, is_administrator=True, **fields)

    def active(self):
        """Colleagues one can name, invite or hand over to."""
        return self.present().filter(is_active=True).order_by("full_name", "id")

    def get_by_natural_key(self, email: str) -> "User":
        return self.get(email__iexact=email)


class User(Record, AbstractBaseUser):
    """A colleague, signed in by e-mail; `rank` says how far they see, `team` where they sell."""

    class Rank(models.TextChoices):
        REP = "rep", _("Sales rep")
        MANAGER = "manager", pgettext_lazy("rank", "Manager")
        EXECUTIVE = "executive", pgettext_lazy("rank", "Executive")

    RANK_LEVEL = {Rank.REP: 1, Rank.MANAGER: 2, Rank.EXECUTIVE: 3}

    is_purged = False  # a removed colleague keeps a name in the history

    email = models.EmailField(_("e-mail"), max_length=254, unique=True)
    full_name = models.CharField(_("full name"), max_length=120)
    rank = models.CharField(_("rank"), max_length=12, choices=Rank.choices, default=Rank.REP)
    is_administrator = models.BooleanField(
        _("administrator"), default=False, help_text=_("May change policy, users and teams.")
    )
    is_active = models.BooleanField(_("active"), default=True, help_text=_("Can sign in."))
    team = models.ForeignKey(
        Team, models.SET_NULL, null=True, blank=True, related_name="members", verbose_name=_("team")
    )
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    language = models.CharField(_("language"), max_length=12, choices=settings.LANGUAGES, default="en")
    time_zone = models.CharField(_("time zone"), max_length=64, blank=True, validators=[check_time_zone])

    # By list: the columns chosen, and the saved view it opens with. Without history: it is nobody else's matter.
    lists = models.JSONField(default=dict, blank=True, editable=False)

    last_login = None  # the session list says it; a write per sign-in would raise the record's version

    # How this user acts right now; never stored. A token, an import or the demo sets other values.
    client: str = "web"
    acting_at: datetime | None = None

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]

    objects = UserManager()
    history = Tracked(excluded_fields=["password", "lists"])

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_unique",
                violation_error_message=_("Somebody signs in with this e-mail already."),
            ),
            models.CheckConstraint(
                condition=models.Q(rank__in=["rep", "manager", "executive"]), name="user_rank_known"
            ),
            models.CheckConstraint(condition=~models.Q(full_name=""), name="user_has_name"),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def is_staff(self) -> bool:
        """Django's admin asks this."""
        return self.is_administrator

    def change_own(self, *, by: "User", full_name: str, phone: str, language: str, time_zone: str) -> None:
        """What everybody may change about themselves."""
        self.full_name, self.phone, self.language, self.time_zone = full_name, phone, language, time_zone
        self.full_clean(exclude=["password"])
        self.keep(by=by, because="profile_changed")

    def change(self, *, by: "User", **values) -> None:
        """Edit a colleague; the last administrator stays one, or nobody could mend anything."""
        for field, value in values.items():
            setattr(self, field, value)
        if not (self.is_administrator and self.is_active) and not self.other_administrators().exists():
            raise ValidationError({"is_administrator": _("Somebody must stay administrator.")})
        self.full_clean(exclude=["password"])
        self.keep(by=by, because="user_changed")

    def other_administrators(self) -> RecordQuerySet:
        """Who else may change policy and users."""
        return User.objects.present().filter(is_administrator=True, is_active=True).exclude(pk=self.pk)

    def columns_of(self, listing: str) -> list[str]:
        """The columns chosen for a list; none where nobody chose."""
        return self.lists.get(listing, {}).get("columns", [])

    def start_of(self, listing: str) -> str:
        """The saved view a list opens with, by its id."""
        return self.lists.get(listing, {}).get("start", "")

    def keep_list(self, listing: str, **chosen: Any) -> None:
        """Remember `columns` or `start` of a list."""
        self.lists = self.lists | {listing: self.lists.get(listing, {}) | chosen}
        User.objects.filter(pk=self.pk).update(lists=self.lists)

    def has_perm(self, perm: str, obj=None) -> bool:
        """Django's admin holds policy, users and teams: administrators may, nobody else."""
        return self.is_active and self.is_administrator

    def has_module_perms(self, app_label: str) -> bool:
        """See `has_perm`."""
        return self.has_perm(app_label)

    @property
    def sees_everything(self) -> bool:
        """Executives and administrators see every account (domain 6)."""
        return self.is_administrator or self.rank == self.Rank.EXECUTIVE

    @property
    def level(self) -> int:
        """1 rep, 2 manager, 3 executive; compared with a stakeholder's level (rule 4.10)."""
        return self.RANK_LEVEL[self.rank]

    @cached_property
    def led_team_ids(self) -> frozenset:
        """The teams this user leads, with every team below them."""
        teams = list(Team.objects.present().values_list("id", "parent_id", "lead_id"))
        parents = {team: parent for team, parent, _lead in teams}
        led = {team for team, _parent, lead in teams if lead == self.pk}
        return frozenset(team for team in parents if led.intersection(ancestors(team, parents)))

    @property
    def leads_a_team(self) -> bool:
        """Whether the manager's pages are theirs."""
        return bool(self.led_team_ids)

    @property
    def zone(self) -> ZoneInfo:
        """The zone times are shown in."""
        return ZoneInfo(self.time_zone or settings.TIME_ZONE)

    @property
    def short_name(self) -> str:
        """The given name in Latin script, the whole name in Chinese."""
        return self.full_name.split(" ")[0] if " " in self.full_name else self.full_name
