"""How forms look: every form is rendered by the component templates, and choices can be chips."""

from typing import Any

from django import forms
from django.forms.renderers import BaseRenderer, TemplatesSetting
from django.forms.utils import flatatt
from django.utils.html import format_html
from django.utils.safestring import SafeString


class Renderer(TemplatesSetting):
    """Forms and fields through `templates/components/`; widgets through Django's own templates."""

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"


class ChipRadios(forms.RadioSelect):
    """One of a few choices as big buttons; `marks` gives a choice's template context (`{"score": 2}`)."""

    template_name = "components/chips_widget.html"
    option_template_name = "components/chip.html"

    def __init__(self, attrs=None, choices=(), marks=None):
        super().__init__(attrs, choices)
        self.marks = marks or {}

    def create_option(self, name, value, *args, **kwargs):
        return super().create_option(name, value, *args, **kwargs) | {"mark": self.marks.get(str(value), {})}


class ChipCheckboxes(ChipRadios, forms.CheckboxSelectMultiple):
    """Any of a few choices as big buttons."""

    allow_multiple_selected = True
    input_type = "checkbox"


class SearchInput(forms.TextInput):
    """A field whose keyboard offers “search”; drawn without a template, since one stands above every list."""

    input_type = "search"

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: BaseRenderer | None = None
    ) -> SafeString:
        told = self.get_context(name, value, attrs)["widget"]
        given = {"value": told["value"]} if told["value"] is not None else {}
        return format_html("<input{}>", flatatt({"type": self.input_type, "name": name, **given, **told["attrs"]}))


class DayInput(forms.DateInput):
    """The browser's own calendar; it speaks ISO whatever the language."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")


class MomentInput(forms.DateTimeInput):
    """The browser's own calendar and clock, to the minute."""

    input_type = "datetime-local"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")
