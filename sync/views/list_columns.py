"""Choosing the columns of a list."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from pages.htmx import go, target
from records.lists import Question
from sync.forms.saved_view import ColumnsForm
from sync.lists import list_named


def choose_columns(request: HttpRequest, name: str) -> HttpResponse:
    """Which columns in which order; kept for this user, and in the address where it names some."""
    listing = list_named(name)
    question = Question(listing, request.GET, request.user)
    form = ColumnsForm(request.POST or None, listing=listing, question=question)
    asked = request.GET.copy()
    back = f"{reverse(listing.page)}?{asked.urlencode()}"
    if form.is_bound and form.is_valid():
        chosen = [] if "usual" in request.POST else form.chosen
        request.user.keep_list(name, columns=chosen)
        asked.pop("columns", None)
        if "columns" in request.GET and chosen:
            asked["columns"] = ",".join(chosen)
        return go(request, f"{reverse(listing.page)}?{asked.urlencode() or 'view=all'}")
    in_dialog = target(request) == "dialog-content"
    context = {"form": form, "listing": listing, "back": back, "in_dialog": in_dialog}
    template = "sync/_choose_columns.html" if in_dialog else "sync/choose_columns.html"
    return render(request, template, context, status=422 if form.is_bound else 200)
