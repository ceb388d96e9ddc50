"""The texts of a workbook, which its cells name by number: kept on disk, a block at a time in memory."""

from array import array
from typing import IO

from sync.files import limits
from sync.files.xml_stream import Attributes, fed, local
from sync.files.zip_guard import damaged

BLOCK = 16  # texts; neighbours are mostly asked for one after the other
REMEMBERED = 2_000_000  # characters
END = object()
BETWEEN = "\0"  # no XML contains it


class SharedStrings:
    """Texts by number, read on only as far as somebody asks."""

    def __init__(self, part: IO[bytes], file: IO[bytes]) -> None:
        self.file = file
        self.unread = Texts()
        self.pauses = fed(part, self.unread)
        self.begins = array("Q", [0])
        self.blocks: dict[int, list[str]] = {}
        self.remembered = self.reloaded = 0

    def __getitem__(self, number: int) -> str:
        while number >= self.on_disk + len(self.unread.ready):
            if next(self.pauses, END) is END:
                raise damaged()
            self.put_aside()
        if number >= self.on_disk:
            return self.unread.ready[number - self.on_disk]
        place, rest = divmod(number, BLOCK)
        return (self.blocks.get(place) or self.block(place))[rest]

    @property
    def on_disk(self) -> int:
        return (len(self.begins) - 1) * BLOCK

    def put_aside(self) -> None:
        """Writes full blocks behind those on disk."""
        ready = self.unread.ready
        full = len(ready) // BLOCK * BLOCK
        if full:
            self.file.seek(self.begins[-1])
        for first in range(0, full, BLOCK):
            self.begins.append(self.begins[-1] + self.file.write(BETWEEN.join(ready[first : first + BLOCK]).encode()))
        del ready[:full]
        if self.on_disk > limits.SHARED_STRINGS:
            raise damaged()

    def block(self, place: int) -> list[str]:
        self.file.seek(self.begins[place])
        text = self.file.read(self.begins[place + 1] - self.begins[place]).decode()
        self.remembered += len(text)
        self.reloaded += len(text)
        if self.reloaded > limits.RELOADED:
            raise damaged()
        if self.remembered > REMEMBERED:
            self.blocks.clear()
            self.remembered = len(text)
        self.blocks[place] = text.split(BETWEEN)
        return self.blocks[place]


class Texts:
    """Collects the text of each entry, its formatted runs joined, without hints on how to say it."""

    def __init__(self) -> None:
        self.ready: list[str] = []
        self.pieces: list[str] = []
        self.size = self.depth = 0
        self.listens = self.is_hint = False

    def start(self, name: str, _attributes: Attributes) -> None:
        name = local(name)
        self.depth += 1
        if name == "t":
            self.listens = not self.is_hint
        elif name == "rPh":
            self.is_hint = True
        elif self.depth > limits.XML_DEPTH:
            raise damaged()

    def end(self, name: str) -> None:
        name = local(name)
        self.depth -= 1
        self.listens = False
        if name == "rPh":
            self.is_hint = False
        elif name == "si":
            self.ready.append("".join(self.pieces))
            self.pieces, self.size = [], 0

    def text(self, piece: str) -> None:
        if self.listens and self.size <= limits.CELL:
            self.pieces.append(piece)
            self.size += len(piece)
