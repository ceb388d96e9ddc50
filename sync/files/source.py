"""Where the bytes are: a path, or an open file that can be rewound."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from os import PathLike
from pathlib import Path
from typing import BinaryIO, cast

HEAD = 64 * 1024


class Source:
    """A file that is read from its beginning as often as asked."""

    def __init__(self, path_or_file: str | PathLike[str] | BinaryIO) -> None:
        self.origin = Path(path_or_file) if isinstance(path_or_file, str | PathLike) else path_or_file

    @contextmanager
    def opened(self) -> Iterator[BinaryIO]:
        """The file at its beginning; one that was handed over open stays open."""
        if isinstance(self.origin, Path):
            with self.origin.open("rb") as file:
                yield file
        else:
            self.origin.seek(0)
            yield cast(BinaryIO, io.BufferedReader(Borrowed(self.origin)))

    def head(self) -> bytes:
        with self.opened() as file:
            return file.read(HEAD)

    def size(self) -> int:
        with self.opened() as file:
            return file.seek(0, io.SEEK_END)


class Borrowed(io.RawIOBase):
    """Somebody else's file, which is never closed here."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]
        piece = self.file.read(len(buffer))
        buffer[: len(piece)] = piece
        return len(piece)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self.file.seek(offset, whence)

    def tell(self) -> int:
        return self.file.tell()
