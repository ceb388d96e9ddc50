"""Where uploaded files lie until they are forgotten: one each below `MEDIA_ROOT/imports`, named by the import's id."""

import hashlib
from collections.abc import Iterable
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from sync.files.opening import open_table
from sync.files.table import BadFile, Table
from sync.models import ImportRun

READ_WITH = ("sheet", "encoding", "delimiter", "header_row")


def path_of(pk: UUID) -> Path:
    return Path(settings.MEDIA_ROOT) / "imports" / str(pk)


def keep(pk: UUID, pieces: Iterable[bytes]) -> tuple[int, str]:
    """Store a file, readable by the product alone; its size and digest."""
    path = path_of(pk)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    with path.open("wb") as file:
        path.chmod(0o600)
        for piece in pieces:
            digest.update(piece)
            size += len(piece)
            file.write(piece)
    return size, digest.hexdigest()


def forget(pk: UUID) -> None:
    path_of(pk).unlink(missing_ok=True)


def table_of(run: ImportRun) -> Table:
    """The file as a table, read as somebody said it should be."""
    asked = {name: value for name in READ_WITH if (value := run.reading.get(name))}
    try:
        return open_table(path_of(run.pk), run.file_name, **asked)
    except FileNotFoundError:
        raise vanished() from None


def vanished() -> BadFile:
    return BadFile(_("The file is no longer here. Upload it once more."))
