"""Forms of this app."""

from relationships.forms.log import LogForm
from relationships.forms.plan import PlanForm

__all__ = ["LogForm", "PlanForm"]
