"""Matching a file's columns, and reading it anew where it was misunderstood."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from sync.files.table import BadFile
from sync.forms.import_columns import ColumnsForm
from sync.forms.import_reading import ReadingForm
from sync.imports import job
from sync.imports.programs import SETS
from sync.imports.receiving import read_anew
from sync.models import ImportMapping, ImportRun
from sync.models.import_run import NotNow
from sync.views.imports import authored_run, told_otherwise

OPEN = (ImportRun.State.UPLOADED, ImportRun.State.CHECKED)


def columns(request: HttpRequest, pk) -> HttpResponse:
    """What each column means; what was said is remembered, and the dry run begins."""
    run = authored_run(request, pk)
    if run.state not in OPEN:
        return redirect(run)
    form = ColumnsForm(request.POST or None, run=run)
    if request.method != "POST" or not form.is_valid():
        return show(request, run, form, ReadingForm(run=run))
    targets, source = form.targets(), form.cleaned_data["source"]
    try:
        run.dry_run(targets, source=source, reading=form.reading(), options=form.options())
    except NotNow:
        return told_otherwise(request, run)
    ImportMapping.remember(run.record_type, run.headers, targets, source=source, by=request.user)
    job.ring(run)
    return redirect(run)


@require_POST
def reread(request: HttpRequest, pk) -> HttpResponse:
    """The same file with another sheet, encoding or row of headers."""
    run = authored_run(request, pk)
    form = ReadingForm(request.POST, run=run)
    if form.is_valid():
        try:
            read_anew(run, {name: value for name, value in form.cleaned_data.items() if value})
        except NotNow:
            return told_otherwise(request, run)
        except BadFile as bad:
            form.add_error(None, bad.sentence)
        else:
            return redirect("sync:columns", pk)
    return show(request, run, ColumnsForm(run=run), form)


def show(request: HttpRequest, run: ImportRun, form: ColumnsForm, reading: ReadingForm) -> HttpResponse:
    context = {"run": run, "form": form, "reading": reading, "sources": SETS}
    status = 422 if form.errors or reading.errors else 200
    return render(request, "sync/imports/columns.html", context, status=status)
