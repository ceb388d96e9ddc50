"""The words beside marks, so that nothing is told by colour or letter alone."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

SCORES = {
    None: _("not assessed"),
    -1: _("not accepting"),
    0: _("neutral"),
    1: _("supportive"),
    2: _("prefers us"),
    3: _("coach"),
}
ROLES = {
    "A": _("Approver"),
    "D": _("Decision maker"),
    "S": _("Supporter"),
    "E": _("Technical evaluator"),
    "I": _("Influencer"),
}
# A contact state's tone and word.
STATES = {
    "new": ("", pgettext_lazy("contact state", "new")),
    "never": ("late", pgettext_lazy("contact state", "never met")),
    "fresh": ("", pgettext_lazy("contact state", "fresh")),
    "due": ("soon", pgettext_lazy("contact state", "due")),
    "stale": ("late", pgettext_lazy("contact state", "gone quiet")),
    "lost": ("late", pgettext_lazy("contact state", "lost")),
}
RESTING = pgettext_lazy("contact state", "resting")


def listed(parts: Iterable[object]) -> str:
    """“a, b and c”."""
    *first, last = [str(part) for part in parts] or [""]
    if not first:
        return last
    told = {"first": pgettext("between names", ", ").join(first), "last": last}
    return pgettext("several names", "%(first)s and %(last)s") % told
