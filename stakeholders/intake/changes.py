"""What a row makes of a person, of the post, the ways to reach them, roles and birthday; gathered, not written."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from accounts.search_key import fold, sort_key
from records.by_sets import new_row
from records.reading_in import check_texts, with_note
from stakeholders.derived import set_judgement
from stakeholders.intake.cells import Contact, Kind
from stakeholders.intake.person_rows import Row
from stakeholders.intake.standing import Gathered, Moment, Standing
from stakeholders.key_person import Facts, Judgement, judge
from stakeholders.models import CareDate, ContactMethod, DecisionRole, Level, Position, Stakeholder
from stakeholders.search_keys import forms_of_contact, key_of_person, key_of_post

POST = ("title", "level", "unit_id")


@dataclass
class Changes:
    """What one row makes of what stands; of the policy, the power of a role that says none, and the influence that
    makes key persons."""

    standing: Standing
    powers: Mapping[str, int]
    min_strength: int
    at: Moment
    unit_name: str
    gathered: Gathered = field(default_factory=Gathered)

    def carry(self, row: Row) -> None:
        if row.is_new:
            self.begin(row)
        else:
            self.bring_up_to_date(row)
        self.reach(row)
        if not row.post.get("until"):
            self.give_roles(row)
        self.note_birthday(row)

    # A new person

    def begin(self, row: Row) -> None:
        """Everything that is stored of a new person, what follows from the rest, too."""
        post = new_row(
            Position, stakeholder_id=row.pk, account_id=row.account.pk, is_primary=True, created_at=self.at.now,
            **row.post,
        )  # fmt: skip
        post.search_key = key_of_post(post.title, self.unit_name)
        person = new_row(
            Stakeholder, id=row.pk, account_id=row.account.pk, name=row.name, created_at=self.at.now, **row.person
        )
        person.unit_id, person.title, person.level = post.unit_id, post.title, post.level
        person.has_left, person.sensitive_notes = post.until is not None, row.note
        forms = [form for each in row.contacts for form in forms_of(each)]
        set_judgement(person, self.judged(row))
        person.sort_key, person.search_key = sort_key(row.name), key_of_person(row.name, person.other_names, forms)
        self.standing.people[row.pk] = self.gathered.add(person)
        self.standing.posts[row.pk, row.account.pk].append(self.gathered.add(post, row.verdict))
        check_texts(row.verdict, Stakeholder, [("sensitive_notes", row.note)])

    def judged(self, row: Row) -> Judgement:
        """Rule 4.2 for somebody new: nobody is influenced by them yet."""
        if row.post.get("until"):
            return judge(Facts(), self.min_strength)
        letters = frozenset(role.letter for role in row.roles)
        return judge(Facts(row.post.get("level") == Level.EXECUTIVE, letters), self.min_strength)

    # One who stands

    def bring_up_to_date(self, row: Row) -> None:
        person = self.standing.people[row.pk]
        if row.may_change_person:
            values = row.person | named(person, row)
            if "name" in values and row.known_by == "contact":
                told = {"name": values["name"], "before": person.name}
                renamed = _("%(before)s is called %(name)s from now on. If these are two, give each their own address.")
                row.verdict.remark(renamed % told, "name")
            if row.note and row.may_write_notes:
                values["sensitive_notes"] = with_note(person.sensitive_notes, row.note)
                check_texts(row.verdict, Stakeholder, [("sensitive_notes", values["sensitive_notes"])])
            self.gathered.change(person, values)
        post = self.standing.post(row.pk, row.account.pk, self.at.today)
        if post is None:
            self.come_here(row)
        else:
            self.change_post(row, post)

    def come_here(self, row: Row) -> None:
        """No post at the account lasts: whoever left it stays gone, and who sits elsewhere has a further post here."""
        if self.standing.posts[row.pk, row.account.pk]:
            if not row.post.get("until"):
                row.verdict.remark(_("%(name)s has left this account; the post is left as it is.") % {"name": row.name})
            return
        post = Position(stakeholder_id=row.pk, account_id=row.account.pk, created_at=self.at.now, **row.post)
        post.search_key = key_of_post(post.title, self.unit_name)
        self.standing.posts[row.pk, row.account.pk].append(self.gathered.add(post, row.verdict))
        remark = _("%(name)s is known at another account; this is a further post. If they moved, end the other one.")
        row.verdict.remark(remark % {"name": row.name}, "account")

    def change_post(self, row: Row, post: Position) -> None:
        """With a day, the seat changes from that day on; without one, what was written wrongly is corrected."""
        values = {name: row.post[name] for name in POST if name in row.post}
        since = row.post.get("since")
        is_other = any(getattr(post, name) != value for name, value in values.items())
        if is_other and since and (post.since is None or since > post.since):
            post = self.move(row, post, since, values)
        else:
            if since and (post.since is None or not is_other):
                values["since"] = since
            if values.get("since") and post.until and post.until < values["since"]:
                row.verdict.refuse(_("A post cannot end before it begins."), "since")
                return
            if row.unit or row.title:
                values["search_key"] = self.found_by(row, post, values.get("title", post.title))
            self.gathered.change(post, values, row.verdict)
        if until := row.post.get("until"):
            self.end(row, post, until)

    def found_by(self, row: Row, post: Position, title: str) -> str:
        """What a post is found by, in the unit that the row names or the one it was in."""
        unit = self.unit_name if row.unit else self.standing.unit_names.get(post.unit_id, "")
        return key_of_post(title, unit)

    def move(self, row: Row, post: Position, day: date, values: dict[str, Any]) -> Position:
        """Another post in the same seat, as `Position.move` makes it."""
        fresh = Position(
            stakeholder_id=post.stakeholder_id, account_id=post.account_id, since=day, is_primary=post.is_primary,
            reports_to_id=post.reports_to_id, created_at=self.at.now,
        )  # fmt: skip
        for name in POST:
            setattr(fresh, name, values.get(name, getattr(post, name)))
        fresh.search_key = self.found_by(row, post, fresh.title)
        self.gathered.change(post, {"until": day, "succeeded_by_id": fresh.pk}, row.verdict)
        self.standing.posts[post.stakeholder_id, post.account_id].insert(0, fresh)
        return self.gathered.add(fresh, row.verdict)

    def end(self, row: Row, post: Position, day: date) -> None:
        """The post is over, and with the last one the roles and the influence there (rule 4.19)."""
        if post.until == day:
            return
        if post.since and day < post.since:
            row.verdict.refuse(_("A post cannot end before it begins."), "until")
            return
        self.gathered.change(post, {"until": day}, row.verdict)
        place = post.stakeholder_id, post.account_id
        if any(other.until is None or other.until > day for other in self.standing.posts[place]):
            return
        for role in self.standing.roles[place]:
            if role.until is None or role.until > day:
                ended = {"until": day} if day > role.since else {"removed_at": self.at.now}
                self.gathered.change(role, ended, row.verdict)
        for edge in self.standing.edges[place]:
            self.gathered.change(edge, {"until": max(day, edge.since)}, row.verdict)

    # What hangs on either

    def reach(self, row: Row) -> None:
        """Add the ways to reach them that are not known yet; none is taken away."""
        known = self.standing.contacts[row.pk]
        normals = {contact.normalised for contact in known}
        has_primary = any(contact.is_primary for contact in known)
        for contact in row.contacts:
            if contact.normalised not in normals:
                is_primary = not has_primary and contact.kind != Kind.OTHER
                has_primary = has_primary or is_primary
                method = new_row(
                    ContactMethod, stakeholder_id=row.pk, kind=contact.kind, value=contact.value,
                    normalised=contact.normalised, is_primary=is_primary,
                )  # fmt: skip
                known.append(self.gathered.add(method))
                normals.add(contact.normalised)

    def give_roles(self, row: Row) -> None:
        """Roles of the standing chain that they do not hold yet, and another power where one is said."""
        held = {role.letter: role for role in self.standing.chain(row.pk, row.account.pk)}
        for letter, power in row.roles:
            if letter in held:
                self.gathered.change(held[letter], {"power": power or held[letter].power}, row.verdict)
                continue
            role = DecisionRole(
                stakeholder_id=row.pk, account_id=row.account.pk, letter=letter, power=power or self.powers[letter],
                since=row.post.get("since") or self.at.today, is_primary=not held, created_at=self.at.now,
            )  # fmt: skip
            held[letter] = self.gathered.add(role, row.verdict)
            self.standing.roles[row.pk, row.account.pk].append(role)

    def note_birthday(self, row: Row) -> None:
        if row.birthday is None:
            return
        told = {name: getattr(row.birthday, name) for name in ("month", "day", "is_lunar")}
        known = self.standing.birthdays.get(row.pk)
        if known is None:
            birthday = CareDate(stakeholder_id=row.pk, year=row.birthday.year, **told)
            self.standing.birthdays[row.pk] = self.gathered.add(birthday)
        elif row.may_change_person:
            self.gathered.change(known, told | {"year": row.birthday.year or known.year})


def named(person: Stakeholder, row: Row) -> dict[str, Any]:
    """Another name becomes the name, and the one before stays among the others; one that is known already stays
    where it is, or two sources would turn it over and over."""
    known = [name for name in person.other_names.replace("，", ",").replace("、", ",").split(",") if name.strip()]
    folded = {fold(name) for name in (person.name, *known)}
    others = [name for name in row.person.get("other_names", "").split(",") if name.strip()]
    values: dict[str, Any] = {}
    if fold(row.name) not in folded:
        values["name"], others = row.name, [*others, person.name]
    fresh = [name.strip() for name in others if fold(name) not in {fold(each) for each in known}]
    together = ", ".join([*(name.strip() for name in known), *dict.fromkeys(fresh)])
    values["other_names"] = together if fresh and len(together) <= 300 else person.other_names
    return values


def forms_of(contact: Contact) -> list[str]:
    is_phone = contact.kind in ContactMethod.PHONES
    return forms_of_contact(contact.value, contact.normalised, is_phone=is_phone)
