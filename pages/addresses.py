"""Where pages are. Each route is looked up once and then filled in: a page names fifty records, and Django walks
through all routes for each."""

from functools import lru_cache
from uuid import UUID

from django.urls import NoReverseMatch, reverse

NOBODY = UUID(int=0)


@lru_cache
def place(route: str) -> str:
    """The page of a route without arguments."""
    return reverse(route)


@lru_cache
def pattern(route: str) -> str:
    """The page of nobody, for every other record of its kind."""
    return reverse(route, args=[NOBODY])


def page_of(route: str, pk: object) -> str:
    """The page of a record; `pk` is its id, and the route takes nothing else."""
    return pattern(route).replace(str(NOBODY), str(pk))


def place_if_any(route: str, *arguments: object) -> str:
    """Where a route of an app above leads, empty where no such app is installed."""
    try:
        return reverse(route, args=arguments)
    except NoReverseMatch:
        return ""
