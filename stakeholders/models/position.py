"""A post: who sat where, under whom, from when until when."""

from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import connections, models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.calendar import days_for, on_each_day
from accounts.models import Account, OrgUnit
from records.history import Tracked
from records.models import Record, RecordQuerySet
from stakeholders import reporting
from stakeholders.in_force import holds_on, in_force
from stakeholders.models.stakeholder import Level, Stakeholder
from stakeholders.search_keys import key_of_post
from stakeholders.upkeep import people_changed
from users.models import User

# Up the reporting line: from a post to whoever followed in it, and to the post above. A row comes once, so it ends.
LINE = """
WITH RECURSIVE line (id, reports_to_id, succeeded_by_id) AS (
    SELECT id, reports_to_id, succeeded_by_id FROM stakeholders_position
    WHERE id IN ({posts}) AND removed_at IS NULL
    UNION
    SELECT post.id, post.reports_to_id, post.succeeded_by_id
    FROM line JOIN stakeholders_position post ON post.id IN (line.reports_to_id, line.succeeded_by_id)
    WHERE post.removed_at IS NULL
)
SELECT id, reports_to_id, succeeded_by_id FROM line
"""


class PositionQuerySet(RecordQuerySet):
    def visible_to(self, user: User) -> "PositionQuerySet":
        return self.present().filter(account__in=Account.objects.visible_to(user))

    def showing(self, user: User) -> "PositionQuerySet":
        """Those through which this user sees their holders: in force, or left behind by whoever has left altogether."""
        gone = Stakeholder.objects.filter(has_left=True).values("pk")
        posts = self.present() if user.sees_everything else self.visible_to(user)
        return posts.filter(on_each_day(days_for(user), in_force) | Q(stakeholder__in=gone))

    def on(self, day: date) -> "PositionQuerySet":
        """Posts in force that day."""
        return self.filter(in_force(day))

    def lasting_beyond(self, day: date) -> "PositionQuerySet":
        """Posts that do not end by that day, begun or not."""
        return self.present().filter(Q(until=None) | Q(until__gt=day))

    def posts_above(self, *posts: UUID) -> dict[UUID, reporting.Post]:
        """These posts, their successors, the posts those report to and so on up: what decides whether a line closes
        a circle, in one query whatever the account."""
        prepare = self.model._meta.pk.get_db_prep_value
        line = LINE.format(posts=", ".join("%s" for _post in posts))
        rows = self.raw(line, [prepare(post, connections[self.db]) for post in posts]) if posts else ()
        return {row.pk: reporting.Post(row.pk, row.reports_to_id, row.succeeded_by_id) for row in rows}


