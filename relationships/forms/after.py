"""What came of a contact, told after it was logged."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from pages.forms import ChipCheckboxes
from records.editing import VersionedForm
from relationships.forms import fields
from relationships.models import ContactRules, Interaction
from stakeholders.known_here import rank_here
from stakeholders.models import Stakeholder
from users.models import User


class AfterForm(VersionedForm, fields.NextStepFields):
    """Every question may stay open."""

    summary = fields.text_field(_("Note"), 20_000)
    value_given = fields.value_field()
    favour_asked = fields.favour_field()

    def __init__(self, *args: Any, interaction: Interaction, user: User, **kwargs: Any) -> None:
        kwargs.setdefault("initial", self.told(interaction))
        super().__init__(*args, **kwargs)
        self.offer_owners(interaction.account, user)
        if interaction.head_count > ContactRules.load().crowd:
            self.ask_whom_they_spoke_to(interaction)

    @staticmethod
    def told(interaction: Interaction) -> dict[str, Any]:
        """What is known already."""
        return {
            "version": interaction.version,
            "summary": interaction.summary,
            "value_given": interaction.value_given,
            "favour_asked": fields.WORD_OF[interaction.favour_asked],
        }

    def ask_whom_they_spoke_to(self, interaction: Interaction) -> None:
        """In a crowd only those somebody spoke to were in contact (rule 4.6)."""
        there = Stakeholder.objects.filter(participations__interaction=interaction)
        there = there.order_by(rank_here(interaction.account), "sort_key", "id")
        spoken = list(interaction.participants.filter(was_spoken_to=True).values_list("stakeholder_id", flat=True))
        self.fields["spoken_to"] = fields.SeveralField(
            there,
            label=_("Whom did you speak to"),
            required=False,
            widget=ChipCheckboxes,
            initial=spoken,
            error_messages={"invalid_choice": _("One of these people was not there. Choose again.")},
            help_text=_("In a larger round a person counts as met only if somebody of ours spoke to them."),
        )

    def told_values(self) -> dict[str, Any]:
        """What the verb gets."""
        asked = ("summary", "value_given", "favour_asked", "spoken_to")
        values = {name: self.cleaned_data[name] for name in asked if name in self.cleaned_data}
        return values | {"next_step": self.next_step_values()}
