"""How a file is to be read, where the guess was wrong."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sync.files.encoding import CODECS
from sync.models import ImportRun

FOUND_OUT = ("", pgettext_lazy("encoding", "As found out"))
DELIMITERS = [FOUND_OUT, (",", _("Comma")), (";", _("Semicolon")), ("\t", _("Tab")), ("|", "|")]


class ReadingForm(forms.Form):
    sheet = forms.ChoiceField(label=_("Sheet"), required=False)
    header_row = forms.IntegerField(label=_("Row with the headers"), required=False, min_value=1, max_value=1000)
    encoding = forms.ChoiceField(
        label=_("Encoding"), required=False, choices=[FOUND_OUT, *((name, name) for name in CODECS)]
    )
    delimiter = forms.ChoiceField(label=_("Between cells stands"), required=False, choices=DELIMITERS)

    def __init__(self, *args: Any, run: ImportRun, **kwargs: Any) -> None:
        facts = run.facts
        initial = {name: run.reading.get(name) or "" for name in ("encoding", "delimiter")}
        kwargs["initial"] = initial | {"sheet": facts.get("sheet"), "header_row": facts.get("header_row")}
        super().__init__(*args, **kwargs)
        self.fields["sheet"].choices = [(name, name) for name in facts.get("sheets", ())]
        for name in self.left_out(facts):
            del self.fields[name]

    @staticmethod
    def left_out(facts: dict[str, Any]) -> list[str]:
        """What a file of this kind has no choice of."""
        if facts.get("format") == "csv":
            return ["sheet"]
        if facts.get("format") == "vcard":
            return ["sheet", "header_row", "encoding", "delimiter"]
        return ["encoding", "delimiter"] + (["sheet"] if len(facts.get("sheets", ())) < 2 else [])
