"""vCards as a table: a row for each card, a column for each thing that cards say, named as in the cards.

FN · N.family · N.given · ORG · ORG.unit · TITLE · TEL.cell · TEL.cell.2 · EMAIL.work · BDAY · NOTE · UID · X-QQ …
"""

import codecs
import io
import re
from collections import Counter
from collections.abc import Iterator
from typing import BinaryIO

from django.utils.translation import gettext as _

from accounts.search_key import is_han
from sync.files import limits
from sync.files.encoding import CODECS, MARK_UNREADABLE, encoding_of, lines_of
from sync.files.source import Source
from sync.files.table import BadFile, Cell, Facts, Row, Table, too_many_columns
from sync.files.vcard_lines import Card, Property, cards

PARTS_OF_NAME = ("family", "given", "middle", "prefix", "suffix")
FIRST = ("FN", "N.family", "N.given", "ORG", "ORG.unit", "TITLE", "TEL", "EMAIL")
KINDS = {  # of a phone, an address: the first that is said of it
    "fax": "fax", "cell": "cell", "mobile": "cell", "iphone": "cell", "pager": "pager",
    "work": "work", "home": "home", "main": "main", "other": "other",
}  # fmt: skip
WITH_KIND = ("TEL", "EMAIL", "ADR", "URL", "IMPP")
LISTS = ("NICKNAME", "CATEGORIES")
LEFT_OUT = ("PRODID", "X-ABLABEL", "X-ABADR", "AGENT")
BETWEEN = "; "
PREFIX = re.compile("^(?:tel|mailto):", re.IGNORECASE)


def is_vcard(head: bytes) -> bool:
    return head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xfe\xff\r\n\t ").upper().startswith(b"BEGIN:VCARD")


def open_vcard(source: Source) -> Table:
    encoding = encoding_or_utf8(source)

    def read() -> Iterator[Row]:
        headers = all_headers(source, encoding)
        if headers:
            yield Row(0, list(headers))
            yield from (as_row(card, headers) for card in cards_of(source, encoding))

    return Table(read, Facts("vcard", encoding=encoding))


def encoding_or_utf8(source: Source) -> str:
    """Cards may each say their own charset, so that the file as a whole has none."""
    try:
        return encoding_of(source)
    except BadFile:
        return "UTF-8"


def cards_of(source: Source, encoding: str) -> Iterator[Card]:
    with source.opened() as file:
        yield from cards(byte_lines(file, encoding), "utf-8" if encoding.startswith("UTF") else CODECS[encoding])


def byte_lines(file: BinaryIO, encoding: str) -> Iterator[bytes]:
    """Lines as bytes, since every property may have a charset of its own."""
    if encoding.startswith("UTF-16"):
        text = io.TextIOWrapper(file, CODECS[encoding], MARK_UNREADABLE)
        yield from (line.rstrip("\n").encode("utf-8", "surrogateescape") for line in text)
    else:
        yield from (line.removeprefix(codecs.BOM_UTF8) for line in lines_of(file))


def all_headers(source: Source, encoding: str) -> list[str]:
    """What the cards of a file say of people, the usual things first."""
    found: dict[str, None] = {}
    for card in cards_of(source, encoding):
        found.update(dict.fromkeys(named_values(card)))
        if len(found) > limits.COLUMNS:
            raise BadFile(too_many_columns(len(found)))
    return [header for header in FIRST if header in found] + [header for header in found if header not in FIRST]


def as_row(card: Card, headers: list[str]) -> Row:
    values = named_values(card)
    return Row(card.number, [values.get(header) for header in headers], problem_of(card))


def problem_of(card: Card) -> str:
    if not card.is_closed:
        return _("This card has no end; the line END:VCARD is missing.")
    if card.is_too_long:
        return _("This card is longer than %(limit)d characters.") % {"limit": limits.RECORD}
    if not card.is_readable:
        return _("This card contains text in an encoding other than it says.")
    return ""


def named_values(card: Card) -> dict[str, Cell]:
    """What a card says, by header; of several phones the preferred one first."""
    values: dict[str, Cell] = {}
    times: Counter[str] = Counter()
    for found in sorted(card.properties, key=lambda one: "pref" not in one.types):
        for header, value in spoken(found):
            times[header] += 1
            values[header if times[header] == 1 else f"{header}.{times[header]}"] = value
    values.update(full_name(values))
    return values


def spoken(found: Property) -> Iterator[tuple[str, str]]:
    """A property as headers and texts."""
    name = found.name
    if name in LEFT_OUT:
        return
    if name == "N":
        yield from ((f"N.{part}", text) for part, text in zip(PARTS_OF_NAME, found.parts(), strict=False) if text)
    elif name == "ORG":
        company, *units = found.parts()
        yield from ((header, text) for header, text in (("ORG", company), ("ORG.unit", " / ".join(units))) if text)
    elif name == "ADR":
        yield kind_of(found), " ".join(part for part in found.parts() if part)
    elif name in LISTS:
        yield name, BETWEEN.join(part for part in found.parts(",") if part)
    else:
        yield kind_of(found), PREFIX.sub("", found.text()) if name in WITH_KIND else found.text()


def kind_of(found: Property) -> str:
    """TEL.cell for a phone that is said to be one."""
    kind = next((KINDS[kind] for kind in KINDS if kind in found.types), "") if found.name in WITH_KIND else ""
    return f"{found.name}.{kind}" if kind else found.name


def full_name(values: dict[str, Cell]) -> dict[str, Cell]:
    """A Chinese name as it is written, family first and without space; others as the card has them."""
    family, given, middle = (str(values.get(f"N.{part}") or "") for part in PARTS_OF_NAME[:3])
    if is_han(family + given):
        return {"FN": family + given} if not values.get("FN") or family and given else {}
    together = " ".join(part for part in (given, middle, family) if part)
    return {"FN": together} if together and not values.get("FN") else {}
