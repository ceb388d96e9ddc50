"""Everything about a person but posts, roles and ways to reach them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.choices import team_of
from pages.choices import SearchedChoiceField
from pages.forms import ChipRadios
from records.editing import VersionedForm
from stakeholders.models import Stakeholder


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
        field_classes = {"counterpart": SearchedChoiceField}

    def __init__(self, *args: Any, reads_notes: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not reads_notes:
            del self.fields["sensitive_notes"]
        team = team_of(self.instance.account, besides=[self.instance.counterpart])
        self.fields["counterpart"].offer(team, empty_label=_("Nobody yet"))
        for name in ("social_style", "stage"):
            self.fields[name].choices = [("", _("Not known")), *self.fields[name].choices[1:]]
        self.fields["key_override"].choices = Stakeholder.KeyOverride.choices
