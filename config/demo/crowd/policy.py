"""What the crowd is derived by: the policy in the database, and the moment that counts as now."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils import timezone

from config.demo.story import KINDS
from relationships.cadence import Counts, Rules, Table
from relationships.models import ActivityType, CadencePolicy, ContactRules
from stakeholders.models import KeyPersonPolicy, RolePower


@dataclass
class Policy:
    """Read once for all."""

    now: datetime = field(default_factory=timezone.now)
    table: Table = field(default_factory=CadencePolicy.table)
    rules: Rules = field(default_factory=lambda: ContactRules.load().rules)
    powers: dict[str, int] = field(default_factory=RolePower.table)
    min_strength: int = field(default_factory=lambda: KeyPersonPolicy.load().min_influence_strength)
    types: list[ActivityType] = field(default_factory=lambda: contact_types())

    @property
    def today(self) -> date:
        return self.day_of(self.now)

    @staticmethod
    def day_of(moment: datetime) -> date:
        """The calendar day where the accounts are: all of them lie in the installation's zone."""
        return timezone.localtime(moment, timezone.get_default_timezone()).date()


def contact_types() -> list[ActivityType]:
    """Kinds of contact, as often as the story has them."""
    known = {kind.label_en: kind for kind in ActivityType.objects.present().filter(counts=Counts.ALWAYS.value)}
    return [known[label] for label in KINDS if label in known]
