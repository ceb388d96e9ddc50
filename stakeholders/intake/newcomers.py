"""People of whom a file knows no more than the name, since they were met once."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.intake.naming import Named
from accounts.search_key import fold
from records.identity import new_id
from records.intake import Draft, Verdict
from records.reading_in import check_texts
from stakeholders.intake.changes import Changes
from stakeholders.intake.person_rows import Row
from stakeholders.intake.standing import Gathered, Moment, Standing, key_of
from stakeholders.models import Position, Stakeholder


class Newcomers:
    """Each comes in once, with a post at the account where they were met."""

    def __init__(self, now: datetime) -> None:
        self.moment = Moment(now, now.date())
        self.told: set[UUID] = set()
        self.known: dict[tuple[UUID, str], UUID] = {}
        self.gathered = Gathered()

    def welcome(self, account: Named, name: str, verdict: Verdict) -> UUID:
        """Who comes in under this name."""
        place = account.pk, fold(name)
        if place not in self.known:
            self.known[place] = new_id()
            check_texts(verdict, Stakeholder, [("name", name)])
            row = Row(
                Draft(verdict.number, {}), Verdict(verdict.number), account, name, pk=self.known[place], is_new=True
            )
            changes = Changes(Standing((), (), ()), {}, 0, self.moment, "")
            changes.begin(row)
            self.gathered.take_in(changes.gathered)
        return self.known[place]

    def tell(self, verdict: Verdict, people: Collection[UUID]) -> None:
        """Name those who are new beside the first row that comes in with them."""
        for pk in people:
            if (person := self.gathered.new[Stakeholder].get(pk)) and pk not in self.told:
                self.told.add(pk)
                posts = (post for post in self.gathered.new[Position].values() if post.stakeholder_id == pk)
                verdict.beside += [key_of(person), *map(key_of, posts)]
                remark = _("There was no %(name)s here: they are added with nothing but the name.")
                verdict.remark(remark % {"name": person.name}, "people")

    def needed(self, people: set[UUID]) -> Gathered:
        """Those whom a row needs that comes in."""
        gathered = Gathered()
        gathered.new[Stakeholder] = {pk: row for pk, row in self.gathered.new[Stakeholder].items() if pk in people}
        posts = self.gathered.new[Position].items()
        gathered.new[Position] = {pk: post for pk, post in posts if post.stakeholder_id in people}
        return gathered
