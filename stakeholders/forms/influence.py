"""Drawing and changing an influence of one person on another."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from pages.choices import SearchedChoiceField
from pages.forms import ChipRadios, DayInput
from records.editing import VersionedForm
from stakeholders.choices import people_seen_by
from stakeholders.forms.roles import CHOOSE, not_ahead
from stakeholders.models import Influence, Stakeholder
from users.models import User

ONTO, FROM = "onto", "from"


class InfluenceForm(forms.ModelForm):
    """How strong, of what tone and nature, since when; a note says how we know."""

    strength = forms.TypedChoiceField(
        label=_("Strength"), choices=list(Influence.STRENGTHS.items()), coerce=int, widget=ChipRadios
    )

    class Meta:
        model = Influence
        fields = ["strength", "tone", "nature", "note", "since"]
        widgets = {"tone": ChipRadios, "since": DayInput}
        help_texts = {"note": _("How we know, or what joins them.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tone"].choices = Influence.Tone.choices

    def _post_clean(self) -> None:
        """The verb judges the row; the form only reads what was typed."""


class DrawForm(InfluenceForm):
    """A new edge between this person and another one in sight, of whatever unit or account."""

    way = forms.ChoiceField(label=_("Who influences whom"), widget=ChipRadios)
    other = SearchedChoiceField(label=_("Other person"))
    field_order = ["way", "other"]

    def __init__(self, *args: Any, person: Stakeholder, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        told = {"name": person.name}
        self.fields["way"].choices = [
            (ONTO, _("%(name)s influences the other person") % told),
            (FROM, _("The other person influences %(name)s") % told),
        ]
        self.fields["other"].offer(people_seen_by(user), empty_label=CHOOSE)
        today = person.account.today()
        self.initial |= {"way": ONTO, "strength": 2, "tone": Influence.Tone.POSITIVE, "since": today}
        self.fields["since"].widget.attrs["max"] = today.isoformat()

    def clean_other(self) -> Stakeholder:
        if self.cleaned_data["other"] == self.person:
            raise ValidationError(_("Nobody is their own influencer."))
        return self.cleaned_data["other"]

    def clean_since(self) -> Any:
        return not_ahead(self.cleaned_data["since"], self.person.account)

    def draw(self, *, by: User) -> Influence:
        """The edge as it was typed."""
        told = dict(self.cleaned_data)
        other, way = told.pop("other"), told.pop("way")
        source, target = (self.person, other) if way == ONTO else (other, self.person)
        return Influence.draw(source, target, by=by, **told)


class ChangeInfluenceForm(VersionedForm, InfluenceForm):
    """An edge that stands."""

    def clean_since(self) -> Any:
        return not_ahead(self.cleaned_data["since"], self.instance.account)
