"""Who is there: teams, colleagues, customers, their units, people, posts, roles and ties."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import islice
from random import Random

from django.utils import timezone

from accounts.models import Account, AccountMember, Competitor, Contender, Opportunity, OrgUnit
from config.demo import names, portfolio
from relationships.models import ActivityType, Stance
from stakeholders.models import CareDate, DecisionRole, Influence, Stakeholder
from users.models import Team, User

MONTHS_BACK = 20  # eighteen of visits, after two of getting to know them
HEADS = ("president", "chairman", "general manager", "managing director", "vice president")
MANAGERS = ("director", "manager", "head", "lead", "chief", "cio", "cfo", "cto", "registrar")


@dataclass
class Scene:
    """What the story is told with; `random` is seeded, so that every demo of a day is the same."""

    random: Random
    today: date
    users: dict[str, User] = field(default_factory=dict)
    teams: dict[str, Team] = field(default_factory=dict)
    types: dict[str, ActivityType] = field(default_factory=dict)
    people: dict[str, list[Stakeholder]] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)

    def at(self, name: str, day: date, hour: int = 10) -> User:
        """The colleague, acting on that day."""
        user = self.users[name]
        moment = timezone.make_aware(datetime.combine(day, time(hour, self.random.choice((0, 10, 25, 40)))))
        user.acting_at, user.client = min(moment, timezone.now()), "demo"
        return user

    @property
    def first_day(self) -> date:
        """When the story begins."""
        return self.today - timedelta(days=30 * MONTHS_BACK)


def build(scene: Scene, password: str) -> None:
    """Everything that stands before the first visit."""
    add_colleagues(scene, password)
    scene.types = {kind.label_en: kind for kind in ActivityType.objects.present()}
    known = names.people(scene.random)
    for customer in portfolio.CUSTOMERS:
        add_customer(scene, customer, known)
    for name in ("Norddata", "Kaiyuan Systems"):
        Competitor.named(name, by=scene.at("ada", scene.first_day))


def add_colleagues(scene: Scene, password: str) -> None:
    """Teams, their leads, and everybody's sign-in; those without one cannot come in."""
    company = Team(name="Sales").keep(by=None)
    for name in ("North", "South", "Solutions", "Delivery"):
        scene.teams[name] = Team(name=name, parent=company).keep(by=None)
    for key, (full_name, rank, team, is_administrator, language) in portfolio.COLLEAGUES.items():
        scene.users[key] = User.objects.create_user(
            f"{key}@demo.example",
            password if key in portfolio.SIGN_INS else None,
            full_name=full_name,
            rank=rank,
            team=scene.teams.get(team),
            is_administrator=is_administrator,
            language=language,
        )
    for team, lead in portfolio.LEADS.items():
        scene.teams[team].lead = scene.users[lead]
        scene.teams[team].keep(by=None)


def add_customer(scene: Scene, customer: portfolio.Customer, known) -> None:
    """An organisation with its tree, its people and who of ours works on it."""
    rep = scene.at(customer.rep, scene.first_day + timedelta(days=scene.random.randrange(20)))
    account = Account.open(
        by=rep,
        name=customer.name,
        short_name=customer.short_name,
        industry=customer.industry,
        tier=customer.tier,
        region=customer.region,
        is_public_sector=customer.is_public_sector,
        owner=scene.users[customer.rep],
        team=scene.teams[customer.region],
    )
    scene.accounts[customer.short_name] = account
    add_our_team(scene, account, customer)
    scene.people[customer.short_name] = add_people(scene, account, customer, known)
    add_roles(scene, account, customer)
    add_ties(scene, customer)
    add_opportunity(scene, account, customer)


def add_our_team(scene: Scene, account: Account, customer: portfolio.Customer) -> None:
    """The iron triangle, with a corner left open here and there."""
    rep = scene.users[customer.rep]
    function = AccountMember.Function
    account.admit(rep, by=rep, function=function.ACCOUNT_MANAGER)
    if customer.tier != "standard":
        account.admit(scene.users["ivy"], by=rep, function=function.SOLUTION)
    if customer.tier == "strategic":
        account.admit(scene.users["jon"], by=rep, function=function.DELIVERY)
        account.admit(scene.users["eve"], by=rep, function=function.SPONSOR)


def add_people(scene: Scene, account: Account, customer: portfolio.Customer, known) -> list[Stakeholder]:
    """Walk the tree: each unit's head reports to the head of the unit above, everybody else to their own head."""
    heads: list[tuple[OrgUnit, Stakeholder]] = []
    people = []
    for line in customer.tree.strip("\n").splitlines():
        depth = (len(line) - len(line.lstrip())) // 2
        unit_name, titles = (part.strip() for part in line.split("|"))
        heads = heads[:depth]
        parent, boss = heads[-1] if heads else (None, None)
        unit = OrgUnit.add(account, by=scene.users[customer.rep], name=unit_name, parent=parent)
        for title in titles.split(","):
            person = add_person(scene, account, customer, next(known), title.strip(), unit, boss)
            people.append(person)
            if len(heads) == depth:
                heads.append((unit, person))
                boss = person
    return people


