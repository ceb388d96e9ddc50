"""What may be typed about a saved view, and which columns a list shows in which order."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pages.forms import ChipRadios
from records.editing import VersionedForm
from records.lists import Listing, Question
from sync.models import SavedView


class SavedViewForm(VersionedForm, forms.ModelForm):
    """Its name, and who sees it."""

    class Meta:
        model = SavedView
        fields = ["name", "shared"]
        widgets = {"shared": ChipRadios}
        help_texts = {"shared": _("Whoever opens it sees what is in their own sight.")}


class ColumnsForm(forms.Form):
    """Which columns, and at which place each; the record's name always comes first."""

    def __init__(self, *args: Any, listing: Listing, question: Question, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.listing = listing
        shown = [column.name for column in question.columns]
        names = [*shown, *(name for name in listing.columns if name not in shown)]
        self.names = [name for name in names if name != listing.head]
        for place, name in enumerate(self.names, start=1):
            label = listing.columns[name].label or _("What can be done")
            self.fields[f"show-{name}"] = forms.BooleanField(required=False, initial=name in shown, label=label)
            self.fields[f"place-{name}"] = forms.IntegerField(
                required=False, initial=place, min_value=1, max_value=len(self.names), label=_("Place")
            )

    @property
    def lines(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"show-{name}"], self[f"place-{name}"]) for name in self.names]

    @property
    def chosen(self) -> list[str]:
        """The columns ticked, by their places; where two want one place, in the order they had."""
        values = self.cleaned_data
        ticked = [name for name in self.names if values.get(f"show-{name}")]
        ticked.sort(key=lambda name: values.get(f"place-{name}") or len(self.names))
        return [self.listing.head, *ticked]
