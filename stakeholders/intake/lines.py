"""Reporting lines out of a file, drawn when everybody is there; a boss whom nobody knows costs nobody the row."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from records.intake import Act, Verdict
from stakeholders.intake.known import several_in_words
from stakeholders.intake.people_named import PeopleNamed
from stakeholders.intake.person_rows import Row, boss_of
from stakeholders.intake.standing import key_of
from stakeholders.models import Position
from stakeholders.reporting import Lines


class ReportingLines:
    """Rows with a boss, whose people stand by now."""

    def __init__(self, rows: Sequence[Row], source: str) -> None:
        self.rows = rows
        self.verdicts: list[Verdict] = []
        self.people = PeopleNamed([(row.account.pk, boss_of(row)) for row in rows], source)
        self.bosses = {row.draft.number: self.people.find(row.account.pk, boss_of(row)) for row in rows}
        ids = {pk for found in self.bosses.values() for pk in found} | {row.pk for row in rows}
        self.posts: dict[tuple[UUID, UUID], list[Position]] = defaultdict(list)
        accounts = {row.account.pk for row in rows}
        posts = Position.objects.present().filter(stakeholder__in=ids, account__in=accounts, until=None)
        for post in posts.order_by("-is_primary", "pk"):
            self.posts[post.stakeholder_id, post.account_id].append(post)
        self.lines = Lines(Position.objects.posts_above(*(post.pk for some in self.posts.values() for post in some)))

    def drawn(self) -> list[Position]:
        """The posts that have another boss now."""
        changed = {}
        for row in self.rows:
            own, boss, remark = self.ends(row)
            if remark:
                self.tell(row, Act.NOTHING).remark(remark, "manager")
            elif own and boss and not self.reports_already(own, boss):
                self.lines.draw(own.pk, boss.pk)
                own.reports_to_id = boss.pk
                changed[own.pk] = own
                self.tell(row, Act.CHANGE).beside.append(key_of(own))
        return list(changed.values())

    def reports_already(self, own: Position, boss: Position) -> bool:
        """Whether the line is there, to whichever of the boss's posts."""
        posts = self.posts[boss.stakeholder_id, boss.account_id]
        return any(self.lines.is_drawn(own.pk, post.pk) for post in posts)

    def tell(self, row: Row, act: Act) -> Verdict:
        self.verdicts.append(Verdict(row.draft.number, act, row.pk))
        return self.verdicts[-1]

    def ends(self, row: Row) -> tuple[Position | None, Position | None, str]:
        """The post that reports and the one it reports to, or why there is no line between them."""
        found, account, text = self.bosses[row.draft.number], row.account.pk, boss_of(row)
        own = next(iter(self.posts[row.pk, account]), None)
        if len(found) > 1:
            return own, None, several_in_words(text)
        boss = next(iter(self.posts[found[0], account]), None) if found else None
        if boss is None:
            return own, None, boss_unknown_in_words(text)
        if own and self.lines.circle(own.pk, boss.pk):
            return own, boss, circle_in_words(text)
        return own, boss, ""


def circle_in_words(text: str) -> str:
    return _("%(name)s reports to them already, or is the same person: no line is drawn.") % {"name": text[:80]}


def boss_unknown_in_words(text: str) -> str:
    return _("Nobody at this account is known as “%(name)s”: the boss is left open.") % {"name": text[:80]}
