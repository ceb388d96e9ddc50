"""A small house full of what makes records hard to tell apart, its description in words, and an empty one after it."""

from datetime import date, timedelta
from random import Random

from django.apps import apps
from django.db import connection

from accounts.models import Account, Opportunity, OrgUnit
from relationships.models import ActivityType, Interaction
from stakeholders.models import DecisionRole, Position, Stakeholder
from tests.factories import AccountFactory, OrgUnitFactory, StakeholderFactory, visit

# Twins, what a spreadsheet would run, what reads as several or as a way, what a cell does not keep.
CUSTOMERS = ["Acme", "Acme", "ACME", "=SUM(A1)", "中国移动", "A/B Corp, Ltd", "Two  Spaces", "'@home", "Globex"]
UNITS = ["IT", "IT", "财务部", "R&D/Test", "Sales / Marketing", "-1", "Acme", "A > B"]
PEOPLE = ["王伟", "王伟", "Wang Wei", "Smith, John", "+1 Li", "O'Brien", "李、雷", "=HYPERLINK(1)"]
TITLES = ["", "Engineer", "engineer", "=cmd|x", "VP, Sales"]
TEXTS = ["", "plain", "=1+1", "two\nlines", "two\r\nlines", "“quoted”; \"both\", 'ways'", "'-1", "13800138000"]
OTHER_NAMES = ["", "", "One, Two", "One,Two", "一、二", "=1+1"]
MOBILES = ["13800138000", "+86 139 0013 9000", "+1 212 555 0100"]
PHONES = ["010-88886666", "010-88886666 ext. 12", "+49 30 1234567"]
EMAILS = ["w@x.example", "W.Wei+1@x.example", "-s@x.example"]
OTHERS = ["QQ: 1, 2", "desk 4; floor 3"]
ZONES = ["", "Asia/Shanghai", "America/Los_Angeles"]
KEPT = ("KeyPersonPolicy", "RolePower", "ActivityType", "CadencePolicy", "ContactRules", "AlertPolicy", "Competitor")


