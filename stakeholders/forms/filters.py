"""The bar above the list of people."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.calendar import days_for
from accounts.models import Account
from stakeholders import listing
from stakeholders.models import DecisionRole, Level, Stakeholder
from users.models import User

SORTS = [("name", _("Name")), ("key", _("Key persons first")), ("account", _("Account"))]


class PeopleForm(forms.Form):
    """Whom the list shows; what it cannot read it leaves out."""

    q = forms.CharField(label=_("Search"), required=False, max_length=200)
    account = forms.CharField(label=_("Account"), required=False, max_length=200)
    role = forms.ChoiceField(label=_("Role"), choices=[("", _("All")), *DecisionRole.Letter.choices], required=False)
    level = forms.ChoiceField(label=_("Level"), choices=[("", _("All")), *Level.choices], required=False)
    sort = forms.ChoiceField(label=_("Order"), choices=SORTS, required=False)
    key = forms.BooleanField(label=_("Key persons"), required=False)
    watched = forms.BooleanField(label=_("Watched"), required=False)
    left = forms.BooleanField(label=_("Has left"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, hint in (("q", _("Name, 拼音, phone, title …")), ("account", _("Any account"))):
            self.fields[name].widget.input_type = "search"
            self.fields[name].widget.attrs["placeholder"] = hint

    def people(self, user: User) -> QuerySet[Stakeholder]:
        """The people this user sees, narrowed to what the bar asks for."""
        self.is_valid()
        asked = self.cleaned_data
        people = Stakeholder.objects.visible_to(user).search(asked.get("q") or "", seen_by=user)
        if asked.get("left") or not asked.get("q"):  # whoever is looked up by name is found, gone or not
            people = people.filter(has_left=bool(asked.get("left")))
        if asked.get("account"):
            accounts = Account.objects.visible_to(user).search(asked["account"])
            people = people.employed_by(accounts, days_for(user))
        if asked.get("role"):
            people = listing.with_letter(people, asked["role"], user)
        if asked.get("level"):
            people = listing.with_level(people, asked["level"], user)
        if asked.get("key"):
            people = people.filter(listing.at_home(user), is_key=True)
        return people.filter(is_watched=True) if asked.get("watched") else people

    @property
    def sort_name(self) -> str:
        return self.cleaned_data.get("sort") or "name"

    @property
    def narrows(self) -> bool:
        """Whether anything but the order is asked for."""
        return any(value for name, value in self.cleaned_data.items() if name != "sort")
