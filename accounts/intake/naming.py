"""Which account a file means: by name, short name, another name, or the key another system has for it.

Only accounts in sight are known here, so that a name tells nothing of one that is hidden.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from accounts.models import Account, AccountQuerySet
from accounts.search_key import fold, sort_key
from records.elsewhere import known_elsewhere
from records.reading_in import in_each_script


class Named(NamedTuple):
    """An account, as far as a file's other records need it."""

    pk: UUID
    name: str
    short_name: str
    other_names: str
    time_zone: str
    tier: str


class AccountNames:
    """Accounts by what a file may call them; a name is believed before a short name, that before another name, and that
    before half of a name in two scripts."""

    def __init__(
        self, accounts: AccountQuerySet, source: str = "", *, by_other_names: bool = True, chosen: Any = None
    ) -> None:
        self.source = source
        self.chosen = UUID(str(chosen)) if chosen else None  # the one that rows without an account mean
        self.by_id: dict[UUID, Named] = {}
        self.by_name: list[dict[str, list[UUID]]] = [defaultdict(list) for _way in range(4 if by_other_names else 2)]
        self.by_key: dict[str, UUID | None] = {}
        self.key_of: dict[UUID, str] = {}  # the other way round, where somebody asks
        for row in accounts.values_list(*Named._fields).iterator(chunk_size=2000):
            self.take_in(Named(*row))

    def take_in(self, account: Named) -> None:
        self.by_id[account.pk] = account
        ways = ([account.name], [account.short_name], names_in(account.other_names), in_each_script(account.name))
        for known, names in zip(self.by_name, ways, strict=False):
            for folded in {fold(name) for name in names} - {""}:
                known[folded].append(account.pk)

    def learn_keys(self, texts: Iterable[str]) -> None:
        """Look up which of these are keys of the other system, in one query."""
        asked = {text for text in texts if text and text not in self.by_key}
        known = known_elsewhere(Account, self.source, asked)
        self.by_key |= {text: known.get(text) for text in asked}

    def find(self, text: str, key: str = "") -> tuple[Named | None, str]:
        """The account, or the sentence that says why none is meant."""
        if not text:
            chosen = self.by_id.get(self.chosen) if self.chosen else None
            return chosen, "" if chosen else _("Say which account this is about.")
        found = self.candidates(text, key or text)
        if len(found) == 1:
            return self.by_id[found[0]], ""
        several = _("Several accounts are called “%(name)s”. Give the key elsewhere instead.")
        unknown = _("You work on no account called “%(name)s”.")
        return None, (several if found else unknown) % {"name": text[:80]}

    def candidates(self, text: str, key: str) -> list[UUID]:
        known = self.by_key.get(key)
        if known in self.by_id:
            return [known]
        folded = fold(text)
        return next((names[folded] for names in self.by_name if folded in names), [])


def named_like(accounts: AccountQuerySet, names: Collection[str], ids: Collection[UUID] = ()) -> AccountQuerySet:
    """Those that may go by one of these names or short names, and those with these ids."""
    short = {name.lower() for name in names} | {fold(name) for name in names}
    keys = {sort_key(name) for name in names}
    return accounts.alias(short=Lower("short_name")).filter(Q(sort_key__in=keys) | Q(short__in=short) | Q(pk__in=ids))


BETWEEN_NAMES = re.compile("[,，、;；\n]")


def names_in(text: str) -> list[str]:
    """Other names, one by one."""
    return text.replace("，", ",").replace("、", ",").split(",")


def says_other_names(stands: str, said: str) -> bool:
    """Whether these are other names, whatever stands between them."""
    one, two = ([" ".join(name.split()) for name in BETWEEN_NAMES.split(text)] for text in (stands, said))
    return list(filter(None, one)) != list(filter(None, two))


def texts_of(drafts: Collection[Any], *columns: str) -> set[str]:
    """What these rows say in these columns."""
    return {str(value) for draft in drafts for column in columns if (value := draft.get(column))}
