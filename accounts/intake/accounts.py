"""Accounts out of a file, by sets: matched by the key elsewhere or the name, with one person and one team of ours."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from accounts.intake.account_rows import PLAIN, Reader, Row
from accounts.intake.file_accounts import FileAccounts
from accounts.intake.naming import AccountNames, named_like, texts_of
from accounts.models import Account, AccountMember
from accounts.upkeep import standings_changed, zones_changed
from records.by_sets import update_rows
from records.elsewhere import OURS, forget_keys, having_keys, known_elsewhere, note_keys
from records.intake import Act, Bringing, Draft, Key, Verdict
from records.reading_in import BySets, refuse_twin, standing_and_gone
from users.directory import Directory
from users.models import User

DERIVED = ("sort_key", "search_key", "tier_rank")
WRITTEN = (*PLAIN, "tier", "status", "is_public_sector", "owner", "team", *DERIVED)


class AccountIntake(BySets[Row]):
    """Accounts the importer works on are brought up to date; others are as if they were not there."""

    tied_by = "parent"

    def __init__(self, bringing: Bringing) -> None:
        super().__init__(bringing)
        self.file = FileAccounts(bringing.source)

    def expect(self, drafts: Sequence[Draft]) -> None:
        for draft in drafts:
            self.file.hear(draft)

    def hold(self, drafts: Sequence[Draft]) -> None:
        """One file of a user at a time: nobody else makes accounts in their name."""
        list(User.objects.select_for_update(no_key=True).filter(pk=self.by.pk).values_list("pk"))

    # Reading

    @cached_property
    def reader(self) -> Reader:
        return Reader(self.bringing, Directory.of_today())

    def read(self, drafts: Sequence[Draft]) -> list[Row]:
        rows = [Row(draft, Verdict(draft.number)) for draft in drafts]
        names, groups = self.names_near(drafts), self.file.groups()
        self.match(rows, names)
        for row in rows:
            if not row.verdict.is_refused:
                self.reader.read(row)
                self.read_parent(row, names, groups)
                refuse_twin(row.verdict, self.file.before(row.draft))
                self.conclude(row)
        return rows

    def names_near(self, drafts: Sequence[Draft]) -> AccountNames:
        """The accounts in sight that these rows may mean, as themselves or as their group."""
        known = known_elsewhere(Account, self.bringing.source, texts_of(drafts, "external_id", "parent"))
        near = named_like(Account.objects.visible_to(self.by), texts_of(drafts, "name", "parent"), known.values())
        names = AccountNames(near, self.bringing.source, by_other_names=False)
        names.by_key = dict(known)
        names.key_of = {pk: key for key, pk in known.items()}
        self.has_key = having_keys(Account, OURS, names.by_id) if self.file.is_ours else set()
        return names

    def match(self, rows: Sequence[Row], names: AccountNames) -> None:
        """Find the account each row is about, if it stands already and the user works on it."""
        found: dict[int, UUID] = {}
        for row in rows:
            name, key = row.draft.get("name", ""), row.draft.get("external_id", "")
            meant = names.candidates(name, key)
            if self.file.is_ours and key and key not in names.by_key:
                meant = [pk for pk in meant if pk not in self.has_key and not self.file.has_row_for(pk)]
            if len(meant) > 1:
                row.verdict.refuse(names.find(name, key)[1], "name")
            elif meant:
                found[row.draft.number] = meant[0]
        mine = Account.objects.filled_by(self.by).select_related("owner", "team").in_bulk(set(found.values()))
        for row in rows:
            pk = found.get(row.draft.number)
            row.account = mine.get(pk) if pk else None
            row.is_known_by_key = bool(pk) and names.by_key.get(row.draft.get("external_id", "")) == pk
            if pk and row.account is None:
                row.verdict.refuse(_("This account stands here already, and you do not work on it."), "name")

    def read_parent(self, row: Row, names: AccountNames, groups: dict[str, str]) -> None:
        """A group company in sight or in this file, and not below the account itself."""
        text = row.draft.get("parent")
        if not text:
            return
        group, _problem = names.find(text)
        if group is None and not self.file.brings(text):
            told = {"name": text[:80]}
            row.verdict.refuse(_("You see no account called “%(name)s”, and this file brings none.") % told, "parent")
        called = group.name if group else text
        own = row.account.name if row.account else row.draft.get("name", "")
        known_as = row.draft.get("external_id") or self.file.known_as(own, names)
        if known_as in self.file.line_above(text, names, groups):
            refusal = _("%(name)s belongs to this account already; a loop is refused.")
            row.verdict.refuse(refusal % {"name": called}, "parent")
        row.group = group and group.pk
        row.is_tied = row.account is None or group is None or row.account.parent_id != group.pk

    def conclude(self, row: Row) -> None:
        """What becomes of it, as far as one can say before it is written."""
        if row.account and not row.verdict.is_refused:
            row.verdict.pk = row.account.pk
            row.verdict.act = Act.CHANGE if row.says_new or row.is_tied else Act.NOTHING

    # Writing

    def write(self, rows: Sequence[Row]) -> None:
        made = [row for row in rows if row.verdict.act is Act.CREATE]
        changed = [row for row in rows if row.verdict.act is Act.CHANGE and row.says_new]
        for row in made:
            row.account = Account(created_at=self.now)
            row.verdict.pk = row.account.pk
        before = {row.verdict.pk: judged_by(row.account) for row in changed}
        for row in (*made, *changed):
            fill(row)
        self.insert(Account, [row.account for row in made])
        self.update(Account, [row.account for row in changed], WRITTEN)
        self.admit([*made, *changed])
        self.note_keys(rows)
        self.judge_people_anew([row.account for row in changed], before)

    def note_keys(self, rows: Sequence[Row]) -> None:
        known = [row for row in rows if not row.verdict.is_refused and row.draft.get("external_id")]
        note_keys(Account, self.bringing.source, {row.draft.get("external_id"): row.verdict.pk for row in known})

    def judge_people_anew(self, accounts: Sequence[Account], before: Mapping[UUID, tuple[str, ...]]) -> None:
        """As `Account.change` does, for all of them."""
        zones_changed([each.pk for each in accounts if each.time_zone != before[each.pk][0]])
        same_day = (each for each in accounts if each.time_zone == before[each.pk][0])
        standings_changed([each.pk for each in same_day if judged_by(each) != before[each.pk]])

    def admit(self, rows: Sequence[Row]) -> None:
        """Whoever is first responsible is on the team."""
        ids = [row.account.pk for row in rows if row.account]
        there = set(AccountMember.objects.present().filter(account__in=ids).values_list("account_id", "user_id"))
        members = []
        for row in rows:
            if row.account and (row.account.pk, row.account.owner_id) not in there:
                member = AccountMember(account_id=row.account.pk, user_id=row.account.owner_id, created_at=self.now)
                members.append(member)
                row.verdict.beside.append((member._meta.label_lower, member.pk))
        self.insert(AccountMember, members)

    def link(self, drafts: Sequence[Draft]) -> list[Verdict]:
        """Tie accounts to their group companies."""
        some = [draft for draft in drafts if draft.get("parent")]
        names, groups = self.names_near(some), self.file.groups()
        rows = [Row(draft, Verdict(draft.number, Act.NOTHING)) for draft in some]
        self.match(rows, names)
        for row in rows:
            self.read_parent(row, names, groups)
        tied = [row for row in rows if row.is_tied and row.account and row.group and not row.verdict.is_refused]
        for row in tied:
            row.account.parent_id = row.group
            row.verdict.act, row.verdict.pk = Act.CHANGE, row.account.pk
        self.update(Account, [row.account for row in tied], ["parent"])
        return [row.verdict for row in tied]

    def settle(self, keys: Collection[Key]) -> None:
        """What lists find accounts by, how their people are judged, and what they are called elsewhere."""
        standing, gone = standing_and_gone(Account, keys)
        wrong = []
        for account in Account.objects.filter(pk__in=standing):
            before = tuple(getattr(account, name) for name in DERIVED)
            account.derive()
            if before != tuple(getattr(account, name) for name in DERIVED):
                wrong.append(account)
        update_rows(Account, wrong, DERIVED)
        forget_keys(Account, gone)
        zones_changed(standing)


def fill(row: Row) -> None:
    """Put what the row says into the record."""
    for name, value in row.values.items():
        setattr(row.account, name, value)
    row.account.derive()


def judged_by(account: Account) -> tuple[str, ...]:
    """What its people are judged by."""
    return account.time_zone, account.tier, account.status
