"""The names of columns: compared without their looks, and every column with one of its own."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

E_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
NUMBER = re.compile(r"[+\d][\d\s().-]{4,}")


def folded(header: str) -> str:
    """Case, spaces, punctuation and full-width forms gone: “E-mail 1 – Value” and “ｅｍａｉｌ1value” are one."""
    plain = unicodedata.normalize("NFKC", header).casefold()
    return "".join(sign for sign in unicodedata.normalize("NFKC", plain) if sign.isalnum())


def columns_named(names: list[str]) -> tuple[list[str], list[str]]:
    """A name for each column, and remarks on those that had none or one that was taken."""
    given: list[str] = []
    remarks: list[str] = []
    for place, name in enumerate(names):
        own = name or f"[{letters(place)}]"
        if own in given:
            own = next(own for number in range(2, len(names) + 2) if (own := f"{name} ({number})") not in given)
            remarks.append(
                _("The header “%(name)s” stands more than once; the one in column %(column)s is called “%(own)s” here.")
                % {"name": name, "column": letters(place), "own": own}
            )
        elif not name:
            remarks.append(
                _("Column %(column)s has no header; it is called “%(own)s” here.")
                % {"column": letters(place), "own": own}
            )
        given.append(own)
    return given, remarks


def letters(place: int) -> str:
    """What a spreadsheet calls a column: 0 → A, 26 → AA."""
    text = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def looks_like_values(cells: Sequence[object]) -> bool:
    """Whether a row of headers has an e-mail address, a number or a date in it, as no header is."""
    return any(isinstance(cell, int | float | date) or is_value(str(cell or "")) for cell in cells)


def is_value(text: str) -> bool:
    return bool(E_MAIL.fullmatch(text.strip()) or NUMBER.fullmatch(text.strip()))
