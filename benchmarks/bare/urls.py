"""Three bare pages: fifty people, fifty accounts, and a form that makes one row of a visit."""

from django import forms
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path

from accounts.models import Account
from relationships.models import ActivityType, Interaction
from stakeholders.models import Stakeholder

ROWS = 50


@login_required
def people(request: HttpRequest) -> HttpResponse:
    """What the list of people reads, in one query."""
    rows = Stakeholder.objects.order_by("sort_key", "id").values(
        "id", "name", "title", "is_key", "has_left", "account__name", "unit__name"
    )[:ROWS]
    return render(request, "people.html", {"rows": rows})


@login_required
def accounts(request: HttpRequest) -> HttpResponse:
    """What the list of accounts reads, in one query."""
    rows = Account.objects.order_by("sort_key", "id").values(
        "id", "name", "tier", "industry", "region", "owner__full_name", "team__name"
    )[:ROWS]
    return render(request, "accounts.html", {"rows": rows})


class VisitForm(forms.Form):
    account = forms.ModelChoiceField(Account.objects.all())
    activity_type = forms.ModelChoiceField(ActivityType.objects.all())
    held_on = forms.DateField()
    summary = forms.CharField(required=False)


@login_required
def create(request: HttpRequest) -> HttpResponse:
    """One row from a form, by who signed in; no people, no history."""
    form = VisitForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        Interaction.objects.create(author=request.user, **form.cleaned_data)
        return HttpResponseRedirect("/people/")
    return render(request, "create.html", {"form": form}, status=422 if request.POST else 200)


urlpatterns = [
    path("enter/", LoginView.as_view(template_name="create.html")),
    path("people/", people),
    path("accounts/", accounts),
    path("visits/", create),
]
