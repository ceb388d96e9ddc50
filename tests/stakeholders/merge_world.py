"""Random worlds of a few people who may be twins, and what every affected row says."""

from datetime import date, timedelta

from django.apps import apps
from hypothesis import strategies as st

from records.models import ExternalReference
from relationships.models import Action, Interaction
from relationships.upkeep import contacts_changed
from reviews.models import Alert, Notification
from stakeholders.models import CareDate, DecisionRole, Influence, Position, Stakeholder
from stakeholders.upkeep import people_changed
from tests.factories import AccountFactory, StakeholderFactory, UserFactory, activity

DAY = date(2025, 6, 1)
NAMES = ("王伟", "Wang Wei", "Wei Wang", "李娜")
PHONES = ("+8613900000001", "+8613900000002", "+8613900000003")
BY_DATABASE = {"version", "updated_at"}
# Tables that only say what happened, and what is rebuilt with keys of its own.
LOGS = {"records.changelog", "records.jobrun", "stakeholders.personmerge", "accounts.accountmerge"}
people = st.integers(0, 2)
days = st.integers(0, 500).map(lambda back: DAY - timedelta(days=back))

ACTS = st.one_of(
    st.tuples(st.just("post"), people, st.integers(0, 1), st.sampled_from(["", "CIO", "Buyer"]), days, st.booleans()),
    st.tuples(st.just("role"), people, st.sampled_from("ADS"), st.integers(1, 3), days, st.booleans()),
    st.tuples(st.just("edge"), people, people, st.integers(1, 3), st.sampled_from(["positive", "conflict"])),
    st.tuples(st.just("phone"), people, st.sampled_from(PHONES)),
    st.tuples(st.just("care"), people, st.integers(1, 3), st.sampled_from(["", "tea"])),
    st.tuples(st.just("visit"), st.sets(people, min_size=1), days, st.booleans()),
    st.tuples(st.just("action"), people),
    st.tuples(st.just("alert"), people, st.sampled_from(["stale", "lost"]), st.booleans()),
    st.tuples(st.just("known_as"), people, st.integers(0, 10**6)),
    st.tuples(st.just("profile"), people, st.sampled_from(["concerns", "stage", "rising", "notes", "gap"])),
    st.tuples(st.just("removed_role"), people),
    st.tuples(st.just("boss"), people, people),
)


class World:
    """Three people at two accounts, and verbs named after the acts above."""

    def __init__(self) -> None:
        self.user = UserFactory(full_name="Ann")
        first = AccountFactory(name="Acme", owner=self.user)
        self.accounts = [first, AccountFactory(name="Globex", owner=self.user, team=first.team)]
        self.people = [StakeholderFactory(account=first, name=name) for name in NAMES[:3]]

    def live(self, acts) -> None:
        """Let all this happen; what is derived follows once, at the end."""
        with people_changed.gathered(), contacts_changed.gathered():
            for verb, *told in acts:
                getattr(self, verb)(*told)

    def post(self, who, account, title, since, is_ended) -> None:
        place = self.accounts[account]
        post = Position.begin(self.people[who], place, by=self.user, title=title, since=since, is_primary=is_ended)
        if is_ended:
            post.end(max(since, DAY), by=self.user)

    def role(self, who, letter, power, since, is_ended) -> None:
        held = DecisionRole.objects.filter(stakeholder=self.people[who], letter=letter, until=None, removed_at=None)
        if held.exists():
            return
        role = DecisionRole.assign(self.people[who], self.accounts[0], letter, by=self.user, power=power, since=since)
        if is_ended:
            role.end(DAY, by=self.user)

    def edge(self, source, target, strength, tone) -> None:
        ends = {"source": self.people[source], "target": self.people[target]}
        if source != target and not Influence.objects.filter(**ends, tone=tone).exists():
            Influence.draw(*ends.values(), by=self.user, strength=strength, tone=tone, since=DAY)

    def phone(self, who, number) -> None:
        known = [{"kind": row.kind, "value": row.value} for row in self.people[who].contact_methods.order_by("pk")]
        self.people[who].set_contacts([{"kind": "mobile", "value": number}, *known], by=self.user)

    def care(self, who, month, note) -> None:
        CareDate(stakeholder=self.people[who], month=month, day=2, note=note).keep(by=self.user)

    def visit(self, who, day, was_spoken_to) -> None:
        there = [self.people[number] for number in who]
        Interaction.log(
            self.accounts[0], by=self.user, people=there, activity_type=activity(), held_on=day,
            spoken_to=there[:1] if was_spoken_to else (),
        )  # fmt: skip

    def action(self, who) -> None:
        Action.add(self.accounts[0], "Call", DAY, by=self.user, stakeholder=self.people[who])

    def alert(self, who, kind, is_told) -> None:
        if Alert.objects.filter(kind=kind, stakeholder=self.people[who]).exists():
            return
        alert = Alert(kind=kind, account=self.accounts[0], stakeholder=self.people[who], opened_on=DAY)
        alert.keep(by=None)
        if is_told:
            Notification.objects.create(alert=alert, user=self.user)

    def known_as(self, who, number) -> None:
        label = Stakeholder._meta.label_lower
        ExternalReference.objects.get_or_create(
            source="erp", type=label, external_id=str(number), defaults={"object_id": self.people[who].pk}
        )

    def profile(self, who, matter) -> None:
        values = {
            "concerns": {"concerns": f"Worries of {who}", "values": "Thrift"},
            "stage": {"stage": "trust", "social_style": "driver"},
            "rising": {"is_rising": True, "rising_reason": f"Rises {who}"},
            "notes": {"sensitive_notes": f"Quiet {who}", "other_names": f"Nick{who}"},
            "gap": {"gap_override": 10 + who, "is_watched": True},
        }
        person = Stakeholder.objects.get(pk=self.people[who].pk)
        person.change(by=self.user, **values[matter])

    def removed_role(self, who) -> None:
        for role in DecisionRole.objects.present().filter(stakeholder=self.people[who])[:1]:
            role.withdraw(by=self.user)

    def boss(self, who, whom) -> None:
        mine, theirs = (self.people[number].positions.order_by("pk").first() for number in (who, whom))
        if mine != theirs:
            Position.objects.filter(pk=mine.pk).update(reports_to=theirs)


def says(row) -> dict:
    """A row's columns, but for what the database counts."""
    return {
        each.attname: getattr(row, each.attname)
        for each in row._meta.concrete_fields
        if each.name not in BY_DATABASE and not isinstance(each, type(row._meta.auto_field))
    }


def everything() -> dict:
    """Every row of every table of the product, by model, as a sorted list of what it says."""
    ours = ("accounts", "stakeholders", "relationships", "reviews", "records")
    models = [model for model in apps.get_models() if model._meta.app_label in ours]
    kept = [model for model in models if not is_history(model) and model._meta.label_lower not in LOGS]
    return {model._meta.label: sorted(map(told, model._base_manager.all())) for model in kept}


def told(row) -> str:
    return repr(sorted(says(row).items()))


def is_history(model) -> bool:
    return hasattr(model, "instance_type")
