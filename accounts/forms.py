"""What may be typed about an account, its units and its team."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.choices import accounts_of, not_yet_on_team_of, units_of
from accounts.models import Account, AccountMember, OrgUnit
from pages.choices import SearchedChoiceField
from pages.forms import ChipRadios
from records.editing import VersionedForm
from users.choices import colleagues, teams
from users.models import User

CHOOSE = pgettext_lazy("choice", "Choose")


class AccountForm(VersionedForm, forms.ModelForm):
    """Everything about an account but who of ours answers for it."""

    website = forms.URLField(
        label=_("Website"),
        required=False,
        max_length=300,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"placeholder": "https://", "inputmode": "url"}),
    )
    parent = SearchedChoiceField(label=_("Group company"), required=False, empty_label=_("None"))

    class Meta:
        model = Account
        fields = [
            "name",
            "short_name",
            "other_names",
            "tier",
            "status",
            "industry",
            "region",
            "parent",
            "is_public_sector",
            "website",
            "address",
            "time_zone",
            "notes",
        ]
        widgets = {
            "tier": ChipRadios,
            "status": ChipRadios,
            "time_zone": forms.TextInput(attrs={"list": "time-zones", "autocomplete": "off", "spellcheck": "false"}),
        }
        help_texts = {
            "name": _("As the customer writes it, in any script."),
            "short_name": _("Used where room is scarce."),
            "other_names": _("Former names, the other script; separated by commas. Search finds them."),
            "time_zone": _("Days are counted here. Empty: the installation's own."),
            "is_public_sector": _("Stricter limits for gifts and hospitality apply."),
        }

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].offer(accounts_of(user).without(self.instance.pk))

    @property
    def time_zones(self) -> list[str]:
        return sorted(available_timezones())

    def values(self) -> dict[str, Any]:
        """A group company out of this user's sight stays, unless they choose another."""
        values = super().values()
        if values["parent"] is None and self.fields["parent"].hides(self.initial.get("parent")):
            del values["parent"]
        return values


class OpenForm(AccountForm):
    """A new account, with one person and one team of ours from the first moment."""

    class Meta(AccountForm.Meta):
        fields = [*AccountForm.Meta.fields, "owner", "team"]
        field_classes = {"owner": SearchedChoiceField, "team": SearchedChoiceField}

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        del self.fields["status"]
        narrow_responsible(self)
        self.initial.setdefault("owner", user.pk)
        self.initial.setdefault("team", user.team_id)


class ResponsibleForm(VersionedForm, forms.ModelForm):
    """Who of ours answers for an account."""

    class Meta:
        model = Account
        fields = ["owner", "team"]
        help_texts = {
            "owner": _("One person. Alerts about this account go there."),
            "team": _("Its lead sees the account too."),
        }
        field_classes = {"owner": SearchedChoiceField, "team": SearchedChoiceField}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        narrow_responsible(self)


def narrow_responsible(form: forms.BaseForm) -> None:
    """Colleagues who can still sign in, and teams that stand."""
    form.fields["owner"].offer(colleagues(), empty_label=CHOOSE)
    form.fields["team"].offer(teams(), empty_label=CHOOSE)


class AdmitForm(forms.Form):
    """A colleague for the account team."""

    user = SearchedChoiceField(label=_("Colleague"), empty_label=CHOOSE)
    function = forms.ChoiceField(
        label=_("Function"),
        choices=AccountMember.Function.choices,
        widget=ChipRadios,
        initial=AccountMember.Function.MEMBER,
    )

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].offer(not_yet_on_team_of(account))


class FunctionForm(VersionedForm, forms.ModelForm):
    """What a colleague does on the account team."""

    class Meta:
        model = AccountMember
        fields = ["function"]
        widgets = {"function": ChipRadios}


class UnitForm(VersionedForm, forms.ModelForm):
    """A department, and where it stands."""

    class Meta:
        model = OrgUnit
        fields = ["name", "parent", "function", "other_names"]
        field_classes = {"parent": SearchedChoiceField}
        labels = {"function": _("What it does")}
        help_texts = {"other_names": _("Former names, the other script; separated by commas.")}

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.account = account
        # A unit below the one edited is offered too, so that the refusal can say why.
        self.fields["parent"].offer(units_of(account).without(self.instance.pk), empty_label=_("Top level"))
