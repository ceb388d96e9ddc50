"""What intakes of records that belong to accounts share: which account a row means, and holding it."""

from collections.abc import Sequence
from typing import TypeVar

from django.utils.functional import cached_property

from accounts.intake.naming import AccountNames, texts_of
from accounts.models import Account
from records.intake import Draft
from records.reading_in import BySets, HasVerdict, on_one_line

R = TypeVar("R", bound=HasVerdict)


class AtAccounts(BySets[R]):
    """Rows name an account, or belong to the one chosen for the whole file."""

    @cached_property
    def names(self) -> AccountNames:
        chosen = self.bringing.options.get("account")
        return AccountNames(Account.objects.filled_by(self.by), self.bringing.source, chosen=chosen)

    def expect(self, drafts: Sequence[Draft]) -> None:
        self.names.learn_keys(texts_of(drafts, "account"))

    def hold(self, drafts: Sequence[Draft]) -> None:
        """Two imports into the same accounts take turns, so the second sees whom the first made."""
        texts = {on_one_line(draft.get("account", "")) for draft in drafts}
        Account.objects.hold({account.pk for text in texts if (account := self.names.find(text)[0])})
