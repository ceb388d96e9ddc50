"""Looks at the list of parts of a workbook before any is unpacked, and refuses what would do harm."""

import re
import struct
import zlib
from typing import IO, BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from django.utils.translation import gettext as _

from sync.files import limits
from sync.files.table import BadFile

END = b"PK\x05\x06"  # where the directory's size stands, at most 64 kB before the end
LOCATOR, LARGE_END = b"PK\x06\x07", b"PK\x06\x06"  # the same for archives beyond 4 GB
TAIL = 66_000
MACROS = re.compile(r"vbaproject|macrosheets/|\.bin\.rels$", re.IGNORECASE)
OTHER_KINDS = (
    ("xl/workbook.bin", "XLSB"),
    ("content.xml", "OpenDocument"),
    ("word/document.xml", "Word"),
    ("ppt/presentation.xml", "PowerPoint"),
    ("Index/Document.iwa", "Numbers"),
)


def guarded_zip(file: BinaryIO) -> ZipFile:
    """The archive, if its list of parts promises a workbook of bearable size."""
    if not directory_is_small(file):
        raise damaged()
    file.seek(0)
    try:
        archive = ZipFile(file)
    except (BadZipFile, RuntimeError, ValueError, OSError, struct.error):
        raise damaged() from None
    parts = archive.infolist()
    refuse_other_kinds({part.filename for part in parts})
    refuse_bombs(parts)
    refuse_macros(archive, parts)
    return archive


def directory_is_small(file: BinaryIO) -> bool:
    """Whether the list itself is short: Python would load all of it."""
    size = file.seek(0, 2)
    file.seek(max(size - TAIL, 0))
    tail = file.read(TAIL)
    place = tail.rfind(END)
    if place < 0 or len(tail) - place < 22:
        return False
    entries, length = struct.unpack_from("<HI", tail, place + 10)
    if LOCATOR in tail[max(place - 20, 0) : place]:
        (large,) = struct.unpack_from("<Q", tail, place - 12)
        file.seek(min(large, size))
        record = file.read(56)
        if not record.startswith(LARGE_END) or len(record) < 56:
            return False
        entries, length = struct.unpack_from("<QQ", record, 32)
    return bool(entries <= limits.ZIP_ENTRIES and length <= limits.ZIP_DIRECTORY_BYTES)


def refuse_other_kinds(names: set[str]) -> None:
    for name, kind in OTHER_KINDS:
        if name in names:
            raise BadFile(
                _("This is a %(kind)s file. Open it in its program and save the table as XLSX or “CSV UTF-8”.")
                % {"kind": kind}
            )


def refuse_bombs(parts: list[ZipInfo]) -> None:
    unpacked = sum(part.file_size for part in parts)
    if unpacked > limits.UNPACKED_BYTES:
        raise BadFile(
            _("This workbook unpacks to %(size)d MB; up to %(limit)d MB can be read. Divide it into several files.")
            % {"size": unpacked // limits.MB, "limit": limits.UNPACKED_BYTES // limits.MB}
        )
    for part in parts:
        if part.file_size > limits.RATIO_MATTERS_FROM and part.file_size > limits.RATIO * part.compress_size:
            raise BadFile(
                _("This workbook is packed more tightly than a table can be. Save it anew in a spreadsheet program.")
            )
        if part.flag_bits & 1 or part.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise damaged()


def refuse_macros(archive: ZipFile, parts: list[ZipInfo]) -> None:
    if any(MACROS.search(part.filename) for part in parts) or b"macroEnabled" in content_types(archive):
        raise BadFile(_("This workbook contains macros. Save it as XLSX without macros."))


def content_types(archive: ZipFile) -> bytes:
    try:
        with opened_part(archive, "[Content_Types].xml") as part:
            return part.read(limits.MB)
    except (BadZipFile, zlib.error, EOFError):
        raise damaged() from None


def opened_part(archive: ZipFile, path: str) -> IO[bytes]:
    try:
        return archive.open(path)
    except (KeyError, BadZipFile, RuntimeError, ValueError, OSError, struct.error):
        raise damaged() from None


def damaged() -> BadFile:
    return BadFile(_("This workbook is damaged. Open it in a spreadsheet program and save it anew as XLSX."))
