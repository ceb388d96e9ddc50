"""What a cell means: text, yes or no, a number, one of several, a list; else a sentence that says what was expected."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

YES = (
    "yes",
    "y",
    "true",
    "t",
    "1",
    "x",
    "on",
    "ok",
    "✓",
    "✔",
    "√",
    "☑",
    "是",
    "有",
    "对",
    "真",
    "ja",
    "oui",
    "si",
    "sí",
)
NO = ("no", "n", "false", "f", "0", "off", "-", "✗", "✘", "×", "☐", "否", "无", "没有", "不是", "假", "nein", "non")
BETWEEN = re.compile(r"\s*(?:[;；、\r\n]|:::)\s*")  # the last is how Google writes several in one cell
TRUSTED_DIGITS = 15  # of a number in a spreadsheet; what follows was lost on saving
MONEY = re.compile(r"^(?:[¥$€£￥]|rmb|cny|usd|eur|hk\$|us\$)\s*|\s*(?:元|rmb|cny|usd|eur|[¥$€£￥])$")
THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:(?:,\d{3})+|(?:\.\d{3}){2,})")
LONGEST = 30  # digits before or behind the point
LARGE = {"万": 10_000, "亿": 100_000_000, "k": 1_000, "m": 1_000_000}
SHOWN = 60  # characters of a cell in a sentence
NAMED = 12  # choices in a sentence


class BadCell(ValueError):
    """A cell that does not say what its column asks for; its argument is a sentence."""

    @property
    def sentence(self) -> str:
        return str(self.args[0])


def read_text(cell: object) -> str:
    """A cell as a person would type it: the phone number 13800138000.0 has no fraction."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, int | float):
        return number_as_text(cell)
    return str(cell).strip()  # days and moments, too, as 2026-02-28 and 2026-02-28 09:30:00


def number_as_text(number: int | float) -> str:
    if not abs(number) < 10**TRUSTED_DIGITS:
        raise BadCell(
            _("A spreadsheet keeps only 15 digits of a number like %(number)s. Format the column as text there.")
            % {"number": f"{number:g}"}
        )
    return f"{number:.0f}" if number == int(number) else repr(number)


def read_bool(cell: object) -> bool | None:
    """Yes or no in either language; None for an empty cell."""
    text = plain(read_text(cell))
    if not text:
        return None
    if text in YES:
        return True
    if text in NO:
        return False
    raise BadCell(_("“%(cell)s” is neither yes nor no.") % {"cell": shown(cell)})


def read_number(cell: object) -> Decimal | None:
    """A number with or without separators, currency or 万; None for an empty cell."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return finite(repr(cell), cell)
    text = MONEY.sub("", plain(read_text(cell)))
    if not text:
        return None
    factor = LARGE.get(text[-1], 1)
    text = (text if factor == 1 else text[:-1]).replace(" ", "").replace("'", "")
    if text.startswith("(") and text.endswith(")"):
        text = "-" + text[1:-1]  # as accountants write it
    return finite(with_point(text), cell) * factor


def with_point(text: str) -> str:
    """Digits without separators of thousands; of comma and point the last one stands before the fraction."""
    if "," in text and "." in text:
        last, other = (",", ".") if text.rfind(",") > text.rfind(".") else (".", ",")
        return text.replace(other, "").replace(last, ".")
    if THOUSANDS.fullmatch(text):
        return text.replace(",", "").replace(".", "")
    return text.replace(",", ".")


def finite(text: str, cell: object) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal("NaN")
    if number.is_finite() and abs(number.adjusted()) < LONGEST and "_" not in text:
        return number
    raise BadCell(_("“%(cell)s” is not a number.") % {"cell": shown(cell)})


def read_choice(cell: object, choices: Mapping[str, Iterable[str]]) -> str | None:
    """The value whose own text or one of whose labels stands in the cell; None for an empty cell."""
    text = plain(read_text(cell))
    if not text:
        return None
    for value, labels in choices.items():
        if text == plain(value) or any(bare(text) == bare(plain(label)) for label in labels):
            return value
    named = [next(iter(labels), value) for value, labels in choices.items()]
    raise BadCell(
        _("“%(cell)s” is none of: %(choices)s.")
        % {"cell": shown(cell), "choices": pgettext("between names", ", ").join(named[:NAMED])}
    )


def bare(text: str) -> str:
    """Without the word for customer that ends the Chinese name of a tier, and is left out as often."""
    return text.removesuffix("客户") or text


def in_every_language(choices: Iterable[tuple[object, object]]) -> dict[str, list[str]]:
    """Choices of a field with their labels in all languages of the product, the reader's own first."""
    languages = dict.fromkeys([translation.get_language() or settings.LANGUAGE_CODE, *dict(settings.LANGUAGES)])
    labels: dict[str, list[str]] = {str(value): [] for value, _label in choices}
    for language in languages:
        with translation.override(language):
            for value, label in choices:
                labels[str(value)].append(str(label))
    return labels


def read_list(cell: object) -> list[str]:
    """Several texts in one cell, each once, in their order."""
    return list(dict.fromkeys(text for text in BETWEEN.split(read_text(cell)) if text))


@lru_cache(4096)
def plain(text: str) -> str:
    """Text for comparison: full width, case and spaces unified."""
    return " ".join(unicodedata.normalize("NFKC", text).replace("−", "-").casefold().split())


def shown(cell: object) -> str:
    """A cell within a sentence."""
    text = " ".join(str(cell).split())
    return text if len(text) <= SHOWN else text[:SHOWN] + "…"
