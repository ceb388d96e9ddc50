"""Problems in the shape of RFC 9457, and the choice between that shape and a page."""

from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, JsonResponse

CONTENT_TYPE = "application/problem+json"
JSON_TYPES = (CONTENT_TYPE, "application/json")
API = "/api/"


def wants_json(request: HttpRequest) -> bool:
    """Whether the client reads problems rather than pages: the API always, others when they ask for it."""
    if request.path_info.startswith(API):
        return True
    return request.get_preferred_type(("text/html", *JSON_TYPES)) in JSON_TYPES


def problem(status: int, title: object, detail: object = "", **members: Any) -> JsonResponse:
    """One problem as a response; further members stand beside the standard ones."""
    body = {"type": "about:blank", "title": str(title), "status": status}
    if detail:
        body["detail"] = str(detail)
    return JsonResponse(body | members, status=status, content_type=CONTENT_TYPE)


def form_errors(form: BaseForm) -> list[dict[str, str]]:
    """Every complaint of a form with a JSON pointer to its field; the form's own point at the whole."""
    return [
        {"detail": str(message), "pointer": f"#/{pointed(name)}" if name != "__all__" else "#"}
        for name, messages in form.errors.items()
        for message in messages
    ]


def pointed(name: str) -> str:
    """A member name as a JSON pointer writes it (RFC 6901)."""
    return name.replace("~", "~0").replace("/", "~1")
