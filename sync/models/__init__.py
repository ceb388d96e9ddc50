"""What the doors that are no pages remember: imports, saved views."""

from sync.models.bulk_edit import BulkEdit
from sync.models.import_mapping import ImportMapping
from sync.models.import_row import ImportRow, ImportRowQuerySet
from sync.models.import_run import ImportRun
from sync.models.saved_view import SavedView

__all__ = ["BulkEdit", "ImportMapping", "ImportRow", "ImportRowQuerySet", "ImportRun", "SavedView"]
