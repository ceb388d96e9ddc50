"""Which other account is this customer, and whose word counts from then on."""

from functools import cached_property
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts import choosing
from accounts.choices import accounts_worked_by
from accounts.forms import CHOOSE
from accounts.models import Account
from pages.choices import SearchedChoiceField
from records import merge_pages
from records.choosing import Matter
from users.models import User


class TwinForm(forms.Form):
    """Which other account is this customer."""

    twin = SearchedChoiceField(label=_("The other account"), help_text=_("You look at both before anything is merged."))

    def __init__(self, *args: Any, account: Account, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["twin"].offer(accounts_worked_by(user).without(account.pk), empty_label=CHOOSE)


class MergeForm(merge_pages.MergeForm):
    """Of two accounts."""

    matters = choosing.MATTERS

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    def is_asked(self, matter: Matter) -> bool:
        """A group company out of sight is not named, and one below either of the two is no choice."""
        return matter != choosing.PARENT or (self.sees_groups and choosing.parents_are_free(self.kept, self.twin))

    @cached_property
    def sees_groups(self) -> bool:
        groups = {self.kept.parent_id, self.twin.parent_id} - {None}
        return Account.objects.visible_to(self.user).filter(pk__in=groups).count() == len(groups)
