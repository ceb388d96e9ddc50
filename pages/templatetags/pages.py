"""Tags of every template: icons, marks and days.

A mark (stone, roles, clock, eyes, badge) stands in every row of every list, so its component is rendered
once for the same arguments and language and remembered; `drawn` does so with what stands on every page. Other
components are included.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from functools import lru_cache, wraps
from typing import Any

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from heroicons.templatetags import heroicons

from pages import days, words
from pages import theme as themes
from pages.addresses import page_of, place

register = template.Library()

MINUS = "−"


def mark(build: Callable[..., dict[str, Any]]) -> Callable[..., SafeString]:
    """A tag that draws the component of its name, remembered for the same arguments in the same language."""

    def draw(language: str, arguments: tuple, options: tuple) -> SafeString:
        return component(build.__name__, build(*arguments, **dict(options)))

    remembered = lru_cache(maxsize=4096)(draw)

    @wraps(build)
    def tag(*arguments: Any, **options: Any) -> SafeString:
        chosen = draw if settings.DEBUG else remembered
        return chosen(get_language() or "", tuple(map(frozen, arguments)), tuple(options.items()))

    return register.simple_tag(tag)


def component(name: str, context: dict[str, Any]) -> SafeString:
    return mark_safe(render_to_string(f"components/{name}.html", context).strip())


def frozen(argument: Any) -> Any:
    """An argument as a memory can hold it: rows of roles become tuples, whatever they came in."""
    if isinstance(argument, Iterable) and not isinstance(argument, str | Promise):
        return tuple(map(frozen, argument))
    return argument


@register.simple_tag
def drawn(name: str, **arguments: Any) -> SafeString:
    """A component of every page's frame that says nothing but its arguments, which can be hashed: `{% drawn "head" %}`;
    remembered for the same ones in the same language."""
    chosen = draw_component if settings.DEBUG else remembered_component
    return chosen(get_language() or "", name, tuple(arguments.items()))


def draw_component(language: str, name: str, arguments: tuple) -> SafeString:
    return component(name, dict(arguments))


remembered_component = lru_cache(maxsize=512)(draw_component)


@mark
def stone(
    score: int | None, *, expired: bool = False, disputed: bool = False, small: bool = False, key: bool = False
) -> dict[str, Any]:
    """A score from −1 to 3, None is “not assessed”; a key person's stone wears a ring."""
    score = None if score in (None, "") else int(score)
    flags = {"expired": expired, "disputed": disputed, "small": small, "key": key}
    return {"score": score, "word": words.SCORES[score]} | flags


@mark
def roles(held: Iterable[str | tuple[str, bool]]) -> dict[str, Any]:
    """ADSEI letters, each alone or with whether it is the primary one."""
    pairs = [(role, False) if isinstance(role, str) else role for role in held or ()]
    return {"roles": [(letter, words.ROLES[letter], is_primary) for letter, is_primary in pairs]}


@mark
def clock(state: str, days: int | None = None, gap: int | None = None, *, resting: bool = False) -> dict[str, Any]:
    """How long somebody has not been met, against the gap agreed for them; the state in words."""
    tone, word = words.STATES[str(state)]
    lead = ""
    if days not in (None, "") and str(state) not in ("new", "never"):
        lead = _("%(days)s d of %(gap)s") % {"days": days, "gap": gap} if gap else _("%(days)s d") % {"days": days}
    return {"tone": "" if resting else tone, "lead": lead, "word": words.RESTING if resting else word}


@mark
def eyes(count: int) -> dict[str, Any]:
    """No eye, one eye, alive."""
    return {"count": count}


@mark
def badge(label: object, tone: str = "neutral") -> dict[str, Any]:
    """A word about a record: neutral, good, warn, bad, info or outline."""
    return {"label": label, "tone": tone}


@register.simple_tag
@lru_cache(maxsize=256)
def icon(name: str, size: int = 20, kind: str = "outline") -> SafeString:
    """An icon beside words, hidden from screen readers."""
    draw = {"outline": heroicons.heroicon_outline, "solid": heroicons.heroicon_solid, "mini": heroicons.heroicon_mini}
    return draw[kind](str(name), size=size, **{"class": "icon", "aria-hidden": "true"})


@register.simple_tag
def page(route: str, pk: object = None) -> str:
    """The address of a page, of a record's where one is given: `url` for what stands in every row."""
    return place(route) if pk is None else page_of(route, pk)


@register.filter
def theme(request: HttpRequest | None) -> str:
    """The theme this device has chosen, for `data-theme`."""
    return themes.chosen(request)


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
def ids_query(rows: Iterable[Mapping[str, Any]]) -> str:
    """The query that names these rows."""
    return "&".join(f"id={row['id']}" for row in rows)


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
def day_gap(day: date | None, today: date | None = None) -> str:
    """How far a day is from today, the reader's own unless another is given, in words."""
    return days.gap_in_words(local_day(day), today or timezone.localdate()) if day else ""


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
