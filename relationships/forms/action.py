"""Next steps: adding, editing, putting off, finishing, and the filters over their list."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Account
from records.editing import VersionedForm
from relationships.forms import fields
from relationships.log_choices import colleagues
from relationships.models import ActivityType
from stakeholders.models import Stakeholder
from users.models import User


class ActionForm(VersionedForm):
    """What, by when, by whom, and for which person."""

    title = forms.CharField(label=_("Next step"), max_length=300)
    due_on = fields.day_field(_("Due"))
    review_on = fields.day_field(_("Look at it again on"), required=False)

    def __init__(
        self,
        *args: Any,
        account: Account,
        user: User,
        person: Stakeholder | None = None,
        owner: User | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        chosen = [pk for pk in (user.pk, owner.pk if owner else None) if pk]
        self.fields["owner"] = forms.ModelChoiceField(
            colleagues(account, besides=User(), chosen=chosen),
            label=_("Who does it"),
            empty_label=None,
            initial=user.pk,
        )
        self.fields["stakeholder"] = forms.ModelChoiceField(
            people_to_name(account, person), label=_("Person"), required=False, empty_label=_("Nobody in particular")
        )
        self.fields["activity_type"] = forms.ModelChoiceField(
            ActivityType.objects.offered(), label=_("Activity"), required=False, empty_label=_("None")
        )


def people_to_name(account: Account, person: Stakeholder | None) -> Any:
    """Key persons first; a bounded list, and always the one it is about."""
    first = Stakeholder.objects.at(account).order_by("key_rank", "sort_key", "id").values("pk")[:100]
    ids = [row["pk"] for row in first] + ([person.pk] if person else [])
    return Stakeholder.objects.present().filter(pk__in=ids).order_by("key_rank", "sort_key", "id")


class FinishForm(VersionedForm):
    """It is done, and what it brought."""

    result = fields.text_field(_("What it brought"), 4000)


class ActionFilter(forms.Form):
    """Whose, and how they stand."""

    OPEN, DUE, LATE, DONE = "open", "due", "late", "done"
    STATES = [
        (OPEN, pgettext_lazy("next steps", "Open")),
        (DUE, _("Due this week")),
        (LATE, pgettext_lazy("next steps", "Late")),
        (DONE, pgettext_lazy("next steps", "Done")),
    ]
    WHOSE = [("mine", pgettext_lazy("next steps", "Mine")), ("team", _("Everybody's"))]

    whose = forms.ChoiceField(label=_("Whose"), choices=WHOSE, required=False)
    state = forms.ChoiceField(label=_("State"), choices=STATES, required=False)

    def chosen(self) -> tuple[str, str]:
        """What is asked for; nonsense counts as nothing."""
        self.is_valid()
        return self.cleaned_data.get("whose") or "mine", self.cleaned_data.get("state") or self.OPEN