class House:
    """Built by the product's own verbs out of one stream of chance."""

    def __init__(self, chance: Random, users: list) -> None:
        self.chance, self.users = chance, users
        self.accounts: list[Account] = []
        self.people: list[Stakeholder] = []
        for _number in range(chance.randint(1, 4)):
            self.open_account()
        self.units = {account.pk: self.units_of(account) for account in self.accounts}
        for _number in range(chance.randint(1, 6)):
            self.add_person()
        for _number in range(chance.randint(0, 3)):
            self.sit_elsewhere()
        for person in self.people:
            self.give_roles(person)
        for _number in range(chance.randint(0, 4)):
            self.meet()
        for person in self.people:
            self.move_on(person)

    def some(self, things, most=3):
        return self.chance.sample(things, self.chance.randint(0, min(most, len(things))))

    def one(self, things):
        return self.chance.choice(things)

    def day(self) -> date:
        return date(2026, 1, 1) - timedelta(days=self.chance.randint(0, 2000))

    def open_account(self) -> None:
        one = self.one
        self.accounts.append(
            AccountFactory(
                name=one(CUSTOMERS), owner=one(self.users), team=one(self.users).team, tier=one(["key", "standard"]),
                status=one(["active", "active", "inactive"]), parent=one([None, *self.accounts]),
                short_name=one(["", "A", "Acme"]), other_names=one(OTHER_NAMES), notes=one(TEXTS), time_zone=one(ZONES),
                website=one(["", "https://x.example/?a=1,2"]), is_public_sector=one([True, False]), region=one(TITLES),
            )
        )  # fmt: skip

    def units_of(self, account: Account) -> list[OrgUnit]:
        """A tree as deep as chance has it; brothers and cousins share names."""
        units: list[OrgUnit] = []
        for _number in range(self.chance.randint(0, 6)):
            parent, name = self.one([None, *units, *units[-1:]]), self.one(UNITS)
            others, function = self.one(OTHER_NAMES), self.one(TITLES)
            units.append(
                OrgUnitFactory(account=account, name=name, parent=parent, other_names=others, function=function)
            )
        return units

    def add_person(self) -> None:
        account = self.one(self.accounts)
        bosses = Position.objects.filter(account=account)
        person = StakeholderFactory(
            account=account, name=self.one(PEOPLE), title=self.one(TITLES), level=self.one(["executive", "staff"]),
            unit=self.one([None, *self.units[account.pk]]), since=self.one([None, self.day()]),
            reports_to=self.one([None, *bosses]), other_names=self.one(OTHER_NAMES), concerns=self.one(TEXTS),
            sensitive_notes=self.one(TEXTS), social_style=self.one(["", "driver"]), stage=self.one(["", "win_win"]),
            is_watched=self.one([True, False]), is_outsider=self.one([True, False]),
            counterpart=self.one([None, *self.users]),
        )  # fmt: skip
        kinds = {"mobile": MOBILES, "phone": PHONES, "email": EMAILS, "wechat": ["wx=1", "wx_2"], "other": OTHERS}
        contacts = [{"kind": kind, "value": value} for kind, values in kinds.items() for value in self.some(values)]
        person.set_contacts(contacts, by=None)
        if self.one([True, False]):
            day = {"month": 8, "day": self.one([5, 15]), "year": self.one([None, 1980]), "is_lunar": self.one([0, 1])}
            person.set_care_dates([day], by=None)
        self.people.append(person)

    def sit_elsewhere(self) -> None:
        """A seat beside the post: here or at another account, now or in the past."""
        person, account = self.one(self.people), self.one(self.accounts)
        since = self.day()
        until = self.one([None, since + timedelta(days=self.chance.randint(0, 30))])
        unit, title = self.one([None, *self.units[account.pk]]), self.one(TITLES)
        Position.begin(person, account, by=None, since=since, until=until, unit=unit, title=title)

    def give_roles(self, person: Stakeholder) -> None:
        for letter in self.some("ADSEI", 2):
            DecisionRole.assign(person, person.account, letter, by=None, power=self.one([1, 2, 3]), since=self.day())
        if self.one([True, False]):
            deal = Opportunity.objects.create(account=person.account, name="Deal")
            DecisionRole.assign(person, person.account, self.one("ADSEI"), by=None, opportunity=deal)

    def meet(self) -> None:
        person, author = self.one(self.people), self.one(self.users)
        state = self.one(["done", "done", "cancelled", "missed"])
        people = [person, *self.some([each for each in self.people if each.account_id == person.account_id], 2)]
        visit(
            person, by=author, people=list(dict.fromkeys(people)), held_on=self.day(), state=state,
            kind=self.one(["Visit", "Call", "E-mail"]), colleagues=self.some(self.users, 2), summary=self.one(TEXTS),
            objective=self.one(TEXTS), value_given=self.one(["", "care", "none"]), place=self.one(TITLES),
            favour_asked=self.one([None, True, False]), is_answered=self.one([True, False]),
            is_service=self.one([True, False]), initiative=self.one(["ours", "theirs"]),
            called_off_by=self.one(["ours", "theirs"]) if state in ("cancelled", "missed") else "",
        )  # fmt: skip

    def move_on(self, person: Stakeholder) -> None:
        """Some get another post in their seat, some leave."""
        post = Position.objects.get(stakeholder=person, is_primary=True, until=None)
        what = self.one(["stay", "stay", "move", "leave"])
        if what == "move":
            post.move(date(2026, 2, 1), by=None, title=self.one(TITLES))
        elif what == "leave" and not Position.objects.filter(stakeholder=person, until=None).exclude(pk=post.pk):
            for role in person.roles.filter(until=None):
                role.end(max(role.since, date(2026, 2, 1)), by=None)
            post.end(date(2026, 2, 1), by=None)


