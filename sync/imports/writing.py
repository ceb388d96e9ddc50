"""A chunk of drafts becoming records, whatever the database refuses: halved until the bad rows are alone."""

from collections.abc import Callable, Sequence

from django.db import DataError, IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from records.intake import Draft, Verdict

Write = Callable[[Sequence[Draft]], list[Verdict]]
# All imports of an installation; any number that nothing else takes.
TURN = 7_150_061_503


def take_turn() -> None:
    """Wait for the other imports' chunks; held until the transaction ends. On SQLite the transaction is the turn."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TURN])


def written(write: Write, drafts: Sequence[Draft]) -> list[Verdict]:
    """What `write` says of the drafts; those it can only fail with are refused, each by itself."""
    if not drafts:
        return []
    try:
        with transaction.atomic():
            return write(drafts)
    except (IntegrityError, DataError) as error:
        if len(drafts) == 1:
            return [refused(drafts[0], error)]
    middle = len(drafts) // 2
    return [*written(write, drafts[:middle]), *written(write, drafts[middle:])]


def refused(draft: Draft, error: Exception) -> Verdict:
    verdict = Verdict(draft.number)
    reason = " ".join(str(error).split())[:200]
    verdict.refuse(_("The database does not take this row: %(reason)s") % {"reason": reason})
    return verdict
