"""XML read in pieces and in bounded memory: no document type, no entities, nothing endless, nothing bottomless."""

import zlib
from collections.abc import Iterator
from typing import IO, Protocol
from xml.parsers import expat
from zipfile import BadZipFile

from sync.files import limits
from sync.files.table import BadFile
from sync.files.zip_guard import damaged

PIECE = 8 * 1024
Attributes = dict[str, str]


class Handler(Protocol):
    def start(self, name: str, attributes: Attributes) -> None: ...
    def end(self, name: str) -> None: ...
    def text(self, piece: str) -> None: ...


def fed(part: IO[bytes], handler: Handler) -> Iterator[None]:
    """Hands a part to its handler, and pauses after each piece so that the caller can take what has come up."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = handler.start
    parser.EndElementHandler = handler.end
    parser.CharacterDataHandler = handler.text
    given = 0
    try:
        while piece := part.read(PIECE):
            parser.Parse(piece, False)
            given += len(piece)
            if given - parser.CurrentByteIndex > limits.XML_TOKEN or len(parser.intern) > limits.XML_NAMES:
                raise damaged()
            yield
        parser.Parse(b"", True)
        yield
    except (expat.ExpatError, BadZipFile, zlib.error, EOFError, ValueError) as trouble:
        if isinstance(trouble, BadFile):
            raise
        raise damaged() from None


def refuse(*_arguments: object) -> None:
    raise damaged()


def local(name: str) -> str:
    """A name without the prefix of its namespace."""
    return name.rpartition(":")[2]


class Tags:
    """The tags of a small part with their parents'."""

    def __init__(self) -> None:
        self.open = [""]
        self.ready: list[tuple[str, str, Attributes]] = []

    def start(self, name: str, attributes: Attributes) -> None:
        name = local(name)
        self.ready.append((self.open[-1], name, attributes))
        self.open.append(name)
        if len(self.open) > limits.XML_DEPTH:
            raise damaged()

    def end(self, name: str) -> None:
        self.open.pop()

    def text(self, piece: str) -> None:
        pass


def tags(part: IO[bytes]) -> Iterator[tuple[str, str, Attributes]]:
    handler = Tags()
    for _pause in fed(part, handler):
        yield from handler.ready
        handler.ready.clear()
