"""What happened: eighteen months of visits, this week's plans, next steps, and a few loose ends."""

from datetime import date, timedelta

from config.demo import portfolio
from config.demo.build import Scene
from relationships.models import Action, Interaction
from stakeholders import leaving
from stakeholders.models import Stakeholder

KINDS = (
    ["Visit"] * 6
    + ["Call"] * 4
    + ["Technical exchange"] * 3
    + ["Meal"] * 2
    + ["Training", "Executive visit", "Reference-site visit", "Message"]
)
GAPS = {"A": 60, "D": 30, "E": 30, "S": 30, "I": 45}


def tell(scene: Scene) -> None:
    """Every customer's months, then what is open today."""
    for customer in portfolio.CUSTOMERS:
        tell_months(scene, customer)
        tell_open_ends(scene, customer)
    tell_departure(scene)
    tell_rush(scene)
    tell_twins(scene)


def tell_months(scene: Scene, customer: portfolio.Customer) -> None:
    """Each person has a rhythm and a last day; a visit takes along whoever of the neighbourhood was still in touch."""
    people = scene.people[customer.short_name]
    last_days = {person.pk: last_day(scene, person, customer) for person in people}
    met = [person for person in people if last_days[person.pk]]
    for person in met:
        for day in days_back(scene, last_days[person.pk]):
            others = [other for other in met if other is not person and last_days[other.pk] >= day]
            company = scene.random.sample(others, min(len(others), scene.random.choice((0, 0, 0, 1, 2))))
            tell_visit(scene, customer, [person, *company], day)


def last_day(scene: Scene, person: Stakeholder, customer: portfolio.Customer) -> date | None:
    """How long ago they were met last: well kept, due, gone quiet, lost, or never."""
    gap = gap_of(person, customer)
    kept = scene.random.random()
    if kept < customer.care:
        ago = scene.random.uniform(0.05, 0.75) * gap
    elif kept < customer.care + 0.12:
        ago = scene.random.uniform(0.85, 1.0) * gap
    elif scene.random.random() < 0.2:
        return None
    else:
        ago = scene.random.uniform(1.1, 2.6) * gap
    return scene.today - timedelta(days=max(1, round(ago)))


def gap_of(person: Stakeholder, customer: portfolio.Customer) -> int:
    """About what the policy says; the story need not be exact."""
    gaps = [GAPS[role.letter] for role in person.roles.all()]
    gap = min(gaps, default=90)
    return gap * 2 // 3 if customer.tier == "strategic" else gap


def days_back(scene: Scene, last: date) -> list[date]:
    """The days of one person's own visits, oldest first."""
    day, days = last, []
    while day > scene.first_day + timedelta(days=60) and len(days) < 9:
        days.append(day)
        day -= timedelta(days=scene.random.randrange(35, 110))
    return days[::-1]


def tell_visit(
    scene: Scene, customer: portfolio.Customer, people: list[Stakeholder], day: date, kind: str = ""
) -> None:
    """One visit, logged that evening."""
    initiative = "ours" if kind else scene.random.choice(("ours", "ours", "ours", "theirs"))
    kind = kind or scene.random.choice(KINDS)
    author = customer.rep if scene.random.random() < 0.8 or customer.tier == "standard" else "ivy"
    by = scene.at(author, day, 18)
    colleagues = [scene.users["eve"]] if kind == "Executive visit" and customer.tier == "strategic" else []
    Interaction.log(
        scene.accounts[customer.short_name],
        by=by,
        people=people,
        colleagues=colleagues,
        activity_type=scene.types[kind],
        held_on=day,
        summary=scene.random.choice(portfolio.SUMMARIES),
        value_given=scene.random.choice(("", "", "information", "expertise", "problem_solved", "none")),
        is_answered=kind == "Message",
        initiative=initiative,
    )


def tell_open_ends(scene: Scene, customer: portfolio.Customer) -> None:
    """A visit to come, next steps, and now and then a visit nobody has answered for."""
    account, people, rep = (
        scene.accounts[customer.short_name],
        scene.people[customer.short_name],
        scene.users[customer.rep],
    )
    ahead = scene.today + timedelta(days=scene.random.choice((0, 1, 2, 3, 4)))
    by = scene.at(customer.rep, scene.today - timedelta(days=5))
    Interaction.plan(
        account,
        by=by,
        people=people[2:4],
        activity_type=scene.types[scene.random.choice(("Visit", "Technical exchange"))],
        held_on=ahead,
        objective="Go through the open points and agree on the next one.",
    )
    if scene.random.random() < 0.4:
        Interaction.plan(
            account,
            by=by,
            people=people[4:5],
            activity_type=scene.types["Visit"],
            held_on=scene.today - timedelta(days=scene.random.randrange(1, 5)),
        )
    for days in scene.random.sample((-6, -2, 0, 2, 4, 6, 12), 2):
        due_on = scene.today + timedelta(days=days)
        noted = scene.at(customer.rep, scene.today - timedelta(days=scene.random.randrange(7, 20)))
        Action.add(
            account,
            scene.random.choice(portfolio.STEPS),
            due_on,
            by=noted,
            owner=rep,
            stakeholder=scene.random.choice(people),
        )


def tell_departure(scene: Scene) -> None:
    """One manager went from one customer to another, and kept name, history and number."""
    person = scene.people["Beichen Works"][4]
    day = scene.today - timedelta(days=70)
    post = person.positions.select_related("account").get()
    leaving.go_to(
        post, scene.accounts["Hengtong Bank"], day, by=scene.at("ann", day), title="Operations adviser", level="manager"
    )


def tell_rush(scene: Scene) -> None:
    """Somebody met too often, and two visits logged in a hurry."""
    person = scene.people["Metro Group"][3]
    for ago in (2, 5, 8, 11, 14, 17, 20, 23, 26):
        tell_visit(scene, portfolio.CUSTOMERS[1], [person], scene.today - timedelta(days=ago), "Call")
    for name, ago in (("Hengtong Bank", 1), ("First Hospital", 2)):
        day = scene.today - timedelta(days=ago)
        Interaction.log(
            scene.accounts[name],
            by=scene.at("ann", day, 17),
            people=scene.people[name][1:2],
            activity_type=scene.types["Visit"],
            held_on=day,
            is_unfinished=True,
        )


def tell_twins(scene: Scene) -> None:
    """Three people somebody entered a second time: in the other script, the other way round, in a hurry."""
    for name, place, written, shared in (
        ("Hengtong Bank", 2, lambda latin, chinese: chinese, {"contacts"}),
        ("Metro Group", 1, lambda latin, chinese: " ".join(reversed(latin.split())), {"title"}),
        ("First Hospital", 3, lambda latin, chinese: latin, {"contacts", "title"}),
    ):
        person = scene.people[name][place]
        latin, _space, chinese = person.name.rpartition(" ")
        day = scene.today - timedelta(days=scene.random.randrange(9, 40))
        by = scene.at("ann", day, 17)
        ways = [{"kind": way.kind, "value": way.value} for way in person.contact_methods.order_by("pk")[:1]]
        twin = Stakeholder.add(
            scene.accounts[name],
            by=by,
            name=written(latin, chinese),
            contacts=ways if "contacts" in shared else [],
            post={"title": person.positions.get().title if "title" in shared else "", "since": day},
        )
        tell_visit(scene, customer_called(name), [twin], day, "Call")


def customer_called(short_name: str) -> portfolio.Customer:
    return next(customer for customer in portfolio.CUSTOMERS if customer.short_name == short_name)
