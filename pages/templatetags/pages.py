"""Tags of every template: icons, marks and days.

A mark (stone, roles, clock, eyes, badge) stands in every row of every list, so its component is rendered
once for the same arguments and language and remembered. Larger components are included.
"""

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from heroicons.templatetags import heroicons

from pages import days, words

register = template.Library()

MINUS = "−"


@lru_cache(maxsize=4096)
def remembered(name: str, language: str, arguments: tuple[tuple[str, Any], ...]) -> SafeString:
    return render_to_string(f"components/{name}.html", dict(arguments)).strip()


def mark(name: str, **arguments: Any) -> SafeString:
    """A mark's markup; while developing always from its template."""
    draw = remembered.__wrapped__ if settings.DEBUG else remembered
    return mark_safe(draw(name, get_language() or "", tuple(arguments.items())))


@register.simple_tag
def stone(
    score: int | None, *, expired: bool = False, disputed: bool = False, small: bool = False, key: bool = False
) -> SafeString:
    """A score from −1 to 3, None is “not assessed”; a key person's stone wears a ring."""
    score = None if score in (None, "") else int(score)
    flags = {"expired": bool(expired), "disputed": bool(disputed), "small": bool(small), "key": bool(key)}
    return mark("stone", score=score, word=str(words.SCORES[score]), **flags)


@register.simple_tag
def roles(held: Iterable[str | tuple[str, bool]]) -> SafeString:
    """ADSEI letters, each alone or with whether it is the primary one."""
    pairs = [(role, False) if isinstance(role, str) else role for role in held or ()]
    named = tuple((letter, str(words.ROLES[letter]), bool(is_primary)) for letter, is_primary in pairs)
    return mark("roles", roles=named) if named else mark_safe("")


@register.simple_tag
def clock(state: str, days: int | None = None, gap: int | None = None, *, resting: bool = False) -> SafeString:
    """How long somebody has not been met, against the gap agreed for them; the state in words."""
    tone, word = words.STATES[str(state)]
    lead = ""
    if days not in (None, "") and str(state) not in ("new", "never"):
        lead = _("%(days)s d of %(gap)s") % {"days": days, "gap": gap} if gap else _("%(days)s d") % {"days": days}
    return mark("clock", tone="" if resting else tone, lead=lead, word=str(words.RESTING if resting else word))


@register.simple_tag
def eyes(count: int) -> SafeString:
    """No eye, one eye, alive."""
    return mark("eyes", count=min(count, 2))


@register.simple_tag
def badge(label: object, tone: str = "neutral") -> SafeString:
    """A word about a record: neutral, good, warn, bad, info or outline."""
    return mark("badge", label=str(label), tone=tone)


@register.simple_tag
@lru_cache(maxsize=256)
def icon(name: str, size: int = 20, kind: str = "outline") -> SafeString:
    """An icon beside words, hidden from screen readers."""
    draw = {"outline": heroicons.heroicon_outline, "solid": heroicons.heroicon_solid, "mini": heroicons.heroicon_mini}
    return draw[kind](str(name), size=size, **{"class": "icon", "aria-hidden": "true"})


@register.filter
def initials(name: str) -> str:
    """A person in two letters: of the first and last name where letters have cases, the last two signs otherwise."""
    parts = str(name).split()
    if not parts:
        return "?"
    cased = [part for part in parts if part.lower() != part.upper()]
    if not cased:
        return parts[0][-2:]
    return (cased[0][0] + (cased[-1][0] if len(cased) > 1 else "")).upper()


@register.filter
def signed(number: int | None) -> str:
    """A number with a real minus sign; “?” when there is none."""
    if number is None:
        return "?"
    return str(number).replace("-", MINUS)


@register.filter
def notice_tone(level: str) -> str:
    """A message level as the tone of a notice."""
    return {"error": "bad", "warning": "warn", "success": "good"}.get(level, "info")


@register.filter
def day_gap(day: date | None) -> str:
    """How far a day is from today, in words."""
    return days.gap_in_words(local_day(day), timezone.localdate()) if day else ""


@register.filter
def day(day: date | None) -> str:
    """A day, short."""
    return days.day_in_words(local_day(day), timezone.localdate()) if day else ""


@register.filter
def moment(at: datetime | None) -> str:
    """A day and time, short."""
    return days.moment_in_words(timezone.localtime(at), timezone.localdate()) if at else ""


def local_day(day: date) -> date:
    """The calendar day of a day or moment where the reader is."""
    return timezone.localtime(day).date() if isinstance(day, datetime) else day
