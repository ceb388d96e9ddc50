"""What a whole file says of accounts: which rows say one twice, and which group companies stand above one."""

from collections.abc import Iterator
from uuid import UUID

from accounts.intake.naming import AccountNames
from accounts.models import Account
from accounts.search_key import fold
from records.elsewhere import OURS, keys_of
from records.intake import Draft
from records.reading_in import Said


class FileAccounts:
    """An account is one row: the same key elsewhere or the same name, but in a file of this product two keys are two
    accounts, whatever they are called."""

    def __init__(self, source: str) -> None:
        self.is_ours = source == OURS
        self.said = Said()
        self.above: dict[str, str] = {}  # a key, or else a name → what the file calls its group company
        self.called: dict[str, str] = {}  # a key elsewhere → the name that stands beside it
        self.keyed: dict[str, str] = {}  # a name → the key elsewhere that stands beside it

    def hear(self, draft: Draft) -> None:
        name, key = fold(draft.get("name", "")), draft.get("external_id", "")
        self.said.hear(draft.number, "name", name)
        if key:
            self.said.hear(draft.number, "key", key)
            self.called[key] = name
            self.keyed.setdefault(name, key)
        if self.is_ours and not key:
            self.said.hear(draft.number, "bare", name)
        if draft.get("parent"):
            self.above.setdefault(key or name, draft.get("parent"))

    def before(self, draft: Draft) -> int | None:
        """The first earlier row that says the same account."""
        name, key = fold(draft.get("name", "")), draft.get("external_id", "")
        how = "bare" if key and self.is_ours else "name"
        by_name = self.said.before(draft.number, how, name) if name else None
        by_key = self.said.before(draft.number, "key", key) if key else None
        return min((row for row in (by_name, by_key) if row is not None), default=None)

    def has_row_for(self, pk: UUID) -> bool:
        """Whether a row of a file of this product is about this very account."""
        return self.is_ours and str(pk) in self.called

    def brings(self, text: str) -> bool:
        """Whether the file has an account of this name or key."""
        return self.said.row("name", fold(text)) is not None or text in self.called

    # Groups

    def line_above(self, text: str, names: AccountNames, groups: dict[str, str]) -> Iterator[str]:
        """A group company and those above it, each by what it is known as, as this file or else the records have it."""
        seen, step = set[str](), self.known_as(text, names)
        while step and step not in seen:
            yield step
            seen.add(step)
            said = self.above.get(step)
            step = self.known_as(said, names) if said else self.standing_above(step, groups)

    def known_as(self, text: str, names: AccountNames) -> str:
        """What the file has for an account, by whatever name it calls it: a key, else its folded name; empty if nobody
        knows of it."""
        if not text or text in self.called:
            return text
        known, _problem = names.find(text)
        if known and (key := names.key_of.get(known.pk)) in self.called:
            return key or ""
        name = fold(known.name if known else text)
        return self.keyed.get(name, name) if known or self.brings(text) else ""

    def standing_above(self, step: str, groups: dict[str, str]) -> str:
        """The group company of an account of which the file says none."""
        if step in groups or self.is_ours or step not in self.called:
            return groups.get(step, "")
        name = groups.get(self.called[step], "")
        return self.keyed.get(name, name)

    def groups(self) -> dict[str, str]:
        """Which accounts here have which group company: by names, and where the keys are ours by those, too."""
        return group_names() | (group_keys() if self.is_ours else {})


def group_names() -> dict[str, str]:
    """A name → the name of the group company, of all that have one."""
    pairs = Account.objects.present().filter(parent__isnull=False).values_list("name", "parent__name")
    return {fold(name): fold(group) for name, group in pairs}


def group_keys() -> dict[str, str]:
    """The same by the keys of a file of this product: those of the house it comes from, or the ids here."""
    pairs = Account.objects.present().filter(parent__isnull=False).values_list("pk", "parent_id")
    keys = keys_of(Account, OURS)
    return {keys.get(pk, str(pk)): keys.get(group, str(group)) for pk, group in pairs}
