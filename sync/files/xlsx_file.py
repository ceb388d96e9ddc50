"""XLSX: one sheet of a workbook as a table, streamed out of the archive."""

from collections.abc import Iterator
from io import BytesIO
from tempfile import TemporaryFile
from typing import IO
from zipfile import ZipFile

from django.utils.translation import gettext as _

from sync.files.shared_strings import SharedStrings
from sync.files.sheet_rows import sheet_rows
from sync.files.source import Source
from sync.files.table import BadFile, Facts, Row, Table
from sync.files.workbook import Workbook, read_workbook
from sync.files.zip_guard import guarded_zip, opened_part


def open_xlsx(source: Source, *, sheet: str = "", header_row: int = 0) -> Table:
    """A sheet as a table: the one asked for, else the first that is not hidden."""
    with source.opened() as file, guarded_zip(file) as archive:
        workbook = read_workbook(archive)
        name = chosen(workbook, sheet)

    def read() -> Iterator[Row]:
        with (
            source.opened() as file,
            guarded_zip(file) as archive,
            opened_part(archive, workbook.part_of_sheet[name]) as part,
            opened_strings(archive, workbook) as strings,
            TemporaryFile(buffering=0) as aside,
        ):
            yield from sheet_rows(part, SharedStrings(strings, aside), workbook)

    return Table(read, Facts("xlsx", sheet=name, sheets=tuple(workbook.sheets)), header_row)


def opened_strings(archive: ZipFile, workbook: Workbook) -> IO[bytes]:
    return opened_part(archive, workbook.strings) if workbook.strings else BytesIO()


def chosen(workbook: Workbook, sheet: str) -> str:
    names = [one.name for one in workbook.sheets]
    if sheet and sheet not in names:
        raise BadFile(_("There is no sheet “%(sheet)s” in this workbook.") % {"sheet": sheet})
    visible = [one.name for one in workbook.sheets if not one.hidden]
    if not names:
        raise BadFile(_("There is no sheet with cells in this workbook."))
    return sheet or (visible or names)[0]
