"""What cells about people mean: names, ways to reach somebody, decision roles, birthdays. Pure."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import override

from accounts.search_key import is_han
from records.reading_in import on_one_line
from stakeholders.models import ContactMethod, DecisionRole
from stakeholders.models.contact_method import normalise

BETWEEN = re.compile(r"\s*(?:[;；、,，|\r\n]|:::)\s*")  # the last is how Google writes several in one cell
LINES = re.compile(r"\s*[\r\n]+\s*")
SLASH = re.compile(r"\s*/\s*")
SPACE = re.compile(r"[\s/]+")
EXTENSION = re.compile(r"\s*(?:转|分机)\s*")
DASHED_EXTENSION = re.compile(r"(0\d{2,3}-?\d{7,8})-(\d{1,6})")
CHINESE_MOBILE = re.compile(r"(?:\+?86)?(1[3-9]\d{9})")
# As a spreadsheet writes a number: 13912345678.0, 1.3912345678E+10.
AS_NUMBER = re.compile(r"(\d{7,})\.(\d{1,2})|(\d)(?:\.(\d+))?[eE]\+?(\d{1,2})")
BETWEEN_DIGITS = re.compile(r"[\s\-().]")

Kind = ContactMethod.Kind


def full_name(name: str, family: str, given: str) -> str:
    """The whole name as it is written: family first and without space in Chinese, given first otherwise."""
    if name or not (family or given):
        return on_one_line(name)
    parts = (family, given) if is_han(family + given) else (given, family)
    return ("" if is_han(family + given) else " ").join(part for part in map(on_one_line, parts) if part)


def flat(values: Any) -> Iterator[str]:
    """The texts of a cell, or of the cells of several columns."""
    if isinstance(values, list | tuple):
        for value in values:
            yield from flat(value)
    elif values not in (None, ""):
        yield str(values)


# Ways to reach somebody


class Contact(NamedTuple):
    """A way to reach somebody, as typed and as compared; `is_personal` where it is nobody else's."""

    kind: str
    value: str
    normalised: str
    is_personal: bool


def contacts_in(kind: str, values: Any) -> Iterator[Contact]:
    """The ways to reach somebody that cells of a column name. What is no number and no address is kept as typed."""
    if not values:
        return
    between = LINES if kind == Kind.OTHER else BETWEEN
    for text in flat(values):
        for part in between.split(text.strip()):
            if part:
                yield from contacts_of(kind, (kind in ContactMethod.PHONES and whole_number(part)) or part)


def whole_number(text: str) -> str:
    """The digits of a telephone number that a spreadsheet took for a number; empty where it is written otherwise, and
    where digits were lost."""
    written = AS_NUMBER.fullmatch(text)
    if written is None or is_cut_short(text):
        return ""
    whole, _rest, first, more, power = written.groups()
    return whole or first + more[: int(power)]


def is_cut_short(text: str) -> bool:
    """Whether a spreadsheet has kept the first digits of a telephone number only, or made a fraction of it."""
    written = AS_NUMBER.fullmatch(text)
    if written is None:
        return False
    _whole, rest, _first, more, power = written.groups()
    if power is None:
        return bool(rest.strip("0"))
    return len(more or "") < int(power) or bool((more or "")[int(power) :].strip("0"))


def contacts_of(kind: str, text: str) -> list[Contact]:
    """One entry; “010-88886666/13800138000” is two if both can be dialled."""
    contact = as_contact(kind, text)
    if contact.kind == Kind.OTHER != kind:
        parts = [as_contact(kind, part) for part in (SPACE if kind == Kind.EMAIL else SLASH).split(text) if part]
        if parts and all(part.kind != Kind.OTHER for part in parts):
            return parts
    return [contact]


@lru_cache(4096)
def as_contact(kind: str, text: str) -> Contact:
    """As the form would take it; of kind other where it would refuse it."""
    if kind in ContactMethod.PHONES:
        if mobile := chinese_mobile(text):
            return Contact(Kind.MOBILE, text, mobile, True)
        text = DASHED_EXTENSION.sub(r"\1 ext. \2", EXTENSION.sub(" ext. ", text))
    try:
        normalised = normalise(kind, text)
    except ValidationError:
        return Contact(Kind.OTHER, text, text.casefold(), False)
    is_personal = kind in (Kind.MOBILE, Kind.EMAIL) or ";ext=" in normalised
    return Contact(kind, text, normalised, is_personal)


def chinese_mobile(text: str) -> str:
    """Most numbers in most files: read in a fiftieth of the time that a library of all countries takes."""
    if settings.PHONE_REGION != "CN":
        return ""
    match = CHINESE_MOBILE.fullmatch(BETWEEN_DIGITS.sub("", text))
    return f"+86{match[1]}" if match and match[1].isascii() else ""


# Decision roles

