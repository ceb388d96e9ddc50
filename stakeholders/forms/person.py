"""Everything about a person but posts, roles and ways to reach them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pages.forms import ChipRadios
from records.editing import VersionedForm
from stakeholders.models import Stakeholder
from users.models import User


class EditForm(VersionedForm, forms.ModelForm):
    """The profile; the sensitive notes are a field only for who may read them."""

    gap_override = forms.IntegerField(
        label=_("Own longest gap, days"),
        required=False,
        min_value=1,
        max_value=3650,
        help_text=_("Empty: as the cadence of their roles says."),
    )
    ceiling_override = forms.IntegerField(
        label=_("Own ceiling, contacts in 30 days"),
        required=False,
        min_value=1,
        max_value=31,
        help_text=_("Empty: as the cadence of their roles says."),
    )

    class Meta:
        model = Stakeholder
        fields = [
            "name",
            "other_names",
            "is_outsider",
            *Stakeholder.PROFILE,
            "sensitive_notes",
            "stage",
            "counterpart",
            "is_watched",
            "is_rising",
            "rising_reason",
            "key_override",
            "key_override_reason",
            "gap_override",
            "ceiling_override",
        ]
        widgets = {
            "social_style": ChipRadios,
            "stage": ChipRadios,
            "key_override": ChipRadios,
            **{name: forms.Textarea(attrs={"rows": 2}) for name in Stakeholder.PROFILE if name != "social_style"},
            "sensitive_notes": forms.Textarea(attrs={"rows": 2, "autocomplete": "off", "data-no-draft": ""}),
        }
        labels = {
            "key_override_reason": _("Why against the rule"),
            "is_outsider": _("Works elsewhere, but matters here"),
        }
        help_texts = {
            "other_names": _("The other script, a nickname, an English name; separated by commas. Search finds them."),
            "is_outsider": _("A consultant, somebody of the parent company."),
            "counterpart": _("Whose rank matches theirs, and who answers for this relationship."),
        }

    def __init__(self, *args: Any, reads_notes: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not reads_notes:
            del self.fields["sensitive_notes"]
        self.fields["counterpart"].queryset = colleagues(self.instance)
        self.fields["counterpart"].empty_label = _("Nobody yet")
        for name in ("social_style", "stage"):
            self.fields[name].choices = [("", _("Not known")), *self.fields[name].choices[1:]]
        self.fields["key_override"].choices = Stakeholder.KeyOverride.choices


def colleagues(person: Stakeholder) -> Any:
    """The account team, and whoever is the counterpart now."""
    team = User.objects.active().filter(memberships__account=person.account_id, memberships__removed_at=None)
    return (team | User.objects.filter(pk=person.counterpart_id)).distinct().order_by("full_name", "id")