class Position(Record):
    """A post a person holds or held. Nothing is overwritten: a change of post ends a row and begins the next."""

    stakeholder = models.ForeignKey(Stakeholder, models.CASCADE, related_name="positions", verbose_name=_("person"))
    account = models.ForeignKey(Account, models.PROTECT, related_name="positions", verbose_name=_("account"))
    unit = models.ForeignKey(
        OrgUnit, models.SET_NULL, null=True, blank=True, related_name="positions", verbose_name=_("unit")
    )
    title = models.CharField(_("title"), max_length=160, blank=True)
    level = models.CharField(_("level"), max_length=10, choices=Level.choices, default=Level.STAFF)
    reports_to = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="reports", verbose_name=_("reports to")
    )
    succeeded_by = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="predecessors",
        editable=False,
        verbose_name=_("followed by"),
    )
    is_primary = models.BooleanField(_("primary post"), default=False)
    since = models.DateField(_("since"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)
    went_to = models.CharField(_("went to"), max_length=200, blank=True)
    search_key = models.TextField(editable=False, default="")  # title and unit; `derived` follows a unit renamed

    label_needs = ("unit", "account")
    objects = PositionQuerySet.as_manager()
    history = Tracked(excluded_fields=["search_key"])

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        constraints = [
            models.UniqueConstraint(
                fields=["stakeholder"],
                condition=Q(is_primary=True, until=None, removed_at=None),
                name="position_one_primary",
            ),
            models.CheckConstraint(
                condition=Q(level__in=["executive", "manager", "staff"]), name="position_level_known"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(since=None) | Q(until__gte=F("since")), name="position_ends_after_it_begins"
            ),
            models.CheckConstraint(condition=~Q(reports_to=F("id")), name="position_not_under_itself"),
        ]
        indexes = [
            models.Index(fields=["account", "until"], name="position_by_account"),
            models.Index(fields=["stakeholder", "until"], name="position_by_person"),
        ]

    def __str__(self) -> str:
        return " · ".join(
            part for part in (self.title, self.unit.name if self.unit else "", self.account.short) if part
        )

    @property
    def is_held(self) -> bool:
        """Whether it is in force today."""
        return holds_on(self.since, self.until, self.account.today())

    @property
    def is_vacant(self) -> bool:
        """A seat somebody left and nobody took."""
        return not self.is_held and self.succeeded_by_id is None

    def clean(self) -> None:
        """Units and bosses of the same account, dates in order, no circle of bosses; what it is found by follows."""
        if self.unit_id and self.unit.account_id != self.account_id:
            raise ValidationError({"unit": _("“%(name)s” is a unit of another account.") % {"name": self.unit}})
        if self.since and self.until and self.until < self.since:
            raise ValidationError({"until": _("A post cannot end before it begins.")})
        self.check_line()
        self.search_key = key_of_post(self.title, self.unit.name if self.unit else "")

    def check_line(self) -> None:
        """Refuse a boss of another account, and a line that comes back to where it began."""
        if not self.reports_to_id:
            return
        if self.reports_to.account_id != self.account_id:
            raise ValidationError(
                {"reports_to": _("%(name)s works for another account.") % {"name": self.reports_to.stakeholder}}
            )
        posts = Position.objects.posts_above(self.pk, self.reports_to_id)
        circle = reporting.would_loop(self.pk, self.reports_to_id, posts)
        if circle:
            raise ValidationError({"reports_to": self.circle_in_words(circle)}, code="loop")

    def circle_in_words(self, circle: list) -> str:
        """Who would report to whom, from this post round to itself."""
        holders = Position.objects.select_related("stakeholder").in_bulk(circle)
        names = [self.stakeholder.name, *(holders[post].stakeholder.name for post in circle)]
        return _("They would report to themselves: %(names)s.") % {"names": " → ".join(names)}

    # Verbs

    @classmethod
    def begin(cls, stakeholder: Stakeholder, account: Account, *, by: User | None, **values) -> "Position":
        """A post begins; the first one a person has, or one asked to be, is primary."""
        held = cls.objects.filter(stakeholder=stakeholder).on(account.today())
        values["is_primary"] = values.get("is_primary", False) or not held.exists()
        post = cls(stakeholder=stakeholder, account=account, **values)
        post.check_since()
        with transaction.atomic():
            Stakeholder.objects.hold([stakeholder.pk])
            if post.is_primary:
                post.demote_others(by=by)
            post.full_clean()
            post.keep(by=by, because="post_begun")
            people_changed([stakeholder.pk])
        return post

    def check_since(self) -> None:
        """A post that has not begun is an expectation, not a fact."""
        if self.since and self.since > self.account.today():
            raise ValidationError({"since": _("This day is in the future.")})

    def demote_others(self, *, by: User | None) -> None:
        """One post is primary: the others stop being it."""
        lasting = Position.objects.lasting_beyond(self.account.today())
        for other in lasting.filter(stakeholder=self.stakeholder, is_primary=True).exclude(pk=self.pk):
            other.is_primary = False
            other.keep(by=by, because="post_changed")

    def correct(self, *, by: User | None, **values) -> None:
        """Mend what was entered wrongly: the same row, its dates too."""
        for field, value in values.items():
            setattr(self, field, value)
        self.check_since()
        with transaction.atomic():
            Stakeholder.objects.hold([self.stakeholder_id])
            if self.is_primary and (self.until is None or self.until > self.account.today()):
                self.demote_others(by=by)
            self.full_clean()
            self.keep(by=by, because="post_corrected")
            people_changed([self.stakeholder_id])

    def move(self, day: date, *, by: User | None, **values) -> "Position":
        """From `day` the same person sits in a changed post: another boss, title, unit or level of this account."""
        if day > self.account.today():
            raise ValidationError({"since": _("This day is in the future.")})
        if self.since and day <= self.since:
            self.correct(by=by, **values)
            return self
        kept = {name: getattr(self, name) for name in ("unit", "title", "level", "reports_to", "is_primary")}
        with transaction.atomic():
            self.end(day, by=by, because="post_changed")
            fresh = Position(stakeholder=self.stakeholder, account=self.account, since=day, **{**kept, **values})
            fresh.hand_over_from(self, by=by)
            people_changed([self.stakeholder_id])
        return fresh

    def hand_over_from(self, last: "Position", *, by: User | None) -> None:
        """Begin as the successor of `last`: its reports keep their boss's seat."""
        last.refresh_from_db()
        self.full_clean()
        self.keep(by=by, because="post_begun")
        last.hand_to(self, by=by)

    def hand_to(self, successor: "Position", *, by: User | None) -> None:
        """`successor` sits in this seat from now on; refused if the seat would then report to itself."""
        if not self.until or self.succeeded_by_id:
            raise ValidationError(_("This seat is taken."))
        self.succeeded_by = successor
        self.full_clean()
        with transaction.atomic():
            self.keep(by=by, because="post_handed_over")
            successor.check_line()  # only now do both posts make one seat

    def end(self, day: date, *, by: User | None, because: str = "post_ended", went_to: str = "") -> None:
        """The post ends on `day`, its first day not in force; the seat stands vacant and keeps its reports."""
        if self.since and day < self.since:
            raise ValidationError({"until": _("A post cannot end before it begins.")})
        if day > self.account.today():
            raise ValidationError({"until": _("This day is in the future.")})
        self.until, self.went_to = day, went_to
        with transaction.atomic():
            Stakeholder.objects.hold([self.stakeholder_id])
            self.keep(by=by, because=because)
            people_changed([self.stakeholder_id])
