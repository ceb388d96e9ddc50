"""A small world, and everything that can happen in it: the verbs a random history is made of."""

from datetime import UTC, datetime, timedelta

from django.utils import timezone

from accounts.models import Account
from relationships.intake import InteractionIntake
from relationships.models import ActivityType, CadencePolicy, ContactRules, Interaction
from stakeholders import leaving
from stakeholders.derived import refresh_turning
from stakeholders.intake import PeopleIntake
from stakeholders.models import DecisionRole, Influence, Position, Stakeholder
from stakeholders.policy_changes import change_key_policy
from tests.factories import AccountFactory, OpportunityFactory, OrgUnitFactory, StakeholderFactory, UserFactory
from tests.importing import Import

# Half past eleven at night in London: Shanghai has the next day already, Los Angeles has the afternoon.
NOW = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)
ZONES = ["", "Asia/Shanghai", "America/Los_Angeles", "Pacific/Kiritimati"]


class World:
    """Three accounts in three zones, four people, an opportunity each."""

    def __init__(self, clock) -> None:
        self.clock = clock
        self.clock.move_to(NOW)
        self.user = UserFactory()
        tiers = ["strategic", "key", "standard"]
        self.accounts = [
            AccountFactory(owner=self.user, tier=tier, time_zone=zone)
            for tier, zone in zip(tiers, ZONES[1:], strict=True)
        ]
        self.units = [OrgUnitFactory(account=account) for account in self.accounts]
        self.deals = [OpportunityFactory(account=account) for account in self.accounts]
        self.people = [self.add(number) for number in range(4)]
        self.visits: list[Interaction] = []
        self.roles: list[DecisionRole] = []
        self.edges: list[Influence] = []

    def add(self, number: int) -> Stakeholder:
        """A person who has stood here for a while."""
        self.user.acting_at = NOW - timedelta(days=[5, 50, 100, 400][number])
        level = ["executive", "manager", "staff", "staff"][number]
        account = self.accounts[number % 2]
        person = StakeholderFactory(account=account, level=level, title=f"Title {number}", by=self.user)
        self.user.acting_at = None
        return person

    def person(self, number: int) -> Stakeholder:
        """As stored now."""
        return Stakeholder.objects.get(pk=self.people[number].pk)

    def account(self, number: int) -> Account:
        return Account.objects.get(pk=self.accounts[number].pk)

    def one_of(self, rows: list, number: int):
        """One of what was made so far, as stored now."""
        if not rows:
            return None
        row = rows[number % len(rows)]
        return type(row)._base_manager.get(pk=row.pk)

    # What can happen; each takes what it needs from one draw of numbers

    def log(self, who, which, days, flag, label, **values):
        person = self.person(who)
        others = Stakeholder.objects.filter(account=person.account, removed_at=None).exclude(pk=person.pk)
        people = [person, *others[:which]]
        kind = ActivityType.objects.order_by("place", "id")[label % 16]
        return self.visits.append(
            Interaction.log(
                person.account, by=self.user, people=people, activity_type=kind,
                held_on=person.account.today() - timedelta(days=days), is_answered=flag,
                initiative="theirs" if label % 5 == 0 else "ours", spoken_to=people[:1] if flag else [], **values,
            )
        )  # fmt: skip

    def plan(self, who, which, days, flag, label):
        self.log(who, which, -days, flag, label, state="planned")

    def complete(self, who, which, days, flag, label):
        visit = self.one_of(self.visits, label)
        if visit and visit.state == "planned":
            visit.complete(by=self.user, held_on=visit.account.today() - timedelta(days=days))

    def miss(self, who, which, days, flag, label):
        if visit := self.one_of(self.visits, label):
            visit.mark_missed("theirs", "refused", by=self.user)

    def correct(self, who, which, days, flag, label):
        if visit := self.one_of(self.visits, label):
            people = [self.person(who)] if flag else None
            held_on = visit.account.today() - timedelta(days=days)
            visit.change(by=self.user, held_on=held_on, people=people, is_service=flag)

    def erase(self, who, which, days, flag, label):
        if visit := self.one_of(self.visits, label):
            visit.erase(by=self.user)

    def bring_back(self, who, which, days, flag, label):
        if visit := self.one_of(self.visits, label):
            visit.bring_back(by=self.user)

    def assign(self, who, which, days, flag, label):
        account = self.account(which)
        deal = self.one_of(self.deals, which) if flag else None
        since, letter = account.today() - timedelta(days=days), "ADSEI"[label % 5]
        self.roles.append(
            DecisionRole.assign(self.person(who), account, letter, by=self.user, opportunity=deal, since=since)
        )

    def end_role(self, who, which, days, flag, label):
        if role := self.one_of(self.roles, label):
            role.end(role.account.today() - timedelta(days=days), by=self.user)

    def end_role_later(self, who, which, days, flag, label):
        if role := self.one_of(self.roles, label):
            role.change(by=self.user, until=role.account.today() + timedelta(days=days))

    def withdraw(self, who, which, days, flag, label):
        if role := self.one_of(self.roles, label):
            role.withdraw(by=self.user)

    def change_tier(self, who, which, days, flag, label):
        self.account(which).change(by=self.user, tier=["strategic", "key", "standard"][label % 3])

    def change_zone(self, who, which, days, flag, label):
        self.account(which).change(by=self.user, time_zone=ZONES[label % 4])

    def change_status(self, who, which, days, flag, label):
        self.account(which).change(by=self.user, status="active" if flag else "inactive")

    def override_cadence(self, who, which, days, flag, label):
        values = {"gap_override": days + 1, "ceiling_override": label % 5 + 1} if flag else {}
        self.person(who).change(by=self.user, **{"gap_override": None, "ceiling_override": None, **values})

    def override_key(self, who, which, days, flag, label):
        self.person(who).change(by=self.user, key_override=["", "in", "out"][label % 3], key_override_reason="says Ann")

    def watch(self, who, which, days, flag, label):
        self.person(who).change(by=self.user, is_watched=flag)

    def mark_rising(self, who, which, days, flag, label):
        self.person(who).change(by=self.user, is_rising=flag, rising_reason="young and keen")

    def rename(self, who, which, days, flag, label):
        name = ["王伟", "Wu Li", "单于明", "曾雪"][label % 4]
        self.person(who).change(by=self.user, name=name, other_names="Will, 小王")

    def set_contacts(self, who, which, days, flag, label):
        contacts = [{"kind": "mobile", "value": f"1380013800{label % 10}"}, {"kind": "email", "value": "a@b.example"}]
        self.person(who).set_contacts(contacts[: 1 + flag], by=self.user)

    def rename_unit(self, who, which, days, flag, label):
        self.units[which].refresh_from_db()
        self.units[which].change(by=self.user, name=f"Department {label}")

    def leave(self, who, which, days, flag, label):
        if post := self.post(who, label):
            ended = leaving.leave(post, post.account.today() - timedelta(days=days), by=self.user)
            if flag:
                leaving.come_back(post, ended, by=self.user)

    def end_post(self, who, which, days, flag, label):
        if post := self.post(who, label):
            post.end(post.account.today() - timedelta(days=days), by=self.user)

    def end_post_later(self, who, which, days, flag, label):
        if post := self.post(who, label):
            post.correct(by=self.user, until=post.account.today() + timedelta(days=days))

    def move(self, who, which, days, flag, label):
        if post := self.post(who, label):
            account = self.account(which)
            level = ["executive", "staff"][label % 2]
            leaving.go_to(post, account, account.today() - timedelta(days=days), by=self.user, level=level)

    def begin_post(self, who, which, days, flag, label):
        account = self.account(which)
        Position.begin(
            self.person(who), account, by=self.user, is_primary=flag, since=account.today() - timedelta(days=days),
            unit=self.units[which], title=f"Seat {label}", level=["executive", "staff"][label % 2],
        )  # fmt: skip

    def post(self, who, label) -> Position | None:
        return self.one_of(list(Position.objects.filter(stakeholder=self.people[who]).order_by("pk")), label)

    def influence(self, who, which, days, flag, label):
        target = self.person((who + 1 + which) % 4)
        since = target.account.today() + timedelta(days=days if label % 7 == 0 else -days)
        tone = "positive" if label % 5 else "conflict"
        self.edges.append(
            Influence.draw(self.person(who), target, by=self.user, strength=label % 3 + 1, tone=tone, since=since)
        )

    def end_influence(self, who, which, days, flag, label):
        if edge := self.one_of(self.edges, label):
            edge.end(edge.account.today() - timedelta(days=days if flag else -days), by=self.user)

    def close_deal(self, who, which, days, flag, label):
        deal = self.one_of(self.deals, which)
        deal.close("won" if flag else "lost", deal.account.today() - timedelta(days=days), by=self.user)

    def reopen_deal(self, who, which, days, flag, label):
        self.one_of(self.deals, which).reopen(by=self.user)

    def bring_person(self, who, which, days, flag, label):
        """A file tells of somebody, at an account where they may be known or not."""
        person, account = self.person(who), self.account(which)
        row = {"name": person.name, "title": f"Title {label % 4}", "roles": ["ADSEI"[label % 5]]}
        row |= {"level": ["executive", "staff"][label % 2], "mobile": [f"1380013800{who}"], "unit": f"Unit {label % 3}"}
        row |= {"since" if flag else "until": account.today() - timedelta(days=days)} if label % 3 else {}
        Import(PeopleIntake, [row], by=self.user, account=account.pk).run()

    def bring_visit(self, who, which, days, flag, label):
        account = self.account(which)
        kind = ActivityType.objects.order_by("place", "id")[label % 16]
        row = {"people": [self.person(who).name], "type": kind.label_en}
        row |= {"held_on": account.today() - timedelta(days=days), "is_answered": flag, "asked_by_them": label % 2 == 0}
        options = {"account": account.pk, "person_unknown": "create"}
        Import(InteractionIntake, [row], by=self.user, **options).run()

    def erase_person(self, who, which, days, flag, label):
        self.person(who).erase(by=self.user)

    def bring_person_back(self, who, which, days, flag, label):
        self.person(who).bring_back(by=self.user)

    def recount_a_type(self, who, which, days, flag, label):
        kind = ActivityType.objects.order_by("place", "id")[label % 16]
        kind.change(by=self.user, counts=["always", "answered", "never"][which])

    def change_cadence(self, who, which, days, flag, label):
        letter = ["A", "D", "E", "S", "I", ""][label % 6]
        cell = CadencePolicy.objects.get(letter=letter, tier=self.account(which).tier)
        CadencePolicy.change_all({cell: {"gap_days": days + 1, "ceiling": label % 9 + 1}}, by=self.user)

    def change_rules(self, who, which, days, flag, label):
        values = {
            "due_percent": 1 + label % 100,
            "window_days": 1 + days % 60,
            "role_tail_days": days,
            "crowd": 1 + which,
        }
        ContactRules.load().change(by=self.user, **values, lost_multiple=1 + which)

    def change_key_rule(self, who, which, days, flag, label):
        change_key_policy(by=self.user, min_influence_strength=which + 1)

    def let_days_pass(self, who, which, days, flag, label):
        """Some nights go by, and only the last one's job runs."""
        before = timezone.localdate()
        self.clock.shift(timedelta(days=days % 40, hours=label % 24))
        refresh_turning(timezone.localdate(), before)


DEEDS = sorted(
    name
    for name, deed in vars(World).items()
    if callable(deed) and name not in ("__init__", "add", "person", "account", "one_of", "post")
)
