"""A file, and what it is a list of."""

from typing import Any

from django import forms
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from pages.forms import ChipRadios
from sync.files.limits import FILE_BYTES
from sync.imports.intakes import INTAKES
from sync.record_types import RECORD_TYPES

ACCEPTED = ".csv,.tsv,.txt,.xlsx,.vcf"


class UploadForm(forms.Form):
    record_type = forms.ChoiceField(
        label=_("What is it a list of?"), widget=ChipRadios, error_messages={"required": _("Choose what it lists.")}
    )
    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV, Excel (.xlsx) or vCard, up to 200 MB. The first row names the columns."),
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED}),
        allow_empty_file=True,  # the reader has a sentence for it
        error_messages={"required": _("Choose a file.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["record_type"].choices = [(name, RECORD_TYPES[name].label) for name in INTAKES]

    def refuse_size(self) -> None:
        """The file was thrown away while it came."""
        self.errors.pop("file", None)
        self.add_error("file", _("The file is larger than %(size)s.") % {"size": filesizeformat(FILE_BYTES)})
