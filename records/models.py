"""What the apps above build on, in one place."""

from records.change_log import ChangeLog
from records.external_reference import ExternalReference
from records.jobs import JobRun
from records.labels import Labelled
from records.part import Part
from records.policy import Policy
from records.record import Record, RecordQuerySet, Stale

__all__ = [
    "ChangeLog",
    "ExternalReference",
    "JobRun",
    "Labelled",
    "Part",
    "Policy",
    "Record",
    "RecordQuerySet",
    "Stale",
]
