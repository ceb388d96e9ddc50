"""What a row of a file says of a person, and whether it may be said; asks nothing of the database."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from accounts.calendar import Today
from accounts.intake.naming import AccountNames
from records.intake import Draft, Verdict
from records.reading_in import check_choice, check_texts, joined, on_one_line
from stakeholders import care_days
from stakeholders.intake.cells import (
    Birthday,
    Contact,
    Kind,
    Role,
    birthday_in,
    contacts_in,
    full_name,
    is_cut_short,
    roles_in,
    unknown_words,
)
from stakeholders.models import ContactMethod, Position, Stakeholder
from users.directory import Directory

PROFILE = tuple(name for name in Stakeholder.PROFILE if name != "social_style")
FLAGS = ("is_outsider", "is_watched")
CHOSEN = ("social_style", "stage")
PERSON = frozenset((*PROFILE, *FLAGS, *CHOSEN))
NO_TEXTS = (*FLAGS, *CHOSEN)
CONTACTS = {
    "mobile": Kind.MOBILE,
    "phone": Kind.PHONE,
    "email": Kind.EMAIL,
    "wechat": Kind.WECHAT,
    "other_contact": Kind.OTHER,
}


@dataclass(slots=True)
class Row:
    """A row, whom it is about where we know them already, and what it says of them.

    `person` holds columns of the person, `post` those of the post; `unit` is how the file names the unit.
    """

    draft: Draft
    verdict: Verdict
    account: Any = None
    name: str = ""
    key: str = ""
    unit: str = ""
    person: dict[str, Any] = field(default_factory=dict)
    post: dict[str, Any] = field(default_factory=dict)
    contacts: list[Contact] = field(default_factory=list)
    roles: list[Role] = field(default_factory=list)
    birthday: Birthday | None = None
    note: str = ""
    pk: Any = None
    is_new: bool = False
    known_by: str = ""  # key, contact or name
    may_change_person: bool = True
    may_write_notes: bool = True

    @property
    def title(self) -> str:
        return self.post.get("title", "")

    @property
    def personal(self) -> set[str]:
        """What nobody else is reached by."""
        return {contact.normalised for contact in self.contacts if contact.is_personal}


def boss_of(row: Row) -> str:
    """Whom the row reports to, as the file calls them."""
    return on_one_line(row.draft.get("manager", ""))


@dataclass
class Reader:
    """Reads rows one by one, with what it was told of accounts, colleagues and today."""

    names: AccountNames
    directory: Directory
    days: Today

    def identify(self, draft: Draft) -> Row:
        """Who somebody is, and where."""
        row = Row(
            draft, Verdict(draft.number), key=draft.get("external_id", ""), unit=on_one_line(draft.get("unit", ""))
        )
        row.account, problem = self.names.find(on_one_line(draft.get("account", "")))
        if row.account is None:
            row.verdict.refuse(problem, "account")
        if title := on_one_line(draft.get("title", "")):
            row.post["title"] = title
        self.read_name(row)
        self.read_contacts(row)
        return row

    def read(self, draft: Draft) -> Row:
        row = self.identify(draft)
        self.read_person(row)
        self.read_post(row)
        self.read_roles(row)
        self.read_birthday(row)
        return row

    def read_name(self, row: Row) -> None:
        draft = row.draft
        given = on_one_line(f"{draft.get('given_name', '')} {draft.get('middle_name', '')}")
        row.name = full_name(draft.get("name", ""), draft.get("family_name", ""), given)
        if not row.name:
            row.verdict.refuse(_("A person needs a name."), "name")
        check_texts(row.verdict, Stakeholder, [("name", row.name)])

    def read_person(self, row: Row) -> None:
        draft = row.draft
        row.person = {name: value for name, value in draft.values.items() if name in PERSON and value not in (None, "")}
        if others := draft.get("other_names"):
            row.person["other_names"] = joined(others)
        row.note = "\n".join(text for text in (draft.get("notes", ""), draft.note) if text)
        texts = ((name, value) for name, value in row.person.items() if name not in NO_TEXTS)
        check_texts(row.verdict, Stakeholder, texts)
        for name in CHOSEN:
            check_choice(row.verdict, Stakeholder, name, row.person.get(name))
        if text := draft.get("counterpart"):
            colleague, problem = self.directory.colleague(text)
            if colleague:
                row.person["counterpart_id"] = colleague.pk
            else:
                row.verdict.remark(problem, "counterpart")

    def read_post(self, row: Row) -> None:
        draft, verdict = row.draft, row.verdict
        said = {name: draft.get(name) for name in ("level", "since", "until")}
        row.post |= {name: value for name, value in said.items() if value not in (None, "")}
        check_texts(verdict, Position, [("title", row.post.get("title"))])
        check_choice(verdict, Position, "level", row.post.get("level"))
        check_days(row, self.today(row), _("A post cannot end before it begins."))

    def today(self, row: Row) -> date:
        return self.days.in_zone(row.account.time_zone if row.account else "")

    def read_contacts(self, row: Row) -> None:
        """Every way to reach them once; what cannot be dialled or written to is kept as typed, and told."""
        found: dict[str, Contact] = {}
        for column, kind in CONTACTS.items():
            for contact in contacts_in(kind, row.draft.get(column)):
                found.setdefault(contact.normalised, contact)
                if kind in ContactMethod.PHONES and is_cut_short(contact.value):
                    row.verdict.refuse(cut_short_in_words(contact.value), column)
                elif contact.kind == Kind.OTHER != kind:
                    told = {"value": contact.value[:60]}
                    row.verdict.remark(_("“%(value)s” cannot be used as it is; it is kept as typed.") % told, column)
                if len(contact.value) > 200 or len(contact.normalised) > 254:
                    check_texts(row.verdict, ContactMethod, [("value", contact.value)])
        row.contacts = list(found.values())

    def read_roles(self, row: Row) -> None:
        row.roles, unknown = roles_in(row.draft.get("roles"))
        if unknown:
            told = {"words": unknown_words(unknown)}
            row.verdict.remark(_("No decision role is called so: %(words)s.") % told, "roles")

    def read_birthday(self, row: Row) -> None:
        text = str(row.draft.get("birthday", ""))
        if not text.strip(" 0/-."):  # Outlook writes 0/0/00 for none
            return
        row.birthday = birthday_in(text)
        if row.birthday is None:
            told = {"cell": str(text)[:60]}
            row.verdict.refuse(
                _("“%(cell)s” is no day of the year. Write it like 05-20 or 1980-05-20.") % told, "birthday"
            )
        elif not care_days.exists(row.birthday.month, row.birthday.day, row.birthday.is_lunar):
            row.verdict.refuse(_("There is no such day."), "birthday")


def cut_short_in_words(text: str) -> str:
    refusal = _("“%(value)s” is a telephone number that a spreadsheet has cut short. Format the column as text there.")
    return refusal % {"value": text[:60]}


def check_days(row: Any, today: date, refusal: str) -> None:
    """Days in order, and none of them still to come."""
    since, until = row.post.get("since"), row.post.get("until")
    for name, day in (("since", since), ("until", until)):
        if day and day > today:
            row.verdict.refuse(_("This day is in the future."), name)
    if since and until and until < since:
        row.verdict.refuse(refusal, "until")
