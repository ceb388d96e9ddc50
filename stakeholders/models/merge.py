"""Two people who proved to be one, and pairs who may."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from records.history import Tracked
from records.identity import new_id
from records.merge_record import MergeRecord
from records.record import Stamped
from stakeholders.models.stakeholder import Stakeholder
from users.models import User


class PersonMerge(MergeRecord):
    """Two people who proved to be one."""

    kept = models.ForeignKey(Stakeholder, models.CASCADE, related_name="merges", verbose_name=_("person"))
    twin = models.OneToOneField(Stakeholder, models.PROTECT, related_name="merge", verbose_name=_("merged person"))

    history = Tracked(excluded_fields=["moves"])

    class Meta:
        verbose_name = _("merge")
        verbose_name_plural = _("merges")
        constraints = [models.CheckConstraint(condition=~Q(kept=F("twin")), name="person_merge_of_two")]


class SuspectedTwinsQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "SuspectedTwinsQuerySet":
        """Only to whoever sees both; else a pair would give the other one away."""
        people = Stakeholder.objects.visible_to(user)
        return self.filter(one__in=people, other__in=people)

    def worked_by(self, user: User) -> "SuspectedTwinsQuerySet":
        """Pairs of which this user may change both."""
        people = Stakeholder.objects.worked_by(user)
        return self.filter(one__in=people, other__in=people)

    def undecided(self) -> "SuspectedTwinsQuerySet":
        return self.filter(state=SuspectedTwins.State.SUSPECTED)


class SuspectedTwins(Stamped):
    """Two people who may be one: found in the background, decided by somebody, and never asked about again."""

    class State(models.TextChoices):
        SUSPECTED = "suspected", _("Suspected")
        DIFFERENT = "different", _("Not the same person")
        MERGED = "merged", _("Merged")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    one = models.ForeignKey(Stakeholder, models.CASCADE, related_name="+")
    other = models.ForeignKey(Stakeholder, models.CASCADE, related_name="+")
    likeness = models.PositiveSmallIntegerField(_("likeness"), default=0)
    reasons = models.CharField(_("why"), max_length=120, default="")  # values of `likeness.Why`, in their order
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.SUSPECTED)

    objects = SuspectedTwinsQuerySet.as_manager()
    history = Tracked(excluded_fields=["likeness", "reasons"])

    class Meta:
        verbose_name = _("suspected twins")
        verbose_name_plural = _("suspected twins")
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="suspected_twins_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="suspected_twins_in_order"),
            models.CheckConstraint(
                condition=Q(state__in=["suspected", "different", "merged"]), name="suspected_twins_state_known"
            ),
            models.CheckConstraint(condition=Q(likeness__lte=100), name="suspected_twins_likeness_range"),
        ]
        indexes = [
            models.Index(fields=["-likeness", "id"], condition=Q(state="suspected"), name="suspected_twins_by_likeness")
        ]

    def __str__(self) -> str:
        return f"{self.one_id} ~ {self.other_id}"

    def tell_apart(self, *, by: User | None) -> None:
        """They are two people: nobody is asked again."""
        self.decide(self.State.DIFFERENT, by=by, because="not_the_same_person")

    def ask_again(self, *, by: User | None) -> None:
        """Undo `tell_apart`."""
        self.decide(self.State.SUSPECTED, by=by, because="asked_again")

    def decide(self, state: str, *, by: User | None, because: str) -> None:
        """Settle the question, or open it."""
        self.state = state
        self.keep(by=by, because=because, fields=["state"])
