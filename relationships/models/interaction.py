"""A contact with named people on both sides, planned or done (domain 3, rules 4.6, 4.7, 4.17)."""

from collections.abc import Iterable, Sequence
from datetime import date, time, timedelta
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Account
from pages.addresses import page_of
from records.history import Tracked
from records.models import Record, RecordQuerySet
from records.naming import survivor_named
from relationships import beginnings, repeat
from relationships.models.activity_type import ActivityType
from relationships.models.parts import ChecklistItem, Colleague, Participant
from relationships.named_people import Named
from relationships.upkeep import contacts_changed
from stakeholders.models import Stakeholder
from users.models import User

# How far the clock of a device may be ahead of ours.
CLOCKS_DIFFER = timedelta(minutes=10)


class AlreadyLoggedOtherwise(Exception):
    """The same client id came before with other content; `first` is what it made."""

    def __init__(self, first: "Interaction") -> None:
        super().__init__(f"client id {first.client_id} was used for {first.pk}")
        self.first = first


class InteractionQuerySet(RecordQuerySet):
    def visible_to(self, user: User) -> "InteractionQuerySet":
        """Through the account it arose at, and through that alone (design 4)."""
        return self.present().at_visible_accounts(user)

    def at_visible_accounts(self, user: User) -> "InteractionQuerySet":
        """The same also of what was removed, for bringing it back."""
        return self.filter(account__in=Account.objects.visible_to(user))

    def done(self) -> "InteractionQuerySet":
        return self.present().filter(state=Interaction.State.DONE)

    def planned(self) -> "InteractionQuerySet":
        return self.present().filter(state=Interaction.State.PLANNED)

    def unanswered(self, day: date) -> "InteractionQuerySet":
        """Planned for a day that is over: what happened?"""
        return self.planned().filter(held_on__lt=day)

    def attended_by(self, user: User) -> "InteractionQuerySet":
        """Logged by this colleague, or with them."""
        there = Colleague.objects.filter(interaction=models.OuterRef("pk"), user=user)
        return self.filter(Q(author=user) | models.Exists(there))

    def with_person(self, person: Stakeholder) -> "InteractionQuerySet":
        """Those this person of the customer took part in, or shall."""
        return self.filter(
            models.Exists(Participant.objects.filter(interaction=models.OuterRef("pk"), stakeholder=person))
        )


