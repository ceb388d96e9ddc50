"""A part of an account's or a person's page, which asks for it; by a plain link it is a page of its own."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pages.htmx import target


def show(request: HttpRequest, part: str, context: dict[str, Any]) -> HttpResponse:
    if target(request):
        return render(request, part, context)
    frame = "relationships/person_panel.html" if "person" in context else "relationships/account_panel.html"
    return render(request, frame, {**context, "part": part})
