"""Light or dark: a choice of the device, kept in a cookie so that it needs neither script nor account."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse

THEMES = ("light", "dark")
COOKIE = "theme"


def chosen(request: HttpRequest | None) -> str:
    """What this device has chosen; empty: as the device has it."""
    theme = request.COOKIES.get(COOKIE) if request else ""
    return theme if theme in THEMES else ""


def keep(response: HttpResponse, theme: str) -> None:
    """For a year; anything else than a theme forgets the choice."""
    if theme in THEMES:
        lasting = {"max_age": timedelta(days=365), "samesite": "Lax", "secure": settings.SESSION_COOKIE_SECURE}
        response.set_cookie(COOKIE, theme, **lasting)
    else:
        response.delete_cookie(COOKIE, samesite="Lax")
