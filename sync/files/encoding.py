"""In which encoding a text file is written, found by reading all of it."""

import codecs
import re
from collections.abc import Iterator
from typing import BinaryIO

from django.utils.translation import gettext as _

from sync.files.source import Source
from sync.files.table import BadFile

CODECS = {
    "UTF-8": "utf-8-sig",
    "UTF-16": "utf-16",
    "UTF-16 LE": "utf-16-le",
    "UTF-16 BE": "utf-16-be",
    "GB18030": "gb18030",
    "Big5": "big5hkscs",
    "Windows-1252": "cp1252",
}
MARKS = ((codecs.BOM_UTF8, "UTF-8"), (codecs.BOM_UTF16_LE, "UTF-16"), (codecs.BOM_UTF16_BE, "UTF-16"))
PIECE = 256 * 1024
JUDGED = 256 * 1024  # bytes outside ASCII that are enough to tell Chinese from French
UNREADABLE = "\udcff"  # no valid text contains it
MARK_UNREADABLE = "sync.files.unreadable"

SIGN = re.compile(rb"[\x81-\xfe][0-9][\x81-\xfe][0-9]|[\x81-\xfe][\x40-\x7e\x80-\xfe]|[\x80-\xff]")
COMMON_IN_GB = re.compile(
    rb"[\xa1-\xa3\xb0-\xd7][\xa1-\xfe]|.{4}", re.DOTALL
)  # no other encoding looks like four bytes of it
COMMON_IN_BIG5 = re.compile(rb"[\xa1\xa4-\xc6][\x40-\x7e\xa1-\xfe]")
HIGH = re.compile(rb"[\x80-\xff]+")
LONG_IN_UTF8 = re.compile(rb"[\xe0-\xf4][\x80-\xbf]{2}")  # what Chinese takes
SHORT_RUN = re.compile(rb"(?!\xc3.\xc3)(?:[\xc2-\xdf][\xa1-\xbf]){2}", re.DOTALL)  # but not the éé of créée
NEVER_IN_GB2312 = re.compile(rb"[\x80-\xa0]")
ASCII_IN_UTF16 = re.compile("[\r\n,;\t|]")


def mark_unreadable(error: UnicodeError) -> tuple[str, int]:
    """Goes on behind bytes that mean nothing, leaving a mark for the row."""
    assert isinstance(error, UnicodeDecodeError)
    return UNREADABLE, error.end


codecs.register_error(MARK_UNREADABLE, mark_unreadable)


def encoding_of(source: Source) -> str:
    """The encoding of most rows, or `BadFile` naming the first row that makes no sense."""
    head = source.head()
    for mark, encoding in MARKS:
        if head.startswith(mark):
            return encoding
    if wide := utf16_without_mark(head):
        return wide
    with source.opened() as file:
        if is_utf8(file) and not is_chance(head):
            return "UTF-8"
    return Tally(source).verdict()


def utf16_without_mark(head: bytes) -> str:
    """UTF-16 has a NUL beside every comma and line break, always on the same side."""
    head = head[: len(head) // 2 * 2]
    sides = head[0::2].count(0), head[1::2].count(0)
    most = max(sides)
    if most * 50 < len(head) or min(sides) * 10 > most:
        return ""
    encoding = "UTF-16 BE" if sides[0] == most else "UTF-16 LE"
    text = head.decode(CODECS[encoding], "replace")
    return encoding if ASCII_IN_UTF16.search(text) and "\0" not in text else ""


def is_utf8(file: BinaryIO) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while piece := file.read(PIECE):
            decoder.decode(piece)
        decoder.decode(b"", True)
    except UnicodeDecodeError:
        return False
    return True


def is_chance(text: bytes) -> bool:
    """Whether Chinese text in GB18030 only happens to be valid UTF-8, as 伟 is, which looks like the letter ΰ."""
    return bool(SHORT_RUN.search(text)) and not is_certain(text)


class Tally:
    """What the lines outside ASCII look like, in bytes."""

    def __init__(self, source: Source) -> None:
        self.utf8_lines = self.certain_lines = self.other_lines = 0
        self.first_other = 0
        sample = bytearray()
        with source.opened() as file:
            for number, line in enumerate(lines_of(file), start=1):
                if line.isascii():
                    continue
                if is_utf8_line(line):
                    self.utf8_lines += 1
                    self.certain_lines += is_certain(line)
                    continue
                self.other_lines += 1
                self.first_other = self.first_other or number
                if len(sample) < JUDGED:
                    sample += line + b"\n"
        self.sample = bytes(sample)

    def verdict(self) -> str:
        """Mixed files have the encoding of most of their lines; the others are told of row by row.

        But a Chinese head row speaks for rows of a sign or two, which may be valid UTF-8 by chance.
        """
        signs = SIGN.findall(self.sample)
        is_gb = share(COMMON_IN_GB, signs) >= 0.65
        speaks_for_all = is_gb and self.first_other == 1 and not self.certain_lines
        if self.utf8_lines >= self.other_lines and not speaks_for_all:
            return "UTF-8"
        if is_gb:
            return "GB18030"
        if share(COMMON_IN_BIG5, signs) >= 0.8 and decodes(self.sample, "big5hkscs"):
            return "Big5"
        runs = HIGH.findall(self.sample)
        if sum(len(run) == 1 for run in runs) >= 0.8 * len(runs) and decodes(self.sample, "cp1252"):
            return "Windows-1252"
        raise BadFile(
            _("The encoding of this file was not recognised (row %(row)d). Save it as “CSV UTF-8” or as XLSX.")
            % {"row": self.first_other}
        )


def lines_of(file: BinaryIO) -> Iterator[bytes]:
    """Lines however they end; an endless one comes in parts, so numbers are right up to there."""
    carried = b""
    while piece := file.read(PIECE):
        *lines, carried = re.split(rb"\r\n|\n|\r(?!\Z)", carried + piece)
        yield from lines
        if len(carried) > PIECE:
            yield carried
            carried = b""
    yield carried


def is_utf8_line(line: bytes) -> bool:
    """Whether a line outside ASCII is UTF-8, and not by chance."""
    return decodes(line, "utf-8") and not is_chance(line)


def is_certain(line: bytes) -> bool:
    """Whether valid UTF-8 holds what Chinese in GB18030 does not look like."""
    return bool(LONG_IN_UTF8.search(line) or NEVER_IN_GB2312.search(line))


def decodes(text: bytes, encoding: str) -> bool:
    try:
        text.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def share(pattern: re.Pattern[bytes], signs: list[bytes]) -> float:
    return sum(1 for sign in signs if pattern.fullmatch(sign)) / max(len(signs), 1)
