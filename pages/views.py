"""Pages about the pages themselves."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static

from pages import gallery as samples
from pages.choices import suggest


def gallery(request: HttpRequest) -> HttpResponse:
    """Every component with long names, in both scripts, empty and wrong."""
    return render(request, "pages/gallery.html", samples.context(request))


def sample_choices(request: HttpRequest) -> HttpResponse:
    """What the gallery's search suggests."""
    return suggest(request, samples.SampleChoices(request.path))


@login_not_required
def favicon(request: HttpRequest) -> HttpResponse:
    """For pages that name no icon, such as the admin's."""
    return redirect(static("icons/favicon.ico"), permanent=True)
