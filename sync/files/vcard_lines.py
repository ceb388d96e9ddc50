"""The lines of a vCard file put together again: folded lines, soft line breaks, quoted-printable, charsets, escapes."""

import binascii
import codecs
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from sync.files import limits

BEGIN, END = b"BEGIN:VCARD", b"END:VCARD"
HEAD = re.compile(rb'\s*([\w.-]+)((?:;(?:"[^"]*"|[^":])*)?):')
PARAMETER = re.compile(r'((?:"[^"]*"|[^";])*);?')
ESCAPE = re.compile(r"\\(.)", re.DOTALL)
CHARSETS = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "ansi": "cp1252"}
KNOWN_CHARSETS = ("utf-8", "utf-16", "ascii", "gb", "big5", "cp", "iso8859", "shift_jis", "euc", "koi8")
BINARY = frozenset(("PHOTO", "LOGO", "SOUND", "KEY"))


@dataclass
class Property:
    """One line of a card: TEL;TYPE=CELL:138…"""

    name: str
    types: frozenset[str]
    value: str
    version: str = "3.0"

    def parts(self, separator: str = ";") -> list[str]:
        """The value divided at its separators, each part as meant."""
        return [self.meant(part) for part in divided(self.value, separator)]

    def text(self) -> str:
        return self.meant(self.value)

    def meant(self, text: str) -> str:
        """Without escapes; the old version knows only that of the semicolon."""
        if self.version == "2.1":
            return text.replace("\\;", ";").strip()
        return ESCAPE.sub(lambda match: "\n" if match[1] in "nN" else match[1], text).strip()


@dataclass
class Card:
    """A card under the number of its first line."""

    number: int
    properties: list[Property] = field(default_factory=list)
    version: str = "3.0"
    size: int = 0
    is_closed: bool = False
    is_readable: bool = True

    @property
    def is_too_long(self) -> bool:
        return self.size > limits.RECORD

    def add(self, line: bytes, encoding: str) -> None:
        self.size += len(line)
        if self.is_too_long:
            return
        try:
            found = property_of(line, self.version, encoding)
        except (UnicodeDecodeError, LookupError, binascii.Error):
            self.is_readable = False
            return
        if found and found.name == "VERSION":
            self.version = found.value.strip()
        elif found and found.value.strip(" ;"):
            self.properties.append(found)


def divided(text: str, separator: str) -> list[str]:
    """Parts between separators that no backslash takes away."""
    parts, begin, place = [], 0, 0
    while place < len(text):
        if text[place] == "\\":
            place += 1
        elif text[place] == separator:
            parts.append(text[begin:place])
            begin = place + 1
        place += 1
    return [*parts, text[begin:]]


def cards(lines: Iterable[bytes], encoding: str) -> Iterator[Card]:
    """The cards of a file one by one; where one begins, the one before is over."""
    card: Card | None = None
    for number, line in without_agents(whole_lines(lines)):
        mark = line.strip().upper()
        if mark == BEGIN:
            if card:
                yield card
            card = Card(number)
        elif card and mark == END:
            card.is_closed = True
            yield card
            card = None
        elif card:
            card.add(line, encoding)
    if card:
        yield card


def without_agents(lines: Iterable[tuple[int, bytes]]) -> Iterator[tuple[int, bytes]]:
    """The lines without cards inside others, which are of somebody's secretary."""
    before, is_inside = b"", False
    for number, line in lines:
        mark = line.strip().upper()
        is_inside = is_inside or (mark == BEGIN and before.startswith(b"AGENT"))
        if not is_inside:
            yield number, line
        is_inside = is_inside and mark != END
        before = mark


def whole_lines(lines: Iterable[bytes]) -> Iterator[tuple[int, bytes]]:
    """Lines with those joined that belong together, under the number of the first."""
    begun, pieces, size, is_quoted = 0, [b""], 0, False
    for number, line in enumerate(lines, start=1):
        is_soft = is_quoted and pieces[-1].endswith(b"=")
        if begun and (is_soft or line[:1] in (b" ", b"\t")) and size <= limits.RECORD:
            if is_soft:
                pieces[-1] = pieces[-1][:-1]
            pieces.append(line if is_soft else line[1:])
            size += len(line)
            continue
        if begun:
            yield begun, b"".join(pieces)
        begun, pieces, size, is_quoted = number, [line], len(line), is_quoted_printable(line)
    if begun:
        yield begun, b"".join(pieces)


def is_quoted_printable(line: bytes) -> bool:
    return b"QUOTED-PRINTABLE" in line.partition(b":")[0].upper()


def property_of(line: bytes, version: str, encoding: str) -> Property | None:
    """A line taken apart; None for pictures, and for what is no property."""
    match = HEAD.match(line)
    if not match:
        return None
    name = match[1].decode().rpartition(".")[2].upper()
    if name in BINARY:
        return None
    parameters = PARAMETER.findall(match[2].decode("utf-8", "replace"))
    given = [parameter.strip().partition("=") for parameter in parameters if parameter.strip()]
    named = {key.upper(): value.strip('"') for key, sign, value in given if sign}
    bare = [key.upper() for key, sign, _value in given if not sign]
    types = [value for key, sign, value in given if key.upper() == "TYPE"]
    text = decoded(line[match.end() :], named.get("ENCODING", " ".join(bare)).upper(), named.get("CHARSET", encoding))
    kinds = {kind.strip(' "').casefold() for kind in ",".join([*types, *bare]).split(",")}
    if "PREF" in named:
        kinds.add("pref")
    return Property(name, frozenset(kinds), text, version)


def decoded(value: bytes, transfer: str, charset: str) -> str:
    if "QUOTED-PRINTABLE" in transfer:
        value = binascii.a2b_qp(value)
    elif transfer in ("B", "BASE64"):
        value = binascii.a2b_base64(value)
    codec = codecs.lookup(CHARSETS.get(charset.casefold(), charset)).name
    if not codec.startswith(KNOWN_CHARSETS):
        raise LookupError(charset)
    return value.decode(codec)