def add_person(scene: Scene, account, customer, name: tuple[str, str], title: str, unit: OrgUnit, boss) -> Stakeholder:
    """One person with a post, a phone and an address."""
    shown, latin = name
    rep = scene.at(customer.rep, scene.first_day + timedelta(days=scene.random.randrange(25, 60)), 11)
    domain = customer.short_name.lower().replace(" ", "-").replace("’", "")
    contacts = [
        {"kind": "mobile", "value": f"139 {scene.random.randrange(1000, 9999)} {scene.random.randrange(1000, 9999)}"},
        {"kind": "email", "value": f"{latin}@{domain}.example"},
    ]
    post = {
        "unit": unit,
        "title": title,
        "level": level_of(title),
        "since": scene.first_day - timedelta(days=scene.random.randrange(30, 1500)),
        "reports_to": boss.positions.first() if boss else None,
    }
    return Stakeholder.add(
        account,
        by=rep,
        name=shown,
        post=post,
        contacts=contacts[: scene.random.choice((1, 2, 2))],
        **profile(scene, title),
    )


def level_of(title: str) -> str:
    """The level a title speaks of."""
    lowered = title.lower()
    if any(lowered.endswith(head) for head in HEADS) and "procurement" not in lowered:
        return "executive"
    return "manager" if any(word in lowered for word in MANAGERS) else "staff"


def profile(scene: Scene, title: str) -> dict:
    """A few known facts; of most people little is known yet."""
    if scene.random.random() > 0.4:
        return {}
    return {
        "responsibility": f"Answers for what a {title.lower()} answers for, and for the yearly plan of the unit.",
        "concerns": scene.random.choice(portfolio.CONCERNS),
        "social_style": scene.random.choice(Stakeholder.SocialStyle.values),
        "pastimes": scene.random.choice(
            ("Go, every Thursday", "Long-distance running", "Calligraphy", "His daughter’s piano lessons", "Tea")
        ),
    }


def add_roles(scene: Scene, account: Account, customer: portfolio.Customer) -> None:
    """The standing chain: one approver, one decision maker, a few of the others, and here and there a vacant seat."""
    people = scene.people[customer.short_name]
    executives = [person for person in people if person.positions.first().level == "executive"]
    managers = [person for person in people if person.positions.first().level == "manager"]
    staff = [person for person in people if person not in executives and person not in managers]
    wanted = [
        (executives[0], "A"),
        (managers[0], "D"),
        (managers[1], "E"),
        (managers[2], "S"),
        *((p, "S") for p in staff[:2]),
    ]
    wanted += [(managers[-1], "I"), (managers[1], "I")]
    for person, letter in wanted:
        day = scene.first_day + timedelta(days=scene.random.randrange(60, 120))
        DecisionRole.assign(person, account, letter, by=scene.at(customer.rep, day, 15), since=day)


def add_ties(scene: Scene, customer: portfolio.Customer) -> None:
    """Who listens to whom, and one who is watched for another reason."""
    people = scene.people[customer.short_name]
    rep = scene.at(customer.rep, scene.first_day + timedelta(days=90), 16)
    for source, target, strength, tone in (
        (4, 1, 3, "positive"),
        (3, 0, 2, "positive"),
        (5, 2, 1, "positive"),
        (6, 3, 2, "conflict"),
    ):
        Influence.draw(
            people[source],
            people[target],
            by=rep,
            strength=strength,
            tone=tone,
            nature="former_colleague",
            since=scene.first_day,
        )
    people[-1].change(by=rep, is_rising=True, rising_reason="Writes the requirements now, and is trusted above.")
    add_care_dates(scene, people, rep)


def add_care_dates(scene: Scene, people: list[Stakeholder], rep: User) -> None:
    """A few birthdays, some by the lunar calendar; one of them soon."""
    soon = scene.today + timedelta(days=scene.random.randrange(1, 7))
    CareDate(stakeholder=people[0], month=soon.month, day=soon.day).keep(by=rep)
    for person in islice(people, 2, 5):
        is_lunar = scene.random.random() < 0.4
        CareDate(
            stakeholder=person,
            month=scene.random.randrange(1, 13),
            day=scene.random.randrange(1, 29),
            is_lunar=is_lunar,
        ).keep(by=rep)


def add_opportunity(scene: Scene, account: Account, customer: portfolio.Customer) -> None:
    """What they may buy; two people hold a role in it."""
    if not customer.opportunity:
        return
    rep = scene.at(customer.rep, scene.first_day + timedelta(days=150), 9)
    opportunity = Opportunity.open(
        account,
        by=rep,
        name=customer.opportunity,
        business_domain=customer.industry,
        value=scene.random.randrange(8, 90) * 100_000,
        stage="Requirements",
        expected_close_on=scene.today + timedelta(days=scene.random.randrange(30, 150)),
    )
    people = scene.people[customer.short_name]
    day = scene.today - timedelta(days=scene.random.randrange(40, 90))
    for person, letter in ((people[0], "A"), (people[5], "E"), (people[8], "I")):
        DecisionRole.assign(
            person, account, letter, by=scene.at(customer.rep, day, 9), opportunity=opportunity, since=day
        )
    add_stances(scene, customer, opportunity, day)


def add_stances(scene: Scene, customer: portfolio.Customer, opportunity: Opportunity, day: date) -> None:
    """Who is for us, who leans to the other bidder, and one nobody has asked yet."""
    people, rep = scene.people[customer.short_name], scene.at(customer.rep, day, 17)
    rival = Contender.enter(opportunity, "Norddata", by=rep).competitor
    for person, us, them in ((people[0], 0, 1), (people[5], 2, -1)):
        Stance.judge(opportunity, person, None, us, by=rep, on=day)
        Stance.judge(opportunity, person, rival, them, by=rep, on=day)
