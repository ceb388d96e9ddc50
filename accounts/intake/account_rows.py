"""What a row of a file says of an account, and whether it may be said."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.intake.naming import says_other_names
from accounts.models import Account
from records.intake import Bringing, Draft, Verdict
from records.reading_in import check_choice, check_texts, joined, on_one_line, says_other, with_note
from users.directory import Directory, is_called, plain
from users.models import User

ON_ONE_LINE = ("name", "short_name", "other_names", "industry", "region", "address", "time_zone")
PLAIN = (*ON_ONE_LINE, "website", "notes")
CHOSEN = ("tier", "status")


@dataclass(slots=True)
class Row:
    """A row, the account it is about where that stands already, and what it says of it, by columns of the table.

    `group` is the group company; one that the file brings later is not known yet when the row is `tied` to it.
    """

    draft: Draft
    verdict: Verdict
    account: Account | None = None
    values: dict[str, Any] = field(default_factory=dict)
    is_known_by_key: bool = False
    is_tied: bool = False
    group: UUID | None = None

    @property
    def says_new(self) -> bool:
        """Whether its own columns say anything new of an account that stands."""
        others = self.values.get("other_names")
        if others and says_other_names(getattr(self.account, "other_names", ""), others):
            return True
        values = ((name, value) for name, value in self.values.items() if name != "other_names")
        return any(says_other(getattr(self.account, name), value) for name, value in values)


@dataclass
class Reader:
    """Reads rows one by one; asks nothing of the database."""

    bringing: Bringing
    directory: Directory

    @property
    def by(self) -> User:
        user: Any = self.bringing.by
        return user

    def read(self, row: Row) -> None:
        row.values = self.texts(row)
        if row.account and not row.is_known_by_key:
            row.values.pop("name", None)  # it was found by this name, or by its short one
        for name in CHOSEN:
            check_choice(row.verdict, Account, name, row.values.get(name))
        if row.account is None and "name" not in row.values:
            row.verdict.refuse(_("An account needs a name."), "name")
        check_texts(row.verdict, Account, ((name, row.values.get(name)) for name in PLAIN))
        self.read_owner(row)
        self.read_team(row)

    def texts(self, row: Row) -> dict[str, Any]:
        """Names on one line, an address in the web with its scheme, notes with what no column is meant for."""
        draft = row.draft
        values: dict[str, Any] = {name: on_one_line(draft.get(name, "")) for name in ON_ONE_LINE}
        values["other_names"] = joined(draft.get("other_names", ""))
        site = draft.get("website", "")
        values["website"] = f"https://{site}" if site and "://" not in site else site
        values["notes"] = with_note(draft.get("notes", row.account.notes if row.account else ""), draft.note)
        values |= {name: draft.get(name) for name in (*CHOSEN, "is_public_sector")}
        return {name: value for name, value in values.items() if value not in (None, "")}

    def read_owner(self, row: Row) -> None:
        """The first responsible (domain 3): by name or address, else the importer for a new account."""
        owner: User | None = None
        text = row.draft.get("owner")
        if text and not (row.account and is_called(row.account.owner, text)):
            owner, problem = self.directory.colleague(text)
            if problem and self.bringing.options.get("owner_unknown") == "me":
                row.verdict.remark(problem, "owner")
            elif problem:
                row.verdict.refuse(problem, "owner")
        if row.account is None or owner:
            row.values["owner_id"] = (owner or self.by).pk

    def read_team(self, row: Row) -> None:
        """The supporting team: by name, else the owner's for a new account, else the importer's."""
        text = row.draft.get("team")
        if row.account and text and plain(text) == plain(row.account.team.name):
            return
        if text:
            team, problem = self.directory.team(text)
            if problem:
                row.verdict.refuse(problem, "team")
            else:
                row.values["team_id"] = team.pk
        elif row.account is None:
            row.values["team_id"] = self.directory.team_of(row.values["owner_id"]) or self.by.team_id
            if row.values["team_id"] is None:
                refusal = _("Say which team supports this account: neither its first responsible nor you have one.")
                row.verdict.refuse(refusal, "team")
