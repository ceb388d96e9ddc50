"""Judgements on a person as sentences that name people (domain 4: every rule is explained on the screen)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Account
from pages import words
from stakeholders.judging import judgements_at
from stakeholders.key_person import DECIDING_LETTERS, Because, Judgement
from stakeholders.models import DecisionRole, Influence, KeyPersonPolicy, Stakeholder
from users.models import User


@dataclass(frozen=True)
class Grounds:
    """What a judgement can name: roles as (letter, opportunity or empty), people pulled as (name, strength)."""

    name: str
    roles: Sequence[tuple[str, str]] = ()
    pulls: Sequence[tuple[str, int]] = ()
    rising_reason: str = ""
    override_reason: str = ""


@dataclass(frozen=True)
class KeyStatus:
    """The judgement as the page shows it."""

    judgement: Judgement
    why: str
    is_overridden: bool


def key_status(person: Stakeholder, account: Account, viewer: User) -> KeyStatus:
    """Whether and why the person is key at `account`, naming nobody the viewer does not see."""
    found = judgements_at(account.pk, [person])[person.pk]
    why = because(found, grounds(person, account, viewer))
    return KeyStatus(found, why, found.because in (Because.MARKED_IN, Because.MARKED_OUT))


def grounds(person: Stakeholder, account: Account, viewer: User) -> Grounds:
    """Load what the sentence names."""
    roles = (
        DecisionRole.objects.on(account.today())
        .filter(stakeholder=person, account=account)
        .select_related("opportunity")
    )
    return Grounds(
        name=person.name,
        roles=[
            (r.letter, r.opportunity.name if r.opportunity else "")
            for r in roles
            if not r.opportunity or r.opportunity.is_open
        ],
        pulls=pulls_of(person, account, viewer),
        rising_reason=person.rising_reason,
        override_reason=person.key_override_reason,
    )


def pulls_of(person: Stakeholder, account: Account, viewer: User) -> list[tuple[str, int]]:
    """Class 1 and 2 people there whom the person moves enough, the strongest first; only those in sight are named."""
    least = KeyPersonPolicy.load().min_influence_strength
    edges = (
        Influence.objects.visible_to(viewer)
        .on(account.today())
        .filter(
            source=person,
            tone=Influence.Tone.POSITIVE,
            strength__gte=least,
            target__account=account,
            target__has_left=False,
            target__key_class__in=(1, 2),
        )
    )
    return list(edges.order_by("-strength", "target__sort_key").values_list("target__name", "strength"))


def because(found: Judgement, on: Grounds) -> str:
    """The reason of a judgement, one sentence."""
    match found.because:
        case Because.EXECUTIVE:
            return _("%(name)s holds a post of executive level.") % {"name": on.name}
        case Because.ROLE:
            return _("%(name)s is %(roles)s.") % {"name": on.name, "roles": listed(deciding(on.roles))}
        case Because.INFLUENCE:
            return pulling(on)
        case Because.RISING:
            return _("%(name)s is rising: %(reason)s") % {"name": on.name, "reason": on.rising_reason}
        case Because.MARKED_IN:
            return _("Marked as key by hand: %(reason)s") % {"reason": on.override_reason}
        case Because.MARKED_OUT:
            return _("Taken out by hand: %(reason)s") % {"reason": on.override_reason}
    return _("%(name)s is no executive, holds no A, D or E, and moves nobody who does.") % {"name": on.name}


def pulling(on: Grounds) -> str:
    """Whom the person moves."""
    if not on.pulls:
        return _("%(name)s has the ear of somebody who decides.") % {"name": on.name}
    targets = [
        _("%(name)s (strength %(strength)s)") % {"name": name, "strength": strength} for name, strength in on.pulls
    ]
    return _("%(name)s has influence on %(targets)s.") % {"name": on.name, "targets": listed(targets)}


def deciding(roles: Iterable[tuple[str, str]]) -> list[str]:
    """A, D and E in words, with the opportunity they are held in."""
    return [in_chain(letter, opportunity) for letter, opportunity in roles if letter in DECIDING_LETTERS]


def in_chain(letter: str, opportunity: str) -> str:
    """A role and the chain it belongs to."""
    word = str(words.ROLES[letter]).lower()
    if not opportunity:
        return _("%(role)s in the standing chain") % {"role": word}
    return _("%(role)s for “%(opportunity)s”") % {"role": word, "opportunity": opportunity}


def listed(parts: Iterable[Any]) -> str:
    return words.listed(dict.fromkeys(map(str, parts)))


def confirmation(person: Stakeholder, today: date) -> tuple[str, bool]:
    """When the key status was last confirmed, and whether that is too long ago (domain 2, step 2)."""
    day = person.key_confirmed_on
    if day is None:
        return _("Nobody has confirmed this yet."), True
    age = (today - day).days
    if age > KeyPersonPolicy.load().confirm_within_days:
        return ngettext("Confirmed %d day ago; look again.", "Confirmed %d days ago; look again.", age) % age, True
    if age == 0:
        return _("Confirmed today."), False
    return ngettext("Confirmed %d day ago.", "Confirmed %d days ago.", age) % age, False
