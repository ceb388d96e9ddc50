"""Why a line is on the list, in words."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from config.week import PersonLine
from stakeholders.models import DecisionRole


def roles_in_words(line: PersonLine) -> str:
    """ "approver, influencer"; the primary one first."""
    letters = sorted(line.roles, key=lambda role: not role[1])
    words = [str(DecisionRole.Letter(letter).label).lower() for letter, _primary in letters]
    return pgettext("between names", ", ").join(words)


def why(line: PersonLine) -> str:
    """Account, part in the decision, and what is wrong with the silence."""
    parts = [line.person.account.short, roles_in_words(line) or (_("key person") if line.person.is_key else "")]
    if line.state == "never":
        parts.append(
            ngettext("never met, known for %(days)d day", "never met, known for %(days)d days", line.known_for)
            % {"days": line.known_for}
        )
    elif line.last_contact_on:
        short = pgettext("format of a day and month", "j M")
        parts.append(_("last met %(day)s") % {"day": date_format(line.last_contact_on, short)})
    return " · ".join(part for part in parts if part)