class Interaction(Record):
    """A visit, call, exchange or other activity at one account."""

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        DONE = "done", _("Done")
        CANCELLED = "cancelled", _("Cancelled")
        MISSED = "missed", _("Did not happen")

    class Side(models.TextChoices):
        OURS = "ours", _("Us")
        THEIRS = "theirs", _("Them")

    class Miss(models.TextChoices):
        CALLED_OFF = "called_off", _("Called off")
        REFUSED = "refused", _("Refused")
        UNANSWERED = "unanswered", _("No answer")

    class Value(models.TextChoices):
        INFORMATION = "information", _("Information")
        EXPERTISE = "expertise", _("Know-how or training")
        PROBLEM_SOLVED = "problem_solved", _("Problem solved")
        BUSINESS_RESULT = "business_result", _("Business result")
        CARE = "care", _("Personal care")
        NONE = "none", _("Nothing yet")

    account = models.ForeignKey(Account, models.PROTECT, related_name="interactions", verbose_name=_("account"))
    activity_type = models.ForeignKey(
        ActivityType, models.PROTECT, related_name="interactions", verbose_name=_("activity")
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="interactions", verbose_name=_("author")
    )
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DONE)
    held_on = models.DateField(_("day"))
    starts_at = models.DateTimeField(_("begins"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    objective = models.TextField(_("objective"), blank=True, max_length=4000)
    summary = models.TextField(_("summary"), blank=True, max_length=20_000)
    value_given = models.CharField(_("what they got from it"), max_length=16, choices=Value.choices, blank=True)
    favour_asked = models.BooleanField(_("we asked a favour"), null=True, blank=True)
    initiative = models.CharField(_("whose wish"), max_length=6, choices=Side.choices, default=Side.OURS)
    is_service = models.BooleanField(_("support or delivery work"), default=False)
    is_answered = models.BooleanField(_("they answered"), default=False)
    head_count = models.PositiveIntegerField(default=0, editable=False)
    called_off_by = models.CharField(_("called off by"), max_length=6, choices=Side.choices, blank=True)
    miss = models.CharField(_("how it fell through"), max_length=12, choices=Miss.choices, blank=True)
    is_unfinished = models.BooleanField(_("waits in the tray"), default=False)
    client_id = models.CharField(max_length=64, null=True, blank=True, editable=False)
    client_digest = models.CharField(max_length=64, blank=True, editable=False)

    # Records in hand, and not texts: that they are there is the schema's to check, not a question each.
    HELD_BY_SCHEMA = ("account", "activity_type", "author", "client_digest")
    label_needs = ("activity_type", "account")
    objects = InteractionQuerySet.as_manager()
    history = Tracked(excluded_fields=["client_id", "client_digest", "head_count"])

    class Meta:
        verbose_name = _("interaction")
        verbose_name_plural = _("interactions")
        constraints = [
            models.UniqueConstraint(
                fields=["author", "client_id"], condition=Q(client_id__isnull=False), name="interaction_client_id_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["planned", "done", "cancelled", "missed"]), name="interaction_state_known"
            ),
            models.CheckConstraint(
                condition=Q(
                    value_given__in=[
                        "",
                        "information",
                        "expertise",
                        "problem_solved",
                        "business_result",
                        "care",
                        "none",
                    ]
                ),
                name="interaction_value_known",
            ),
            models.CheckConstraint(condition=Q(initiative__in=["ours", "theirs"]), name="interaction_initiative_known"),
            models.CheckConstraint(
                condition=Q(called_off_by__in=["", "ours", "theirs"]), name="interaction_called_off_by_known"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["cancelled", "missed"]) | ~Q(called_off_by=""),
                name="interaction_fallen_through_says_by_whom",
            ),
        ]
        indexes = [
            models.Index(fields=["account", "held_on", "id"], name="interaction_by_account"),
            models.Index(fields=["author", "held_on"], name="interaction_by_author"),
            models.Index(fields=["held_on", "id"], name="interaction_by_day"),
            models.Index(fields=["held_on"], condition=Q(state="planned", removed_at=None), name="interaction_planned"),
            models.Index(
                fields=["held_on"],
                condition=Q(is_unfinished=True, state="done", removed_at=None),
                name="interaction_unfinished",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity_type} · {self.account.short}"

    def get_absolute_url(self) -> str:
        return page_of("relationships:interaction", self.pk)

    # Questions

    def can_be_changed_by(self, user: User) -> bool:
        """Its author, or a manager above the account (design 4)."""
        return self.author_id == user.pk or self.account.team_id in user.led_team_ids

    @property
    def is_overdue(self) -> bool:
        """Planned for a day that is over: it asks what happened."""
        return self.state == self.State.PLANNED and self.held_on < self.account.today()

    @property
    def clock(self) -> time | None:
        """When it begins by the account's clock (rule 4.0), to the minute."""
        return beginnings.clock_at(self.starts_at, self.account.zone) if self.starts_at else None

    def clean(self) -> None:
        """What is done lies behind us; what fell through says who called it off."""
        if self.state == self.State.DONE and self.held_on > self.account.today():
            raise ValidationError({"held_on": _("This day is in the future: plan the visit instead.")})
        if self.state == self.State.DONE and self.starts_at and self.starts_at > timezone.now() + CLOCKS_DIFFER:
            raise ValidationError({"starts_at": _("This begins later than now: plan the visit instead.")})
        if self.state in (self.State.CANCELLED, self.State.MISSED) and not self.called_off_by:
            raise ValidationError({"called_off_by": _("Say who called it off.")})

    # Verbs

    @classmethod
    def log(
        cls,
        account: Account,
        *,
        by: User,
        people: Sequence[Stakeholder],
        activity_type: ActivityType,
        colleagues: Sequence[User] = (),
        spoken_to: Iterable[Stakeholder] = (),
        client_id: str = "",
        next_step: dict | None = None,
        **values,
    ) -> "Interaction":
        """A contact that took place, with the next step it led to (title, due_on, owner). The same `client_id`
        sent again by the same author gives the first result; with other content it raises `AlreadyLoggedOtherwise`."""
        values = {"state": cls.State.DONE, "held_on": account.today(), **values}
        sent = {**values, "spoken_to": sorted(str(person.pk) for person in spoken_to), "next_step": next_step or ""}
        digest = repeat.digest(account, activity_type, people, colleagues, sent) if client_id else ""
        if first := cls.sent_before(by, client_id, digest):
            return first
        visit = cls(
            account=account,
            activity_type=activity_type,
            author=by,
            client_id=client_id or None,
            client_digest=digest,
            **{"is_service": activity_type.is_service, **values},
        )
        try:
            with transaction.atomic():
                visit.keep_with(people, colleagues, spoken_to, by=by, because=f"interaction_{visit.state}")
                visit.lead_to(next_step, by=by)
        except IntegrityError:  # the same send, overtaken by its twin
            if first := cls.sent_before(by, client_id, digest):
                return first
            raise
        return visit

    def lead_to(self, next_step: dict | None, *, by: User) -> None:
        """Write down what follows from it, as a dated action of somebody of ours."""
        if next_step:
            self.next_steps.model.add(self.account, by=by, interaction=self, **next_step)

    @classmethod
    def plan(cls, account: Account, *, by: User, activity_type: ActivityType, **values) -> "Interaction":
        """A contact to come; it copies the checklist of its type (rule 4.17)."""
        with transaction.atomic():
            visit = cls.log(account, by=by, activity_type=activity_type, state=cls.State.PLANNED, **values)
            if not visit.checklist.exists():
                for place, text in enumerate(activity_type.checklist):
                    ChecklistItem(interaction=visit, place=place, text=text[:300]).keep(by=by)
        return visit

    @classmethod
    def sent_before(cls, author: User, client_id: str, digest: str) -> "Interaction | None":
        """What this author's device made with this id already."""
        first = cls.objects.filter(author=author, client_id=client_id).first() if client_id else None
        if first and first.client_digest != digest:
            raise AlreadyLoggedOtherwise(first)
        return first

    def keep_with(
        self,
        people: Iterable[Stakeholder],
        colleagues: Iterable[User],
        spoken_to: Iterable[Stakeholder] = (),
        *,
        by: User,
        because: str,
    ) -> None:
        """Write the row and its people together, and bring their contact states up to date."""
        self.account = survivor_named(self.account)
        theirs, ours = self.those_on_it()
        named = Named.of(people, spoken_to).held(theirs).at(self.account, theirs)
        self.head_count = len(named.people)
        self.full_clean(exclude=self.HELD_BY_SCHEMA, validate_unique=False, validate_constraints=False)
        self.keep(by=by, because=because)
        self.set_participants(named.people, named.spoken, theirs, by=by)
        self.set_colleagues([self.author, *colleagues], ours, by=by)
        contacts_changed({*theirs, *named.ids})

    def those_on_it(self) -> tuple[dict[UUID, Participant], dict[UUID, Colleague]]:
        """Who stands on it, theirs and ours; nobody yet on a new one."""
        if self._state.adding:
            return {}, {}
        theirs = {row.stakeholder_id: row for row in self.participants.all()}
        return theirs, {row.user_id: row for row in self.colleagues.all()}

    def set_participants(
        self, people: Iterable[Stakeholder], spoken_to: set[Stakeholder], kept: dict[UUID, Participant], *, by: User
    ) -> None:
        """Make the participants exactly these."""
        wanted = {person.pk: person in spoken_to for person in people}
        for person, row in kept.items():
            if person not in wanted:
                row.delete(by=by)
        for person, was_spoken_to in wanted.items():
            row = kept.get(person)
            if row is None or row.was_spoken_to != was_spoken_to:
                row = row or Participant(interaction=self, stakeholder_id=person)
                row.was_spoken_to = was_spoken_to
                row.keep(by=by)

    def set_colleagues(self, users: Iterable[User], kept: dict[UUID, Colleague], *, by: User) -> None:
        """Make the colleagues exactly these."""
        wanted = dict.fromkeys(user.pk for user in users)
        for user, row in kept.items():
            if user not in wanted:
                row.delete(by=by)
        for user in wanted:
            if user not in kept:
                Colleague(interaction=self, user_id=user).keep(by=by)

    def change(
        self,
        *,
        by: User,
        because: str = "interaction_corrected",
        people: Iterable[Stakeholder] | None = None,
        colleagues: Iterable[User] | None = None,
        spoken_to: Iterable[Stakeholder] | None = None,
        **values,
    ) -> None:
        """Correct it; what it fed is computed anew. Another type brings its own word on support and delivery work."""
        if "activity_type" in values:
            values.setdefault("is_service", values["activity_type"].is_service)
        for field, value in values.items():
            setattr(self, field, value)
        rows = list(self.participants.select_related("stakeholder"))
        people = [row.stakeholder for row in rows] if people is None else people
        spoken = [row.stakeholder for row in rows if row.was_spoken_to] if spoken_to is None else spoken_to
        if colleagues is None:
            colleagues = [row.user for row in self.colleagues.select_related("user")]
        with transaction.atomic():
            self.keep_with(people, colleagues, spoken, by=by, because=because)

    def complete(self, *, by: User, next_step: dict | None = None, **values) -> None:
        """Planned → done; on its day and at its time unless others are given, or they are still to come."""
        self.check_planned()
        values.setdefault("held_on", min(self.held_on, self.account.today()))
        if values["held_on"] != self.held_on or (self.starts_at and self.starts_at > timezone.now()):
            values.setdefault("starts_at", None)
        with transaction.atomic():
            self.change(by=by, because="interaction_done", state=self.State.DONE, called_off_by="", miss="", **values)
            self.lead_to(next_step, by=by)

    def finish(self, *, by: User, next_step: dict | None = None, **values) -> None:
        """What came of it is told, or there is nothing to add: it leaves the tray."""
        with transaction.atomic():
            self.change(by=by, because="interaction_finished", is_unfinished=False, **values)
            self.lead_to(next_step, by=by)

    def check_planned(self) -> None:
        """Only what is planned can take place or fall through; another tab may have been quicker."""
        if self.state != self.State.PLANNED:
            raise ValidationError(_("This is no longer planned: %(state)s.") % {"state": self.get_state_display()})

    def cancel(self, called_off_by: str, *, by: User, reason: str = "") -> None:
        """Called off before its day."""
        self.fall_through(self.State.CANCELLED, called_off_by, self.Miss.CALLED_OFF, reason, by=by)

    def mark_missed(self, called_off_by: str, miss: str, *, by: User, reason: str = "") -> None:
        """It did not happen; says who called it off, and how."""
        self.fall_through(self.State.MISSED, called_off_by, miss, reason, by=by)

    def fall_through(self, state: str, called_off_by: str, miss: str, reason: str, *, by: User) -> None:
        self.check_planned()
        summary = reason or self.summary
        self.change(
            by=by,
            because=f"interaction_{state}",
            state=state,
            called_off_by=called_off_by,
            miss=miss,
            summary=summary,
            is_unfinished=False,
        )

    def tick(self, item: ChecklistItem, is_done: bool, *, by: User) -> None:
        """Mark a point of the checklist as seen to."""
        item.is_done = is_done
        item.keep(by=by)

    def erase(self, *, by: User) -> None:
        """Take it away; what it fed is computed anew. `bring_back` undoes it. Its client id is free again: whoever
        takes a visit back and sends the form once more means it."""
        with transaction.atomic():
            Interaction.objects.filter(pk=self.pk).update(client_id=None)
            self.client_id = None
            self.remove(by=by, because="interaction_removed")
            self.recount(Interaction.objects.filter(pk=self.pk))

    def bring_back(self, *, by: User) -> None:
        """Undo `erase`."""
        with transaction.atomic():
            self.restore(by=by, because="interaction_restored")
            self.recount(Interaction.objects.filter(pk=self.pk))

    @staticmethod
    def recount(interactions: InteractionQuerySet, chunk: int = 1000) -> None:
        """Judge anew everybody who took part in these."""
        people = Participant.objects.filter(interaction__in=interactions.order_by()).values_list(
            "stakeholder_id", flat=True
        )
        ids = list(people.distinct())
        for start in range(0, len(ids), chunk):
            contacts_changed(ids[start : start + chunk])
