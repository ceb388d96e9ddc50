"""What is said of an import on its page: how many rows came to what, and row by row."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import pgettext_lazy

from sync.imports import report
from sync.models import ImportRow, ImportRun

ACTS = {
    "create": pgettext_lazy("rows of an import", "new"),
    "change": pgettext_lazy("rows of an import", "changed"),
    "nothing": pgettext_lazy("rows of an import", "unchanged"),
    "refuse": pgettext_lazy("rows of an import", "refused"),
}
BACK = {
    "back": pgettext_lazy("rows of an import", "taken back"),
    "kept": pgettext_lazy("rows of an import", "kept"),
}
TONES = {"refuse": "bad", "kept": "warn"}


def figures(run: ImportRun) -> list[dict[str, Any]]:
    """How many rows came to what; those of taking back where that was asked for."""
    names, counts = BACK if run.undone_by_id else ACTS, run.tally
    return [
        {"label": label, "number": counts[name], "tone": TONES.get(name, "") if counts[name] else ""}
        for name, label in names.items()
    ]


def named(run: ImportRun, rows: Iterable[ImportRow]) -> list[dict[str, Any]]:
    """Rows with what is to be said of them."""
    return [{"row": row, "told": report.told(run, row)} for row in rows]