ROLE = re.compile(r"(.*?)[\s:：/(（\-]*([0-9])?[)）]?", re.DOTALL)
OTHER_WORDS = {
    "approver": "A", "批准人": "A", "审批者": "A", "审批人": "A", "budget holder": "A",
    "decision-maker": "D", "decisionmaker": "D", "决策人": "D",
    "champion": "S", "end user": "S", "支持人": "S",
    "evaluator": "E", "评估者": "E", "评估人": "E", "技术评估人": "E",
    "影响人": "I",
}  # fmt: skip


class Role(NamedTuple):
    letter: str
    power: int | None


def role_in(text: str) -> Role | None:
    """“A”, “E3”, “Decision maker (2)”, “批准者”; None for anything else."""
    match = ROLE.fullmatch(unicodedata.normalize("NFKC", text).strip())
    letter = words_of_roles().get(on_one_line(match[1]).casefold()) if match else None
    if match is None or letter is None or match[2] and match[2] not in "123":
        return None
    return Role(letter, int(match[2]) if match[2] else None)


@lru_cache(1)
def words_of_roles() -> dict[str, str]:
    """What a role is called in either language."""
    words = dict(OTHER_WORDS)
    for language, _name in settings.LANGUAGES:
        with override(language):
            words |= {str(label).casefold(): str(letter) for letter, label in DecisionRole.Letter.choices}
    return words | {letter.casefold(): letter for letter in DecisionRole.Letter.values}


def roles_in(values: Any) -> tuple[list[Role], list[str]]:
    """The roles in the cells, each once, and what is none; “ADE” is three."""
    found, unknown = dict[str, Role](), []
    for text in flat(values):
        for part in re.split(r"[;；、,，/|\r\n+&]+", text):
            if not part.strip():
                continue
            letters = part.strip() if re.fullmatch("[ADSEI]{2,5}", part.strip()) else [part]
            roles = [role_in(letter) for letter in letters]
            found |= {role.letter: role for role in roles if role and role.letter not in found}
            unknown += [part.strip()] if None in roles else []
    return list(found.values()), unknown


# Birthdays

LUNAR = re.compile(r"^(?:农历|阴历|旧历|lunar)\s*", re.IGNORECASE)
YEAR_AND_DAY = re.compile(r"(\d{4})\s*[-/.年]?\s*(\d{1,2})\s*[-/.月]?\s*(\d{1,2})\s*[日号]?(?:[ T].*)?")
YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})")
DAY_ALONE = re.compile(r"(?:--)?(\d{1,2})\s*[-/.月]?\s*(\d{1,2})\s*[日号]?")
EIGHT = re.compile(r"(\d{4})(\d\d)(\d\d)")
FOUR = re.compile(r"(?:--)?(\d\d)(\d\d)")
MONTHS = {"正": 1, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10,
          "十一": 11, "冬": 11, "十二": 12, "腊": 12}  # fmt: skip
DIGITS = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
CHINESE_DAY = re.compile(
    "(正|冬|腊|十[一二]?|[一二三四五六七八九])月(初|廿|二十|三十|十)?([一二三四五六七八九十])?[日号]?"
)


@dataclass(frozen=True)
class Birthday:
    """A day of the year by either calendar; the year where it is known."""

    month: int
    day: int
    year: int | None = None
    is_lunar: bool = False


def birthday_in(text: str) -> Birthday | None:
    """“1980-05-20”, “--05-20”, “5月20日”, “农历八月十五”; None for anything else."""
    text = unicodedata.normalize("NFKC", text).strip()
    is_lunar = bool(LUNAR.match(text))
    text = LUNAR.sub("", text)
    if match := EIGHT.fullmatch(text) or YEAR_AND_DAY.fullmatch(text):
        year, month, day = map(int, match.groups())
        return Birthday(month, day, year if 1900 <= year <= 2200 else None, is_lunar)
    if match := YEAR_LAST.fullmatch(text):
        one, two, year = int(match[1]), int(match[3]), int(match[4])
        month, day = (two, one) if match[2] == "." or one > 12 else (one, two)  # with slashes as Americans do
        return Birthday(month, day, year if 1900 <= year <= 2200 else None, is_lunar)
    if match := FOUR.fullmatch(text) or DAY_ALONE.fullmatch(text):
        return Birthday(int(match[1]), int(match[2]), None, is_lunar)
    if match := CHINESE_DAY.fullmatch(text):
        day = day_in_chinese(match[2] or "", match[3] or "")
        return Birthday(MONTHS[match[1]], day, None, is_lunar or any(sign in text for sign in "初廿正冬腊"))
    return None


def day_in_chinese(tens: str, unit: str) -> int:
    """初五 → 5, 廿三 → 23, 三十 → 30; 0 for no day."""
    return {"": 0, "初": 0, "十": 10, "廿": 20, "二十": 20, "三十": 30}[tens] + DIGITS.get(unit, 0)


def unknown_words(words: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(word[:60] for word in words))
