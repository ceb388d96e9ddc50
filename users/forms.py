"""Input about ourselves: one's own profile, users, teams."""

from zoneinfo import available_timezones

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from pages.choices import SearchedChoiceField
from records.editing import VersionedForm
from users.choices import colleagues, teams
from users.models import Team, User

ZONES = sorted(
    zone for zone in available_timezones() if "/" in zone and not zone.startswith(("Etc/", "posix/", "right/"))
)


def zone_field() -> forms.ChoiceField:
    """Any time zone the system knows, or the installation's."""
    choices = [("", _("As the installation")), *((zone, zone.replace("_", " ")) for zone in ZONES)]
    return forms.ChoiceField(label=_("Time zone"), choices=choices, required=False)


class ProfileForm(VersionedForm, forms.ModelForm):
    """What everybody may say about themselves."""

    time_zone = zone_field()

    class Meta:
        model = User
        fields = ("full_name", "phone", "language", "time_zone")


class UserForm(VersionedForm, forms.ModelForm):
    """What administrators say about a colleague."""

    time_zone = zone_field()

    class Meta:
        model = User
        fields = (
            "full_name",
            "email",
            "phone",
            "rank",
            "team",
            "is_administrator",
            "is_active",
            "language",
            "time_zone",
        )
        field_classes = {"team": SearchedChoiceField}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["team"].offer(teams())

    def clean_email(self) -> str:
        """Sign-in does not tell capitals apart."""
        return self.cleaned_data["email"].lower()


class NewUserForm(UserForm):
    """A new colleague, with a first password to hand over."""

    password = forms.CharField(
        label=_("First password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
        help_text=_("Tell it them yourself; they change it under Profile."),
    )

    def clean_password(self) -> str:
        """As strong as their own would have to be."""
        validate_password(self.cleaned_data["password"])
        return self.cleaned_data["password"]


class TeamForm(VersionedForm, forms.ModelForm):
    """A team, the one above it, and who leads it."""

    class Meta:
        model = Team
        fields = ("name", "parent", "lead")
        field_classes = {"parent": SearchedChoiceField, "lead": SearchedChoiceField}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["parent"].offer(teams().without(self.instance.pk))
        self.fields["lead"].offer(colleagues())
