"""Every type of record that files and saved views know: the apps' own declarations, gathered."""

from accounts.record_types import ACCOUNTS, ORG_UNITS
from records.record_types import RecordType
from relationships.record_types import ACTIONS, INTERACTIONS
from reviews.record_types import ALERTS
from stakeholders.record_types import PEOPLE, SEATS

RECORD_TYPES: dict[str, RecordType] = {
    each.name: each for each in (ACCOUNTS, ORG_UNITS, PEOPLE, SEATS, INTERACTIONS, ACTIONS, ALERTS)
}
