"""Pages about the pages themselves."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from pages import gallery as samples
from pages import theme as themes
from pages.choices import suggest


def gallery(request: HttpRequest) -> HttpResponse:
    """Every component with long names, in both scripts, empty and wrong."""
    return render(request, "pages/gallery.html", samples.context(request))


def sample_choices(request: HttpRequest) -> HttpResponse:
    """What the gallery's search suggests."""
    return suggest(request, samples.SampleChoices(request.path))


@login_not_required
@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Light, dark or as the device has it, kept on this device; the page one came from comes again in it."""
    response = redirect(came_from(request))
    themes.keep(response, request.POST.get("theme", ""))
    return response


def came_from(request: HttpRequest) -> str:
    """A page of ours, else the first one."""
    back = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return back if is_ours else "/"


@login_not_required
def favicon(request: HttpRequest) -> HttpResponse:
    """For pages that name no icon, such as the admin's."""
    return redirect(static("icons/favicon.ico"), permanent=True)
