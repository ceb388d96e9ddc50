"""Everybody one sees, with how long they have not been met."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from records.list_page import show
from relationships.people_list import PEOPLE_LIST


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    return show(request, PEOPLE_LIST, "relationships/people.html")
