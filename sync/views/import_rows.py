"""Rows of an import that need a word: page by page, and as a file with the cells as they came."""

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from pages.keyset import keyset
from sync.imports import report
from sync.models import ImportRow, ImportRowQuerySet, ImportRun
from sync.views.import_told import named
from sync.views.imports import steered_run

# Each is a question of the rows' queryset.
KINDS = {"refused": _("Refused rows"), "remarked": _("Rows to look at"), "kept": _("Rows that stay")}


@require_safe
def rows(request: HttpRequest, pk, kind: str) -> HttpResponse:
    run = steered_run(request, pk)
    page = keyset(rows_of(run, kind), ["number"], request.GET.get("cursor"))
    context = {"run": run, "kind": kind, "title": KINDS[kind], "page": page, "rows": named(run, page.rows)}
    return render(request, "sync/imports/rows.html", context)


@require_safe
def download(request: HttpRequest, pk, kind: str) -> StreamingHttpResponse:
    run = steered_run(request, pk)
    pieces = report.as_csv(run, rows_of(run, kind))
    response = StreamingHttpResponse(pieces, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{kind}-{run.pk}.csv"'
    return response


def rows_of(run: ImportRun, kind: str) -> ImportRowQuerySet:
    if kind not in KINDS:
        raise Http404
    return getattr(ImportRow.objects.of(run), kind)()
