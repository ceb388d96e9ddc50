"""What a list shows, carried away: as a file, and on paper."""

from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.text import get_valid_filename
from django.views.decorators.http import require_safe

from records.list_cells import lines
from records.lists import Question
from sync.exports import Export, chunks
from sync.files.writing import csv_pieces, write_xlsx
from sync.lists import file_named, list_named

ON_PAPER = 1000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def export(request: HttpRequest, name: str) -> HttpResponseBase:
    """Its rows in its order with its columns, or with all that can come in again, as CSV or XLSX."""
    listing = file_named(name)
    taken = Export(listing, request.GET, request.user)
    label = str(listing.type.label)
    filename = get_valid_filename(f"{label} {timezone.localdate():%Y-%m-%d}")
    if request.GET.get("as") == "xlsx":
        file = write_xlsx(taken.headers, taken.rows(), label)
        return sent(FileResponse(file, content_type=XLSX), f"{filename}.xlsx")
    pieces = csv_pieces(taken.headers, taken.rows())
    return sent(StreamingHttpResponse(pieces, content_type="text/csv; charset=utf-8"), f"{filename}.csv")


def sent(response: Any, filename: str) -> HttpResponseBase:
    """As a download of this name; nobody keeps a copy on the way."""
    response["Content-Disposition"] = content_disposition_header(True, filename)
    response["Cache-Control"] = "no-store"
    return response


@require_safe
def paper(request: HttpRequest, name: str) -> HttpResponse:
    """All rows up to a bound, with nothing around them."""
    listing = list_named(name)
    question = Question(listing, request.GET, request.user)
    columns = [column for column in question.columns if column.name not in listing.on_screen]
    rows = [row for some in chunks(question, ON_PAPER + 1) for row in some]
    context = {
        "listing": listing,
        "columns": columns,
        "chips": list(question.filters.chips(request.GET)),
        "lines": lines(listing, columns, rows[:ON_PAPER], picks=False),
        "count": min(len(rows), ON_PAPER),
        "is_cut": len(rows) > ON_PAPER,
        "today": timezone.localdate(),
        "back": f"{reverse(listing.page)}?{request.GET.urlencode() or 'view=all'}",
    }
    return render(request, "sync/paper.html", context)
