"""A planned contact that did not take place: by whom, and how."""

from django import forms
from django.utils.translation import gettext_lazy as _

from pages.forms import ChipRadios
from records.editing import VersionedForm
from relationships.forms import fields
from relationships.models import Interaction


class CancelForm(VersionedForm):
    """Called off before its day."""

    called_off_by = forms.ChoiceField(
        label=_("Who called it off"),
        choices=Interaction.Side.choices,
        widget=ChipRadios,
        error_messages={"required": _("Say who called it off.")},
    )
    reason = fields.text_field(_("Why"), 4000, rows=2)


class MissForm(CancelForm):
    """The day came, and it did not happen."""

    miss = forms.ChoiceField(
        label=_("How"), choices=Interaction.Miss.choices, widget=ChipRadios, initial=Interaction.Miss.CALLED_OFF
    )

    field_order = ["called_off_by", "miss", "reason"]
