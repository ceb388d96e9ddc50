"""One door for every kind of file: what it is is told by its content, never by its name."""

import re
from os import PathLike
from typing import BinaryIO

from django.utils.translation import gettext as _

from sync.files import limits
from sync.files.csv_file import open_csv
from sync.files.source import Source
from sync.files.table import BadFile, Table
from sync.files.vcard_file import is_vcard, open_vcard
from sync.files.xlsx_file import open_xlsx

ZIP = b"PK\x03\x04"
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
WEB_PAGE = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|table|meta|\?xml)", re.IGNORECASE)
NO_TEXT = (
    b"PK\x05\x06",
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"Rar!",
    b"7z\xbc\xaf",
    b"{\\rtf",
    b"\x7fELF",
    b"MZ\x90",
)


def open_table(
    path_or_file: str | PathLike[str] | BinaryIO,
    name: str = "",
    *,
    sheet: str = "",
    encoding: str = "",
    delimiter: str = "",
    header_row: int = 0,
) -> Table:
    """The file as a table, or `BadFile`; what a person knows better than the guess (`Table.facts`) is given."""
    source = Source(path_or_file)
    if source.size() > limits.FILE_BYTES:
        raise BadFile(
            _("“%(name)s” is larger than %(limit)d MB. Divide it into several files.")
            % {"name": name, "limit": limits.FILE_BYTES // limits.MB}
        )
    head = source.head()
    if head.startswith(ZIP):
        return open_xlsx(source, sheet=sheet, header_row=header_row)
    refuse_what_is_no_table(head)
    if is_vcard(head):
        return open_vcard(source)
    return open_csv(source, encoding=encoding, delimiter=delimiter, header_row=header_row)


def refuse_what_is_no_table(head: bytes) -> None:
    if head.startswith(OLD_OFFICE):
        raise BadFile(
            _("This workbook is encrypted. Save it without a password.")
            if ENCRYPTED in head
            else _("This is an old Excel file (XLS). Save it as XLSX.")
        )
    if WEB_PAGE.match(head):
        raise BadFile(
            _("This is a web page in spite of its name. Open it in a spreadsheet program and save it as XLSX.")
        )
    if head.startswith(NO_TEXT):
        raise BadFile(_("This is not a table. Choose a CSV, XLSX or vCard file."))