# In words -------------------------------------------------------------------------------------------------------------


def described() -> dict[str, list]:
    """All that files carry, without an id: two houses that read the same are the same."""
    return {
        "accounts": sorted(map(account_in_words, Account.objects.present())),
        "units": sorted(map(unit_in_words, OrgUnit.objects.present())),
        "people": sorted(map(person_in_words, Stakeholder.objects.present())),
        "posts": sorted(map(post_in_words, Position.objects.present())),
        "interactions": sorted(map(interaction_in_words, Interaction.objects.present())),
    }


def one_line(text: str) -> str:
    return " ".join(text.split())


def names(text: str) -> list[str]:
    return [one_line(name) for name in text.replace("、", ",").split(",") if name.strip()]


def account_in_words(account: Account) -> tuple:
    line = []
    step = account
    while step:
        line.append(one_line(step.name))
        step = step.parent
    return (
        line, account.short_name, names(account.other_names), account.tier, account.status, account.owner.email,
        account.team.name, account.region, account.website, account.notes.strip(), account.time_zone,
        account.is_public_sector, account.sort_key,
    )  # fmt: skip


def way(unit: OrgUnit | None) -> list[str]:
    line = []
    while unit:
        line.append(one_line(unit.name))
        unit = unit.parent
    return line[::-1]


def unit_in_words(unit: OrgUnit) -> tuple:
    return one_line(unit.account.name), way(unit), unit.function, names(unit.other_names), unit.depth


def person_in_words(person: Stakeholder) -> tuple:
    roles = person.roles.filter(removed_at=None, opportunity=None, until=None)
    days = person.care_dates.filter(kind="birthday")
    return (
        one_line(person.account.name), person.name, names(person.other_names), way(person.unit), person.title,
        person.level, person.has_left, person.is_watched, person.is_outsider,
        person.counterpart.email if person.counterpart else "", person.concerns.strip(),
        person.sensitive_notes.strip(), person.social_style, person.stage,
        sorted(person.contact_methods.values_list("kind", "value", "normalised")),
        sorted(roles.values_list("letter", "power", "is_primary")),
        [str((day.month, day.day, day.year, day.is_lunar)) for day in days], boss(person),
    )  # fmt: skip


def boss(person: Stakeholder) -> str:
    """Who holds the seat that the post reports to."""
    post = Position.objects.filter(stakeholder=person, account=person.account, is_primary=True, until=None).first()
    above = post.reports_to if post else None
    while above and above.succeeded_by:
        above = above.succeeded_by
    return one_line(above.stakeholder.name) if above and above.until is None else ""


def post_in_words(post: Position) -> tuple:
    return (
        post.stakeholder.name, one_line(post.account.name), way(post.unit), post.title, post.level,
        post.is_primary and post.until is None,
        str(post.since), str(post.until),
    )  # fmt: skip


def interaction_in_words(visit: Interaction) -> tuple:
    there = visit.participants.values_list("stakeholder__name", flat=True)
    ours = {visit.author.email, *visit.colleagues.values_list("user__email", flat=True)}
    return (
        one_line(visit.account.name), str(visit.held_on), visit.activity_type.label_en, visit.author.email, visit.state,
        visit.objective.strip(), visit.summary.strip(), visit.value_given, visit.place, str(visit.favour_asked),
        visit.initiative, visit.is_answered, visit.called_off_by, sorted(there), sorted(ours), visit.head_count,
    )  # fmt: skip


def emptied() -> None:
    """Every record gone, and what other systems call them; colleagues, teams and the method stay."""
    labels = ("accounts", "stakeholders", "relationships", "reviews")
    models = [model for model in apps.get_models() if model._meta.app_label in labels and model.__name__ not in KEPT]
    models += [apps.get_model("records.ExternalReference"), apps.get_model("sync.ImportMapping")]
    with connection.cursor() as cursor:
        for model in models:
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")
    assert not Account.objects.exists()
    assert ActivityType.objects.exists()
