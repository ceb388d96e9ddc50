"""The two ways to quiet an alert."""

from datetime import date, timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from pages.forms import ChipRadios, DayInput

ANOTHER_DAY = "day"


class SnoozeForm(forms.Form):
    """Out of sight for some weeks, or until a day."""

    weeks = forms.ChoiceField(
        label=_("Until"),
        widget=ChipRadios,
        choices=[("1", _("1 week")), ("2", _("2 weeks")), ("4", _("4 weeks")), (ANOTHER_DAY, _("Another day"))],
        initial="1",
    )
    until = forms.DateField(label=_("Day"), required=False, widget=DayInput)

    def __init__(self, *args, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["until"].widget.attrs["min"] = (today + timedelta(days=1)).isoformat()

    def clean(self) -> dict:
        """Weeks come to a day; another day needs one."""
        cleaned = super().clean()
        weeks = cleaned.get("weeks")
        if weeks == ANOTHER_DAY:
            if not cleaned.get("until") and "until" not in self.errors:
                self.add_error("until", _("Choose a day to come."))
        elif weeks:
            cleaned["until"] = self.today + timedelta(weeks=int(weeks))
        return cleaned


class DismissForm(forms.Form):
    """Out of sight until the rule has stopped and starts again."""

    reason = forms.CharField(label=_("Why"), max_length=300, help_text=_("Your team reads this."))

    def __init__(self, *args, today: date, **kwargs):
        super().__init__(*args, **kwargs)
