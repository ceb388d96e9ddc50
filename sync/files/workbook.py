"""What a workbook says about itself: its sheets, its parts, which cells are days."""

import posixpath
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import IO
from zipfile import ZipFile

from sync.files import limits
from sync.files.table import Sheet
from sync.files.xml_stream import Attributes, local, tags
from sync.files.zip_guard import damaged, opened_part

NUMBER, DAY, CLOCK = 0, 1, 2  # what a number is in a cell of some style
BUILT_IN = dict.fromkeys([14, 15, 16, 17, 22, *range(27, 37), *range(50, 59)], DAY) | dict.fromkeys(
    [18, 19, 20, 21, 45, 46, 47], CLOCK
)
NO_PATTERN = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)


@dataclass
class Workbook:
    """The small parts of a workbook, read."""

    sheets: list[Sheet] = field(default_factory=list)
    part_of_sheet: dict[str, str] = field(default_factory=dict)
    strings: str = ""
    kinds: bytearray = field(default_factory=bytearray)  # by style: NUMBER, DAY or CLOCK
    counts_from_1904: bool = False


def read_workbook(archive: ZipFile) -> Workbook:
    names = set(archive.namelist())
    main = next((path for kind, _id, path in relations(archive, "", names) if kind == "officeDocument"), "")
    if main not in names:
        raise damaged()
    related = list(relations(archive, main, names))
    worksheets = {id_: path for kind, id_, path in related if kind == "worksheet"}
    paths = {kind: path for kind, _id, path in related}
    workbook = Workbook(strings=paths.get("sharedStrings", ""))
    with small_part(archive, main) as part:
        for parent, name, attributes in tags(part):
            if name == "workbookPr":
                workbook.counts_from_1904 = attributes.get("date1904") in ("1", "true")
            elif (parent, name) == ("sheets", "sheet"):
                add_sheet(workbook, attributes, worksheets)
    if "styles" in paths:
        with small_part(archive, paths["styles"]) as part:
            workbook.kinds = kinds_of_styles(part)
    return workbook


def relations(archive: ZipFile, owner: str, names: set[str]) -> Iterator[tuple[str, str, str]]:
    """Kind, id and path of the parts that a part refers to; nothing outside the file."""
    folder, file = posixpath.split(owner)
    path = posixpath.join(folder, "_rels", f"{file}.rels")
    if path not in names:
        return
    with small_part(archive, path) as part:
        for count, (_parent, name, attributes) in enumerate(tags(part)):
            if count > limits.ENTRIES:
                raise damaged()
            if name == "Relationship" and attributes.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, attributes.get("Target", ""))).lstrip("/")
                if target in names:
                    yield attributes.get("Type", "").rpartition("/")[2], attributes.get("Id", ""), target


def add_sheet(workbook: Workbook, attributes: Attributes, worksheets: dict[str, str]) -> None:
    """Sheets of cells only: charts and dialogues are none."""
    ids = [value for key, value in attributes.items() if ":" in key and local(key) == "id"]
    if ids and ids[0] in worksheets:
        name = attributes.get("name", "")
        if len(workbook.sheets) >= limits.ENTRIES:
            raise damaged()
        workbook.sheets.append(Sheet(name, hidden=attributes.get("state", "visible") != "visible"))
        workbook.part_of_sheet[name] = worksheets[ids[0]]


def kinds_of_styles(part: IO[bytes]) -> bytearray:
    formats: dict[str, int] = {str(id_): kind for id_, kind in BUILT_IN.items()}
    kinds = bytearray()
    for parent, name, attributes in tags(part):
        if len(formats) > limits.ENTRIES:
            raise damaged()
        if name == "numFmt" and parent == "numFmts":
            formats[attributes.get("numFmtId", "")] = kind_of_format(attributes.get("formatCode", ""))
        elif name == "xf" and parent == "cellXfs":
            kinds.append(formats.get(attributes.get("numFmtId", ""), NUMBER))
    return kinds


def kind_of_format(code: str) -> int:
    """Whether a number format shows a day or a time; m alone is a month, beside h or s minutes."""
    signs = set(NO_PATTERN.sub("", code.partition(";")[0]).casefold())
    if signs & set("ydg年月日") or ("m" in signs and not signs & set("hs")):
        return NUMBER if "general" in code.casefold() else DAY
    return CLOCK if signs & set("hs") else NUMBER


@contextmanager
def small_part(archive: ZipFile, path: str) -> Iterator[IO[bytes]]:
    if archive.getinfo(path).file_size > limits.SMALL_PART_BYTES:
        raise damaged()
    with opened_part(archive, path) as part:
        yield part
