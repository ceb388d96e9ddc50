"""Files on their way in: the list of them, a new one, and the page of each, whatever state it is in."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pages.htmx import go, toast
from pages.keyset import keyset
from pages.uploads import is_too_large
from sync.files.table import BadFile
from sync.forms.import_upload import UploadForm
from sync.imports import job
from sync.imports.receiving import receive
from sync.lists import FILES
from sync.models import ImportRow, ImportRun
from sync.models.import_run import NotNow
from sync.views.import_told import figures, named

State = ImportRun.State
FIRST_ROWS = 10


@require_safe
def runs(request: HttpRequest) -> HttpResponse:
    rows = ImportRun.objects.visible_to(request.user).select_related("author")
    page = keyset(rows.defer("headers", "samples", "targets", "facts"), ["-id"], request.GET.get("cursor"))
    return render(request, "sync/imports/list.html", {"page": page, "files": FILES.values()})


def upload(request: HttpRequest) -> HttpResponse:
    form = UploadForm(request.POST or None, request.FILES or None, initial={"record_type": request.GET.get("type")})
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            run = receive(file.chunks(), file.name, form.cleaned_data["record_type"], by=request.user)
        except BadFile as bad:
            form.add_error("file", bad.sentence)
        else:
            return redirect("sync:columns", run.pk)
    elif is_too_large(request):
        form.refuse_size()
    return render(request, "sync/imports/upload.html", {"form": form}, status=422 if request.method == "POST" else 200)


@require_safe
def show(request: HttpRequest, pk) -> HttpResponse:
    """Where it stands, what came of its rows, and what can be done now."""
    run = seen_run(request, pk)
    steers = run.is_steered_by(request.user)
    concerns = ImportRow.objects.of(run).order_by("number")
    context = {
        "run": run,
        "figures": figures(run),
        "steers": steers,
        "is_author": run.author_id == request.user.pk,
        "is_lost": run.is_lost,
        "refused": named(run, concerns.refused()[:FIRST_ROWS]) if steers else [],
        "remarked": named(run, concerns.remarked()[:FIRST_ROWS]) if steers else [],
        "kept": named(run, concerns.kept()[:FIRST_ROWS]) if steers else [],
    }
    return render(request, "sync/imports/run.html", context)


@require_safe
def progress(request: HttpRequest, pk) -> HttpResponse:
    """How far the job is; the page itself once it is over."""
    run = seen_run(request, pk)
    if not run.is_under_way or run.is_lost:
        return go(request, run)
    return render(request, "sync/imports/_progress.html", {"run": run})


# What can be done ----------------------------------------------------------------------------------------------------


@require_POST
def apply(request: HttpRequest, pk) -> HttpResponse:
    return moved_on(request, authored_run(request, pk), ImportRun.apply)


@require_POST
def stop(request: HttpRequest, pk) -> HttpResponse:
    return moved_on(request, steered_run(request, pk), ImportRun.ask_to_stop)


@require_POST
def undo(request: HttpRequest, pk) -> HttpResponse:
    return moved_on(request, steered_run(request, pk), lambda run: run.undo(by=request.user))


@require_POST
def again(request: HttpRequest, pk) -> HttpResponse:
    """Give a job that failed for good its attempts again."""
    return moved_on(request, steered_run(request, pk), ImportRun.try_again)


@require_POST
def discard(request: HttpRequest, pk) -> HttpResponse:
    """A file that was only looked at is thrown away."""
    run = steered_run(request, pk)
    if run.state not in (State.UPLOADED, State.CHECKED):
        return told_otherwise(request, run)
    run.remove(by=request.user)
    toast(request, _("%(name)s is thrown away; nothing of it was brought in.") % {"name": run})
    return redirect("sync:imports")


def moved_on(request: HttpRequest, run: ImportRun, verb) -> HttpResponse:
    """Call a verb and a worker to it; an import that has moved on meanwhile is only shown."""
    try:
        verb(run)
    except NotNow:
        return told_otherwise(request, run)
    job.ring(run)
    return redirect(run)


def told_otherwise(request: HttpRequest, run: ImportRun) -> HttpResponse:
    toast(request, _("This import has moved on meanwhile."))
    return redirect(run)


# Whose it is ---------------------------------------------------------------------------------------------------------


def seen_run(request: HttpRequest, pk) -> ImportRun:
    return get_object_or_404(ImportRun.objects.visible_to(request.user).select_related("author"), pk=pk)


def steered_run(request: HttpRequest, pk) -> ImportRun:
    """One's own, or any for an administrator; managers look on."""
    run = seen_run(request, pk)
    if not run.is_steered_by(request.user):
        raise PermissionDenied
    return run


def authored_run(request: HttpRequest, pk) -> ImportRun:
    """One's own: rows are judged by the rights of the author, so nobody else brings them in."""
    run = seen_run(request, pk)
    if run.author_id != request.user.pk:
        raise PermissionDenied
    return run
